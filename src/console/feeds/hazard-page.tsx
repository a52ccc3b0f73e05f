import { type Hazard, type Remark, isUnread } from "../../alerts/hazards/hazard.ts";
import type { HazardRecord } from "../../alerts/hazards/hazard-record.ts";
import type { Rules } from "../../alerts/rules/rule.ts";
import { writtenMoment, writtenSecond } from "../broadcasts/times.ts";
import { asDocument } from "../document.tsx";
import { type SignedInPage, listed } from "../page.ts";
import { ruleName } from "./say-rule.ts";
import { AlertLinks } from "./alert-links.tsx";
import { DeedLabel } from "./deed.tsx";
import type { Decision } from "../../alerts/rules/decision.ts";

interface View {
  heard: HazardRecord;
  rules: Rules;
  now: number;
}

/** One telegram: why it went or did not go first, then what it said and what was read in it. */
export function hazardPage(page: SignedInPage, view: View): string {
  const { heard } = view;
  const { say } = page;
  return asDocument({
    page,
    title: heard.reading.telegram.title,
    children: (
      <div class="feeds">
        <Why page={page} view={view} />
        <Said page={page} view={view} />
        <Read page={page} heard={heard} />
        <p>
          <a href="/console/feeds">{say("feeds-page:hazard.back")}</a>
        </p>
      </div>
    ),
  });
}

function Why({ page, view: { heard, rules } }: { page: SignedInPage; view: View }) {
  const { say, language } = page;
  return (
    <section class="panel needs-me" aria-labelledby="why">
      <h2 id="why">{say("feeds-page:hazard.why")}</h2>
      {heard.decisions.length === 0 && <p class="nothing">{say("feeds-page:hazard.undecided")}</p>}
      <ol class="rulings">
        {heard.decisions.map((ruling) => {
          const rule = rules.rules.find(({ id }) => id === ruling.rule);
          return (
            <li>
              <p>
                <DeedLabel page={page} deed={ruling.do} />{" "}
                <strong lang="ja">{subjectName(heard, ruling)}</strong>
              </p>
              <ul>
                {ruling.reasons.map(({ code, values }) => (
                  <li>{say(`hazards-why:code.${code}`, values)}</li>
                ))}
              </ul>
              {ruling.rule !== undefined && (
                <p class="hint">
                  <a href={`/console/feeds/rules#rule-${ruling.rule}`}>
                    {ruleName(page, rules, ruling.rule)}
                  </a>{" "}
                  {rule?.why[language]}
                </p>
              )}
            </li>
          );
        })}
      </ol>
      {heard.alerts.length > 0 && (
        <p>
          {say("feeds-page:hazard.alerts")} <AlertLinks page={page} alerts={heard.alerts} />
        </p>
      )}
    </section>
  );
}

/** A subject by the name that the issuer gave it; the telegram as a whole goes without. */
function subjectName({ reading }: HazardRecord, { subject }: Decision): string {
  return reading.hazards.find((hazard) => hazard.subject === subject)?.name ?? "";
}

function Said({ page, view: { heard, now } }: { page: SignedInPage; view: View }) {
  const { say } = page;
  const { reading, receivedAt } = heard;
  const { telegram } = reading;
  const facts: [string, string][] = [
    ["source", `${say(`feeds-page:source.${telegram.source}`)} ${telegram.type}`],
    ["publisher", telegram.publisher],
    ["status", say(`feeds-page:status.${telegram.status}`)],
    // What is issued, corrected or cancelled by it stands in what could not be read.
    ["infoType", isUnread(reading) ? "" : say(`feeds-page:infoType.${telegram.infoType}`)],
    ["reportedAt", writtenMoment(page, telegram.reportedAt, now)],
    ["receivedAt", writtenSecond(page, receivedAt)],
    ["event", [telegram.eventId, telegram.serial].filter((each) => each !== "").join(" / ")],
    ["id", telegram.id],
  ];
  return (
    <section class="panel" aria-labelledby="said">
      <h2 id="said">{say("feeds-page:hazard.said")}</h2>
      {telegram.headline !== "" && (
        <blockquote lang="ja" class="headline">
          {telegram.headline}
        </blockquote>
      )}
      <dl class="facts">
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div>
              <dt>{say(`feeds-page:fact.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Read({ page, heard }: { page: SignedInPage; heard: HazardRecord }) {
  const { say } = page;
  const { hazards, remarks } = heard.reading;
  return (
    <section class="panel" aria-labelledby="read">
      <h2 id="read">{say("feeds-page:hazard.read")}</h2>
      {hazards.length === 0 && <p class="nothing">{say("feeds-page:hazard.noHazards")}</p>}
      {hazards.map((hazard) => (
        <HazardFacts page={page} hazard={hazard} />
      ))}
      {remarks.length > 0 && <h3>{say("feeds-page:hazard.remarks")}</h3>}
      <ul>
        {remarks.map((remark) => (
          <li>
            {say(`feeds-page:remark.${remark.code}`)} <Detail remark={remark} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Detail({ remark }: { remark: Remark }) {
  if (remark.code === "elsewhere") return null;
  const link = remark.code === "unread" ? remark.link : undefined;
  return (
    <>
      <q lang="ja">{remark.detail}</q>
      {/* On the feed's own machine: whoever is on duty sees at once whether it can be read by now. */}
      {link !== undefined && /^https?:/.test(link) && (
        <>
          {" "}
          <a href={link} rel="noreferrer">
            {link}
          </a>
        </>
      )}
    </>
  );
}

function HazardFacts({ page, hazard }: { page: SignedInPage; hazard: Hazard }) {
  const { say, ward, language } = page;
  const { name, kind, phase, severity, level, intensity, area, facts = [], text, districts } = hazard;
  const places = (districts ?? []).map((id) => ward.name("districts", id, language));
  const rows: [string, string | undefined][] = [
    ["kind", say(`feeds-page:kind.${kind}`)],
    ["phase", say(`feeds-page:phase.${phase}`)],
    ["severity", severity === "none" ? undefined : say(`feeds-page:severity.${severity}`)],
    ["level", level === undefined ? undefined : String(level)],
    ["intensity", intensity === undefined ? undefined : say(`feeds-page:intensity.${intensity}`)],
    ["area", `${area.name} (${area.code})`],
    ["districts", places.length === 0 ? undefined : listed(page, places)],
  ];
  return (
    <article class="hazard">
      <h3 lang="ja">{name}</h3>
      <dl class="facts">
        {rows.map(([key, value]) =>
          value === undefined ? null : (
            <div>
              <dt>{say(`feeds-page:fact.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        {facts.map(({ label, value }) => (
          <div lang="ja">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {text !== undefined && (
        <blockquote lang="ja" class="headline">
          {text}
        </blockquote>
      )}
    </article>
  );
}
