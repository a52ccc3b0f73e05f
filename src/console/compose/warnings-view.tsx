import type { Warning } from "../../broadcasts/warnings.ts";
import { holidayOn } from "../../shared/holidays.ts";
import { dateFormat } from "../formats.ts";
import { type Page, listed, writtenDayAndTime, writtenNumber } from "../page.ts";

/** What should be looked at twice; nothing when there is nothing. It stands beside the form and before an approval. */
export function Warnings({ page, warnings }: { page: Page; warnings: Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <section class="warnings" aria-labelledby="warnings-title">
      <h2 id="warnings-title">{page.say("compose:warnings.title")}</h2>
      <ul>
        <NoTexts page={page} warnings={warnings} />
        {warnings
          .filter((warning) => warning.kind !== "noText")
          .map((warning) => (
            <li>{sayWarning(warning, page)}</li>
          ))}
      </ul>
    </section>
  );
}

/** All languages without a text in one sentence, with how many read each. */
function NoTexts({ page, warnings }: { page: Page; warnings: Warning[] }) {
  const languages = warnings
    .filter((warning) => warning.kind === "noText")
    .map(({ language, residents }) =>
      page.say("refused.language", {
        language: page.languageName(language),
        residents: writtenNumber(page, residents),
      }),
    );
  if (languages.length === 0) return null;
  const fallback = warnings.some((warning) => warning.kind === "noText" && warning.fallback);
  const key = fallback ? "compose:warnings.otherText" : "compose:warnings.noText";
  return <li>{page.say(key, { languages: listed(page, languages) })}</li>;
}

function sayWarning(warning: Exclude<Warning, { kind: "noText" }>, page: Page): string {
  const say = (key: string, values: Record<string, string | number>) =>
    page.say(`compose:warnings.${key}`, values);
  switch (warning.kind) {
    case "linkNotHttps":
      return say("linkNotHttps", { language: page.languageName(warning.language) });
    case "day": {
      const { kind, text, date } = warning.problem;
      const written = (options: Intl.DateTimeFormatOptions) =>
        date === ""
          ? ""
          : dateFormat(page.language, { timeZone: "UTC", ...options }).format(Date.parse(date));
      return say(`day.${kind}`, {
        language: page.languageName(warning.language),
        text,
        date: written({ dateStyle: "long" }),
        weekday: written({ weekday: "long" }),
      });
    }
    case "holiday":
      return say("holiday", {
        time: writtenDayAndTime(page, warning.at),
        name: holidayOn(warning.day, page.language) ?? "",
      });
    case "often":
      return say("often", {
        first: writtenDayAndTime(page, warning.first),
        second: writtenDayAndTime(page, warning.second),
      });
    case "weekend":
    case "night":
      return say(warning.kind, { time: writtenDayAndTime(page, warning.at) });
    case "capitals":
      return say("capitals", { language: page.languageName(warning.language), text: warning.text });
    case "veryLong":
      return say("veryLong", { language: page.languageName(warning.language), length: warning.length });
    case "manyThisWeek":
      return say("manyThisWeek", { count: warning.count });
  }
}
