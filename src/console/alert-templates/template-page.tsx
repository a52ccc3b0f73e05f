import { may } from "../../staff/permissions.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import { asDocument } from "../document.tsx";
import { type SignedInPage, listed } from "../page.ts";
import { Placeholders } from "./blanks.tsx";
import { LevelChip } from "../alerts/alert-parts.tsx";
import { type Preview, TemplatePhones } from "./phones.tsx";
import type { KeptTemplate } from "./kept-template.ts";

interface View {
  kept: KeptTemplate;
  preview: Preview;
  done: string | undefined;
  now: number;
}

/** One template: who gets it, what it says in every language, and how it looks on a phone. */
export function templatePage(page: SignedInPage, view: View): string {
  const { kept, preview, done } = view;
  const { say, ward, language, actor } = page;
  const { template } = kept;
  const at = `/console/alert-templates/${template.id}`;
  return asDocument({
    page,
    title: template.name[language],
    children: (
      <div class="compose">
        <div class="sheet broadcast alert-template">
          {done !== undefined && (
            <p class="done" role="status" id="done" tabindex={-1}>
              {done}
            </p>
          )}
          <Waiting page={page} view={view} />
          <Facts page={page} kept={kept} now={view.now} />
          <p class="acts">
            {may(actor, "alertTemplate.write") && (
              <a class="button" href={`${at}/edit`}>
                {say("alert-templates-page:edit")}
              </a>
            )}
            <a href="/console/alert-templates">{say("alert-templates-page:back")}</a>
          </p>
          <section>
            <h2>{say("alert-templates-page:texts")}</h2>
            {ward.languages.map((id) => (
              <Text page={page} kept={kept} language={id} />
            ))}
          </section>
          <section>
            <h2>{say("alert-templates-page:placeholders")}</h2>
            <Placeholders page={page} template={template} />
          </section>
        </div>
        <aside class="beside" aria-label={say("preview.title")}>
          <TemplatePhones page={page} {...preview} />
        </aside>
      </div>
    ),
  });
}

function Waiting({ page, view: { kept, now } }: { page: SignedInPage; view: View }) {
  const { say } = page;
  const { template, open } = kept;
  return (
    <>
      {open.map((proposal) => (
        <p class="warning">
          {say("alert-templates-page:waiting.here", {
            name: proposal.proposer,
            time: writtenMoment(page, proposal.proposedAt, now),
          })}{" "}
          <a href={`/console/alert-templates/${template.id}/proposals/${proposal.id}`}>
            {say("alert-templates-page:waiting.look")}
          </a>
        </p>
      ))}
    </>
  );
}

function Facts({ page, kept, now }: { page: SignedInPage; kept: KeptTemplate; now: number }) {
  const { say, ward, language } = page;
  const { template, version, changedAt } = kept;
  const { audience, breakGlass, validMinutes, group } = template;
  const categories = (audience.categories ?? []).map((id) => ward.name("categories", id, language));
  return (
    <dl class="facts">
      <div>
        <dt>{say("alert-templates-page:fact.kind")}</dt>
        <dd>
          <LevelChip page={page} level={template.level} tone={template.tone} />{" "}
          {say(`alert-templates-page:group.${group}`)}
        </dd>
      </div>
      <div>
        <dt>{say("alert-templates-page:fact.audience")}</dt>
        <dd>
          {audience.who === "everyone"
            ? say("alert-templates-page:audience.everyone")
            : categories.length === 0
              ? say("alert-templates-page:audience.emergency")
              : say("alert-templates-page:audience.categories", {
                  categories: listed(page, categories),
                })}{" "}
          {audience.withoutDistrict && say("alert-templates-page:audience.withoutDistrict")}
        </dd>
      </div>
      <div>
        <dt>{say("alert-templates-page:fact.confirm")}</dt>
        <dd>{say(`alert-templates-page:confirm.${breakGlass ? "alone" : "second"}`)}</dd>
      </div>
      <div>
        <dt>{say("alert-templates-page:fact.valid")}</dt>
        <dd>{writtenSpan(page, validMinutes)}</dd>
      </div>
      <div>
        <dt>{say("alert-templates-page:fact.version")}</dt>
        <dd>
          {say("alert-templates-page:version", { version })}{" "}
          {changedAt !== undefined &&
            say("alert-templates-page:changed", { time: writtenMoment(page, changedAt, now) })}
        </dd>
      </div>
    </dl>
  );
}

function writtenSpan({ say }: SignedInPage, minutes: number): string {
  if (minutes % 1_440 === 0) return say("alert-templates-page:span.days", { count: minutes / 1_440 });
  if (minutes % 60 === 0) return say("alert-templates-page:span.hours", { count: minutes / 60 });
  return say("alert-templates-page:span.minutes", { count: minutes });
}

function Text({ page, kept, language: id }: { page: SignedInPage; kept: KeptTemplate; language: string }) {
  const text = kept.template.texts[id];
  return (
    <article class="template-text">
      <h3>{page.languageName(id)}</h3>
      {text === undefined ? (
        <p class="nothing">{page.say("alert-templates-page:noText")}</p>
      ) : (
        <div lang={id}>
          <p class="template-title">{text.title}</p>
          <p class="template-body">{text.body}</p>
          {text.link !== undefined && (
            <p class="hint">
              {text.link.label} {text.link.url}
            </p>
          )}
        </div>
      )}
    </article>
  );
}
