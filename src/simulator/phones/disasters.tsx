import type { DisasterKind, DisasterOptions } from "../jma/disasters.ts";
import type { Platform } from "../platform.ts";
import { clockTime } from "./times.ts";
import type { PageContext } from "./view-context.ts";

interface Props {
  platform: Platform;
  page: PageContext;
}

/** What can be made to happen here, each as the weather agency would announce it. */
export const disasterChoices = {
  earthquake: ["earthquake", { intensity: "5-" }],
  heavyRain4: ["heavyRain", { level: 4 }],
  heavyRain5: ["heavyRain", { level: 5 }],
  tsunami: ["tsunami", { tsunami: "warning" }],
  drill: ["drill", {}],
  lifting: ["lifting", {}],
} as const satisfies Record<string, readonly [DisasterKind, DisasterOptions]>;
export type DisasterChoice = keyof typeof disasterChoices;

export const disasterChoiceNames = Object.keys(disasterChoices) as DisasterChoice[];

/** A plain form: it works without script too, because the answer (204) leaves the page as it is. */
export function Disasters({ platform, page }: Props) {
  const { words } = page;
  return (
    <section class="panel" aria-labelledby="disasters-title">
      <h2 id="disasters-title">{words("disasters.title")}</h2>
      <p class="quiet">{words("disasters.lead", { place: platform.jma.municipality.name })}</p>
      <form
        class="button-row"
        method="post"
        action="/phones/world/disaster"
        hx-post="/phones/world/disaster"
        hx-swap="none"
      >
        {disasterChoiceNames.map((choice) => (
          <button type="submit" class="button-outline" name="choice" value={choice}>
            {words(`disasters.${choice}`)}
          </button>
        ))}
      </form>
      <div id="telegram" role="status">
        <LastTelegram platform={platform} page={page} />
      </div>
    </section>
  );
}

/** The newest thing that was announced, in the agency's own language. */
export function LastTelegram({ platform, page: { words } }: Props) {
  const last = platform.jma.published().at(-1);
  return (
    <p class="quiet">
      {last === undefined ? (
        words("disasters.none")
      ) : (
        <>
          {words("disasters.last", { time: clockTime(last.publishedAt) })} <span lang="ja">{last.title}</span>
        </>
      )}
    </p>
  );
}
