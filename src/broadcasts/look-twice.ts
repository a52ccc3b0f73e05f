import type { Clock } from "../shared/clock.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BusyWeekStore } from "./busy-week-store.ts";
import { type Warning, warningsFor, weekAround } from "./warnings.ts";

type Written = Pick<Broadcast, "audience" | "contents" | "missingTranslations" | "sendAt" | "repeat"> & {
  id?: string | undefined;
};

export type LookTwice = ReturnType<typeof createLookTwice>;

/** Looks at a notice, saved or not, for what its writer and approver should look at twice. */
export function createLookTwice(ward: Ward, busyWeeks: BusyWeekStore, clock: Clock) {
  return async (written: Written, byLanguage: Readonly<Record<string, number>>): Promise<Warning[]> => {
    const now = clock.now();
    const { from, until } = weekAround({ sendAt: written.sendAt, now });
    const sameWeek = await busyWeeks.between(from, until);
    return warningsFor({ ...written, byLanguage, languages: ward.languages, sameWeek, now });
  };
}
