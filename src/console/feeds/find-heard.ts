import { setImmediate as nextTurn } from "node:timers/promises";
import type { HazardRecord, HeardFilter } from "../../alerts/hazards/hazard-record.ts";
import type { HazardDesk } from "../../alerts/hazards/hazard-desk.ts";

const atOnce = 250;
const mostFoundAtOnce = 25;
/** For one page, 20,000 at most are looked at: a filter that hardly anything fits goes on from there when somebody asks it to. */
const mostLooks = 80;

export interface Found {
  heard: HazardRecord[];
  /** Where to go on, if there are older ones; also when none was found yet. */
  next: string | undefined;
}

/** One page of what came in, newest first, in small steps: readings are long, and webhooks come between them. */
export async function findHeard(
  desk: Pick<HazardDesk, "look">,
  { only, before, limit }: { only: HeardFilter | undefined; before: string | undefined; limit: number },
): Promise<Found> {
  const heard: HazardRecord[] = [];
  let from = before;
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const { found, next } = await desk.look(only, {
      ...(from === undefined ? {} : { before: from }),
      rows: atOnce,
      limit: Math.min(mostFoundAtOnce, limit - heard.length),
    });
    heard.push(...found);
    if (next === undefined || heard.length === limit) return { heard, next };
    from = next;
    await nextTurn();
  }
  return { heard, next: from };
}
