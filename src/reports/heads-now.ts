import type { Audience } from "../residents/audience.ts";
import type { HeadCount } from "../residents/census/census.ts";
import type { HeadCounter } from "../residents/census/head-counter.ts";
import type { Clock } from "../shared/clock.ts";
import { tokyoDate } from "../shared/tokyo.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { agesOn } from "./children-ages.ts";
import type { DailyHead } from "./heads-store.ts";

/** Those who follow at a moment, in every way they are shown. One resident may stand in several categories. */
export interface Heads {
  at: number;
  total: number;
  /** Of the total, those who never chose anything. */
  undecided: number;
  byLanguage: Record<string, number>;
  byCategory: Record<string, number>;
  byDistrict: Record<string, Pick<HeadCount, "total" | "byLanguage">>;
  /** Residents with a child of that age. */
  byChildren: Record<string, number>;
}

export interface HeadsNow {
  /** As they are, or were at most a minute ago. */
  read(): Promise<Heads>;
  /** As they are. */
  count(): Promise<Heads>;
}

const freshMs = 60_000;
const nobody: HeadCount = { total: 0, byLanguage: {}, withoutPreferences: 0 };

/**
 * Counts everybody in memory, in steps that never hold the event loop: at 1,000,000 residents a question takes about 1 ms,
 * all of them about 40 ms (18 categories, 13 districts, 5 groups of ages). In a ward of usual size all are of one moment.
 */
export function createHeadsNow(heads: HeadCounter, ward: Ward, clock: Clock): HeadsNow {
  let kept: Heads | undefined;
  let counting: Promise<Heads> | undefined;

  async function countAll(): Promise<Heads> {
    const at = clock.now();
    const questions: { of: "all" | "category" | "district" | "children"; id: string; audience: Audience }[] =
      [
        { of: "all", id: "", audience: { everyone: true } },
        ...ward.categories.map(({ id }) => ({
          of: "category" as const,
          id,
          audience: { categories: { anyOf: [id] } },
        })),
        ...ward.districts.map((id) => ({
          of: "district" as const,
          id,
          audience: { districts: { anyOf: [id] } },
        })),
        ...agesOn(tokyoDate(at)).map(({ id, ...children }) => ({
          of: "children" as const,
          id,
          audience: { children },
        })),
      ];
    const counts = await heads.countEach(questions.map(({ audience }) => audience));
    const found = questions.map(({ of, id }, index) => ({ of, id, count: counts[index] ?? nobody }));
    const totalsOf = (kind: (typeof found)[number]["of"]) =>
      Object.fromEntries(found.filter(({ of }) => of === kind).map(({ id, count }) => [id, count.total]));
    const everybody = found[0]?.count ?? nobody;
    kept = {
      at,
      total: everybody.total,
      undecided: everybody.withoutPreferences,
      byLanguage: everybody.byLanguage,
      byCategory: totalsOf("category"),
      byDistrict: Object.fromEntries(
        found
          .filter(({ of }) => of === "district")
          .map(({ id, count: { total, byLanguage } }) => [id, { total, byLanguage }]),
      ),
      byChildren: totalsOf("children"),
    };
    return kept;
  }

  const count = (): Promise<Heads> =>
    (counting ??= countAll().finally(() => {
      counting = undefined;
    }));

  return {
    count,
    read: async () => {
      const age = kept === undefined ? Infinity : clock.now() - kept.at;
      return kept !== undefined && age >= 0 && age < freshMs ? kept : count();
    },
  };
}

/** The same as rows to keep. */
export function asDailyHeads(heads: Heads): DailyHead[] {
  const rows = (kind: DailyHead["kind"], counts: Record<string, number>): DailyHead[] =>
    Object.entries(counts).map(([id, residents]) => ({ kind, id, residents }));
  return [
    { kind: "all", id: "", residents: heads.total },
    { kind: "undecided", id: "", residents: heads.undecided },
    ...rows("language", heads.byLanguage),
    ...rows("category", heads.byCategory),
    ...rows(
      "district",
      Object.fromEntries(Object.entries(heads.byDistrict).map(([id, { total }]) => [id, total])),
    ),
    ...rows("children", heads.byChildren),
  ];
}
