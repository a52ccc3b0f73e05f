import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { nextDates } from "../../broadcasts/schedule.ts";
import type { Contents } from "../../messages/contents.ts";
import { contentFor, renderNotice } from "../../messages/render-notice.ts";
import { Notification, ReceivedMessage } from "../../preview/index.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { type Page, writtenNumber, writtenTime } from "../page.ts";

/** Who would get it, in a sentence and by language. */
export function Count({ page, count, explanation }: { page: Page; count: HeadCount; explanation: string }) {
  const { say } = page;
  const languages = page.ward.languages
    .map((id) => [id, count.byLanguage[id] ?? 0] as const)
    .filter(([, residents]) => residents > 0);
  return (
    <section class="count" aria-live="polite">
      <h2>{say("count.title")}</h2>
      <p class="total">{say("count.people", { count: writtenNumber(page, count.total) })}</p>
      <p>{explanation}</p>
      <table>
        <caption class="visually-hidden">{say("count.byLanguage")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("count.language")}</th>
            <th scope="col" class="number">
              {say("count.residents")}
            </th>
          </tr>
        </thead>
        <tbody>
          {languages.map(([id, residents]) => (
            <tr>
              <th scope="row">{page.languageName(id)}</th>
              <td class="number">{writtenNumber(page, residents)}</td>
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
}: {
  page: Page;
  contents: Contents;
  sentences: Sentences;
}) {
  const { say, ward, language } = page;
  return (
    <section class="previews">
      <h2>{say("preview.title")}</h2>
      {ward.languages.map((id) => {
        const found = contentFor(contents, ward.fallbacks(id));
        if (found === undefined) return null;
        const { content, writtenIn } = found;
        const message = renderNotice(content, {
          language: id,
          sentences,
          ...(writtenIn === id ? {} : { writtenIn }),
        });
        return (
          <details class="preview" open={writtenIn === id}>
            <summary>
              {page.languageName(id)}{" "}
              {writtenIn !== id && (
                <span class="mark">
                  {say("preview.fallback", { language: page.languageName(writtenIn) })}
                </span>
              )}
            </summary>
            <Notification
              message={message}
              senderName={ward.wardName(id)}
              language={language}
              contentLanguage={id}
            />
            <div class="lp-chat">
              <ReceivedMessage
                message={message}
                senderName={ward.wardName(id)}
                language={language}
                contentLanguage={id}
                interactive={false}
              />
            </div>
          </details>
        );
      })}
    </section>
  );
}

/** The next dates of a repeat, or the one time, so that nobody has to read a pattern. */
export function Dates({
  page,
  broadcast,
  now,
}: {
  page: Page;
  broadcast: Pick<Broadcast, "repeat" | "sendAt">;
  now: number;
}) {
  const { repeat, sendAt } = broadcast;
  if (repeat !== undefined)
    return (
      <section>
        <h2>{page.say("dates.next")}</h2>
        <ol>
          {nextDates(repeat, now, 10).map((at) => (
            <li>{writtenTime(page, at)}</li>
          ))}
        </ol>
      </section>
    );
  return (
    <p>
      {sendAt === undefined
        ? page.say("dates.onApproval")
        : page.say("dates.at", { time: writtenTime(page, sendAt) })}
    </p>
  );
}
