import { setImmediate as nextTurn } from "node:timers/promises";
import { type HazardRecord, mainDecision } from "../../alerts/hazards/hazard-record.ts";
import type { HazardDesk } from "../../alerts/hazards/hazard-desk.ts";

export const heardFilters = ["ours", "sent", "drafts", "ignored"] as const;
export type HeardFilter = (typeof heardFilters)[number];

const atOnce = 100;
/** So many are looked at for one page: a filter that hardly anything fits must not read years. */
const mostLookedAt = 1_000;

export interface Found {
  heard: HazardRecord[];
  /** Where to go on, if there may be older ones. */
  next: string | undefined;
}

/** One page of what came in, newest first, in small steps: readings are long, and webhooks come between them. */
export async function findHeard(
  desk: Pick<HazardDesk, "list">,
  { only, before, limit }: { only: HeardFilter | undefined; before: string | undefined; limit: number },
): Promise<Found> {
  const heard: HazardRecord[] = [];
  let from = before;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += atOnce) {
    const some = await desk.list({ ...(from === undefined ? {} : { before: from }), limit: atOnce });
    for (const each of some) {
      from = each.id;
      if (!fits(each, only)) continue;
      heard.push(each);
      if (heard.length === limit) return { heard, next: from };
    }
    if (some.length < atOnce) return { heard, next: undefined };
    await nextTurn();
  }
  return { heard, next: from };
}

function fits(record: HazardRecord, only: HeardFilter | undefined): boolean {
  switch (only) {
    case undefined:
      return true;
    case "ours":
      return record.reading.hazards.length > 0 || record.alerts.length > 0;
    case "sent":
      return record.decisions.some((each) => each.do === "automatic" || each.do === "followUp");
    case "drafts":
      return record.decisions.some((each) => each.do === "draft");
    case "ignored":
      return mainDecision(record).do === "nothing";
  }
}
