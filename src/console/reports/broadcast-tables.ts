import type { DeliveryCounts } from "../../outbox/order.ts";
import type { BroadcastReport } from "../../reports/broadcast-report.ts";
import type { FigureTable } from "../../reports/figure-table.ts";
import type { SentBroadcast } from "../../reports/totals-store.ts";
import { type Page, writtenTime } from "../page.ts";
import { nameOfLanguage, writtenDay, writtenHour } from "./written.ts";

const hourMs = 60 * 60 * 1000;

/** The states of residents of a broadcast, put together as staff ask for them. */
export function grouped(counts: DeliveryCounts) {
  return {
    accepted: counts.accepted,
    refused: counts.rejected + counts.parked,
    waiting: counts.pending + counts.sending,
    undetermined: counts.undetermined,
    dropped: counts.cancelled + counts.expired,
  };
}

/** In the order of the ward's profile; languages that it no longer offers come last. */
export function inOrder(page: Page, ids: Iterable<string>): string[] {
  const known = page.ward.languages;
  const place = (id: string) => (known.includes(id) ? known.indexOf(id) : known.length);
  return [...ids].toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}

export function languagesTable(page: Page, { delivery }: BroadcastReport): FigureTable {
  const { say } = page;
  const line = (name: string, planned: number, counts: DeliveryCounts) => [
    name,
    planned,
    ...Object.values(grouped(counts)),
  ];
  return {
    id: "languages",
    caption: say("reports:languages.title"),
    columns: ["language", "planned", "accepted", "refused", "waiting", "undetermined", "dropped"].map(
      (column) => say(`reports:column.${column}`),
    ),
    rows: inOrder(page, Object.keys(delivery.byLanguage)).flatMap((id) => {
      const counts = delivery.byLanguage[id];
      return counts === undefined ? [] : [{ cells: line(nameOfLanguage(page, id), counts.planned, counts) }];
    }),
    total: line(say("reports:total"), delivery.planned, delivery),
  };
}

export function tapsTable(page: Page, { taps }: BroadcastReport): FigureTable {
  const { say } = page;
  const languages = inOrder(page, new Set(taps.map(({ language }) => language)));
  const days = [...new Set(taps.map(({ day }) => day))];
  const sum = (some: BroadcastReport["taps"]) => some.reduce((total, each) => total + each.taps, 0);
  const line = (some: BroadcastReport["taps"]) => [
    sum(some),
    ...languages.map((id) => sum(some.filter(({ language }) => language === id))),
  ];
  return {
    id: "taps",
    caption: say("reports:taps.title"),
    columns: [
      say("reports:column.day"),
      say("reports:column.taps"),
      ...languages.map((id) => say("reports:taps.text", { language: nameOfLanguage(page, id) })),
    ],
    rows: days.map((day) => ({
      cells: [writtenDay(page, day), ...line(taps.filter((each) => each.day === day))],
    })),
    total: [say("reports:total"), ...line(taps)],
  };
}

/** Every hour of the 24, also those in which nobody moved. */
export function hoursAfter({ after }: BroadcastReport): { at: number; follows: number; leaves: number }[] {
  const known = new Map(after.hours.map((each) => [each.hour, each]));
  return Array.from({ length: (after.to - after.from) / hourMs }, (_, index) => {
    const at = after.from + index * hourMs;
    return { at, follows: known.get(at)?.follows ?? 0, leaves: known.get(at)?.leaves ?? 0 };
  });
}

export function afterTable(page: Page, report: BroadcastReport): FigureTable {
  const { say } = page;
  const { moves } = report.after;
  return {
    id: "after",
    caption: say("reports:after.title"),
    columns: ["hour", "follows", "leaves"].map((column) => say(`reports:column.${column}`)),
    rows: hoursAfter(report).map(({ at, follows, leaves }) => ({
      cells: [writtenHour(page, at), follows, leaves],
    })),
    total: [say("reports:total"), moves.follows, moves.leaves],
  };
}

/** Broadcasts in rows; `id` and caption say which. */
export function sentTable(
  page: Page,
  sent: SentBroadcast[],
  { id, caption, summed }: { id: string; caption: string; summed: boolean },
): FigureTable {
  const { say } = page;
  const sum = (field: "planned" | "accepted" | "taps") =>
    sent.reduce((total, each) => total + each[field], 0);
  return {
    id,
    caption,
    columns: ["broadcast", "begun", "planned", "accepted", "taps", "follows24", "leaves24"].map((column) =>
      say(`reports:column.${column}`),
    ),
    rows: sent.map((each) => ({
      cells: [
        each.title,
        writtenTime(page, each.begunAt),
        each.planned,
        each.accepted,
        each.taps,
        each.followsAfter,
        each.leavesAfter,
      ],
      href: `/console/broadcasts/${each.id}/report`,
    })),
    // The 24 hours after two broadcasts overlap: adding them up would count people twice.
    ...(summed
      ? {
          total: [
            say("reports:total"),
            undefined,
            sum("planned"),
            sum("accepted"),
            sum("taps"),
            undefined,
            undefined,
          ],
        }
      : {}),
  };
}
