import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { nextDates } from "../../broadcasts/schedule.ts";
import type { Contents, Notice } from "../../messages/contents.ts";
import type { FlexMessage } from "../../messages/flex.ts";
import type { RenderOptions } from "../../messages/notice-parts.ts";
import { contentFor, renderNotice } from "../../messages/render-notice.ts";
import { Notification, ReceivedMessage } from "../../preview/index.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import { holidayOn } from "../../shared/holidays.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { tokyoDate } from "../../shared/tokyo.ts";
import { type Page, listed, writtenDayAndTime, writtenNumber } from "../page.ts";

/** Who would get it, in a sentence and by language. */
export function Count({ page, count, explanation }: { page: Page; count: HeadCount; explanation: string }) {
  const { say } = page;
  const languages = page.ward.languages
    .map((id) => [id, count.byLanguage[id] ?? 0] as const)
    .filter(([, residents]) => residents > 0);
  return (
    <section class="count">
      <h2>{say("count.title")}</h2>
      <p class="total">{say("count.people", { count: writtenNumber(page, count.total) })}</p>
      <p>{explanation}</p>
      {/* Beside the form it is drawn as one line, and would no longer be a table without its roles. */}
      <table role="table">
        <caption class="visually-hidden">{say("count.byLanguage")}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {say("count.language")}
            </th>
            <th scope="col" role="columnheader" class="number">
              {say("count.residents")}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {languages.map(([id, residents]) => (
            <tr role="row">
              <th scope="row" role="rowheader">
                {page.languageName(id)}
              </th>
              <td class="number" role="cell">
                {writtenNumber(page, residents)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The exact messages of each language, as a phone shows them; a language without a text shows its fallback. */
export function Phones({
  page,
  contents,
  sentences,
  render = renderNotice,
  marks = {},
}: {
  page: Page;
  contents: Contents;
  sentences: Sentences;
  render?: (content: Notice, options: RenderOptions) => FlexMessage;
  /** What is said beside a language's name. */
  marks?: Record<string, string>;
}) {
  const { say, ward, language } = page;
  const shown = ward.languages.flatMap((id) => {
    const found = contentFor(contents, ward.fallbacks(id));
    return found === undefined ? [] : [{ id, ...found }];
  });
  return (
    <section class="previews" aria-labelledby="previews-title">
      <h2 id="previews-title">{say("preview.title")}</h2>
      {shown.length === 0 && <p class="nothing">{say("compose:phone.nothing")}</p>}
      {shown.length > 0 && (
        <div class="phone-tools" hidden>
          <div class="tabs" data-tabs="phone" data-label={say("preview.title")}>
            {shown.map(({ id }) => (
              <a href={`#phone-${id}`} data-language={id} lang={id}>
                {page.languageName(id)}
              </a>
            ))}
          </div>
          <button type="button" class="plain" data-dark aria-pressed="false">
            {say("compose:phone.dark")}
          </button>
        </div>
      )}
      {shown.map(({ id, content, writtenIn }) => {
        const message = render(content, {
          language: id,
          sentences,
          ...(writtenIn === id ? {} : { writtenIn }),
        });
        const drawn = { message, senderName: ward.wardName(id), language, contentLanguage: id };
        return (
          <div class="preview" id={`phone-${id}`} data-language={id}>
            <h3>
              {page.languageName(id)}{" "}
              {writtenIn !== id && (
                <span class="mark">
                  {say("preview.fallback", { language: page.languageName(writtenIn) })}
                </span>
              )}
              {marks[id] !== undefined && <span class="mark">{marks[id]}</span>}
            </h3>
            <div class="handset">
              <div class="lock-screen">
                <Notification {...drawn} />
              </div>
              <div class="lp-chat">
                <ReceivedMessage {...drawn} interactive={false} />
              </div>
            </div>
          </div>
        );
      })}
    </section>
  );
}

/** The next dates of a repeat, or the one time, so that nobody has to read a pattern. Holidays are marked. */
export function Dates({
  page,
  broadcast,
  now,
  halted = false,
}: {
  page: Page;
  broadcast: Pick<Broadcast, "repeat" | "sendAt">;
  now: number;
  /** Stopped, cancelled or too late: then these are the times it was meant to go. */
  halted?: boolean;
}) {
  const { repeat, sendAt } = broadcast;
  if (repeat !== undefined)
    return (
      <section class="dates">
        <h2>{page.say(halted ? "dates.meant" : "dates.next")}</h2>
        <ol>
          {nextDates(repeat, now, 10).map((at) => (
            <li>
              <Day page={page} at={at} />
            </li>
          ))}
        </ol>
        <Exceptions page={page} days={repeat.except} now={now} />
      </section>
    );
  return (
    <p>
      {sendAt === undefined ? (
        page.say(halted ? "dates.meantOnApproval" : "dates.onApproval")
      ) : (
        <>
          {page.say(halted ? "dates.meantAt" : "dates.at", { time: writtenDayAndTime(page, sendAt) })}{" "}
          <Holiday page={page} at={sendAt} />
        </>
      )}
    </p>
  );
}

/** The days still to come on which it does not go; who approves must not have to miss them in the list above. */
function Exceptions({ page, days = [], now }: { page: Page; days: string[] | undefined; now: number }) {
  const today = tokyoDate(now);
  const written = days
    .filter((day) => day >= today)
    .sort()
    .map((day) =>
      new Intl.DateTimeFormat(page.language, { timeZone: "UTC", dateStyle: "long" }).format(Date.parse(day)),
    );
  if (written.length === 0) return null;
  return <p class="hint">{page.say("dates.except", { days: listed(page, written) })}</p>;
}

function Day({ page, at }: { page: Page; at: number }) {
  return (
    <>
      {writtenDayAndTime(page, at)} <Holiday page={page} at={at} />
    </>
  );
}

function Holiday({ page, at }: { page: Page; at: number }) {
  const name = holidayOn(tokyoDate(at), page.language);
  return name === undefined ? null : <span class="holiday-mark">{name}</span>;
}
