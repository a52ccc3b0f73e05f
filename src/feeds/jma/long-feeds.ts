import type { FileAnswer } from "./read-file.ts";

const files = ["extra_l.xml", "eqvol_l.xml"];
const longestGapMs = 10 * 60_000;
const againMs = 10 * 60_000;
const afterFailureMs = 30_000;
/** Long feeds are rebuilt hourly; by then it has been. */
const surelyRebuiltMs = 70 * 60_000;

interface Owed {
  dueAt: number;
  /** When it was first got after the gap; undefined before. */
  gotAt: number | undefined;
}

/**
 * When the long feeds are needed. The short ones hold ten minutes, so after a longer gap, and at start, what was missed stands
 * in the long ones; and as these are up to an hour old, once more in their next version (fact sheet 1.1). Whether that is
 * there is asked for conditionally every ten minutes, which costs JMA nothing.
 */
export function createLongFeeds() {
  const owed = new Map<string, Owed>();
  const oweAll = () => {
    for (const file of files) owed.set(file, { dueAt: 0, gotAt: undefined });
  };
  oweAll();

  return {
    noteGap: (ms: number): void => {
      if (ms > longestGapMs) oweAll();
    },
    due: (now: number): string[] => files.filter((file) => (owed.get(file)?.dueAt ?? Infinity) <= now),
    note: (file: string, now: number, answer: FileAnswer): void => {
      const { gotAt } = owed.get(file) ?? {};
      if (answer.outcome === "failed") {
        owed.set(file, { gotAt, dueAt: now + afterFailureMs });
        return;
      }
      const isNextVersion = gotAt !== undefined && answer.outcome === "read" && answer.marked;
      if (isNextVersion || (gotAt !== undefined && now - gotAt >= surelyRebuiltMs)) owed.delete(file);
      else owed.set(file, { gotAt: gotAt ?? now, dueAt: now + againMs });
    },
  };
}
