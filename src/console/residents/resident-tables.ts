import type { FigureTable } from "../../reports/figure-table.ts";
import type { Heads } from "../../reports/heads-now.ts";
import type { DayCount, HeadKind } from "../../reports/heads-store.ts";
import { guardRow, smallestShown } from "../../reports/small-numbers.ts";
import { type Trends, thinned } from "../../reports/trends.ts";
import type { Page } from "../page.ts";
import { inOrder } from "../reports/broadcast-tables.ts";
import { nameOfLanguage, writtenChange, writtenDay, writtenMonth, writtenShare } from "../reports/written.ts";

export const groups = ["language", "district", "category", "children"] as const;
/** What residents chose. */
export type Group = (typeof groups)[number];

/** In the order of the ward's profile, with names and today's counts. */
export function entriesOf(
  page: Page,
  group: Group,
  heads: Heads,
): { id: string; name: string; now: number }[] {
  const { ward, language, say } = page;
  switch (group) {
    case "language":
      return inOrder(page, Object.keys(heads.byLanguage)).map((id) => ({
        id,
        name: nameOfLanguage(page, id),
        now: heads.byLanguage[id] ?? 0,
      }));
    case "district":
      return Object.entries(heads.byDistrict).map(([id, { total }]) => ({
        id,
        name: ward.name("districts", id, language),
        now: total,
      }));
    case "category":
      return Object.entries(heads.byCategory).map(([id, now]) => ({
        id,
        name: ward.name("categories", id, language),
        now,
      }));
    case "children":
      return Object.entries(heads.byChildren).map(([id, now]) => ({
        id,
        name: say(`reports:ages.${id}`),
        now,
      }));
  }
}

export function groupTable(page: Page, group: Group, heads: Heads, trends: Trends): FigureTable {
  const { say } = page;
  return {
    id: `by-${group}`,
    caption: say(`reports:${group}.title`),
    columns: [
      say(`reports:column.${group}`),
      say("reports:column.residents"),
      say("reports:column.share"),
      say(`reports:column.change.${trends.span}`),
    ],
    rows: entriesOf(page, group, heads).map(({ id, name, now }) => {
      const first = trends.heads[group]?.get(id)?.[0];
      return {
        cells: [
          name,
          now,
          writtenShare(page, now, heads.total),
          first === undefined ? undefined : writtenChange(page, now - first.residents),
        ],
      };
    }),
  };
}

/** Every day of the span on which was counted, a column for each. */
export function dailyTable(page: Page, group: Group, heads: Heads, trends: Trends): FigureTable {
  const { say } = page;
  const series = trends.heads[group] ?? new Map<string, DayCount[]>();
  const entries = entriesOf(page, group, heads);
  const days = [...new Set([...series.values()].flatMap((counts) => counts.map(({ day }) => day)))].sort();
  const on = (id: string) => new Map(series.get(id)?.map(({ day, residents }) => [day, residents]));
  const columns = entries.map(({ id }) => on(id));
  return {
    id: `daily-${group}`,
    caption: say("reports:daily", { title: say(`reports:${group}.title`) }),
    columns: [say("reports:column.day"), ...entries.map(({ name }) => name)],
    rows: days.map((day) => ({
      cells: [writtenDay(page, day), ...columns.map((counts) => counts.get(day))],
    })),
  };
}

/** Those who follow and those who never chose; on a page at most some days of a long span. */
export function headsTable(page: Page, trends: Trends, mostRows: number): FigureTable {
  const { say } = page;
  const undecided = new Map(of(trends, "undecided").map(({ day, residents }) => [day, residents]));
  return {
    id: "followers",
    caption: say("reports:followers.title"),
    columns: ["day", "residents", "undecided"].map((column) => say(`reports:column.${column}`)),
    rows: thinned(of(trends, "all"), mostRows).map(({ day, residents }) => ({
      cells: [writtenDay(page, day), residents, undecided.get(day)],
    })),
  };
}

/** The one series of a kind that has no ids. */
export function of(trends: Trends, kind: Extract<HeadKind, "all" | "undecided">): DayCount[] {
  return trends.heads[kind]?.get("") ?? [];
}

export function movesTable(page: Page, { moves, moved, span }: Trends): FigureTable {
  const { say } = page;
  const written = (at: string) => (span === "30d" ? writtenDay(page, at) : writtenMonth(page, at));
  return {
    id: "moves",
    caption: say("reports:moves.title"),
    columns: [span === "30d" ? "day" : "month", "follows", "leaves"].map((column) =>
      say(`reports:column.${column}`),
    ),
    rows: moves.map(({ at, follows, leaves }) => ({ cells: [written(at), follows, leaves] })),
    total: [say("reports:total"), moved.follows, moved.leaves],
  };
}

/** Where two things about people meet, few of them could be known: small numbers are not said. */
export function districtsTable(page: Page, heads: Heads): FigureTable {
  const { say, ward, language } = page;
  const languages = inOrder(page, Object.keys(heads.byLanguage));
  const said = {
    hidden: say("reports:fewerThan", { count: smallestShown }),
    withheld: say("reports:withheld"),
  };
  return {
    id: "district-language",
    caption: say("reports:districtLanguage.title"),
    columns: [say("reports:column.district"), ...languages.map((id) => nameOfLanguage(page, id))],
    rows: Object.entries(heads.byDistrict).map(([id, { byLanguage }]) => ({
      cells: [
        ward.name("districts", id, language),
        ...guardRow(languages.map((each) => byLanguage[each] ?? 0)).map((cell) =>
          typeof cell === "number" ? cell : said[cell],
        ),
      ],
    })),
  };
}
