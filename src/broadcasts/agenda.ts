import { setImmediate as nextTurn } from "node:timers/promises";
import { tokyoDate } from "../shared/tokyo.ts";
import type { DeskStore, Summary } from "./desk-store.ts";
import { nextDates } from "./schedule.ts";

/** Something that goes, or went, at a time. Of a repeat each date to come is one. */
export interface Appointment {
  at: number;
  broadcast: Summary;
  /** A date of a repeat of which no broadcast has been made yet. */
  repeats: boolean;
}

/** Of one repeat no more dates than these are looked for. */
const mostDates = 100;

/** What goes or went from an instant to another, soonest first: for the week list and the calendar alike. */
export async function agenda(desk: DeskStore, from: number, to: number, now: number): Promise<Appointment[]> {
  const single = (await desk.between(from, to)).map((broadcast) => ({
    at: broadcast.dueAt ?? broadcast.sendAt ?? from,
    broadcast,
    repeats: false,
  }));
  const repeated: Appointment[] = [];
  if (to > now) {
    for (const broadcast of await desk.repeating()) {
      for (const at of datesOf(broadcast, Math.max(from, now), to))
        repeated.push({ at, broadcast, repeats: true });
      await nextTurn();
    }
  }
  return [...single, ...repeated].toSorted((one, other) => one.at - other.at);
}

function datesOf({ repeat }: Summary, from: number, to: number): number[] {
  if (repeat === undefined) return [];
  // Looking stops with the last day asked for, however seldom it repeats.
  const lastDay = tokyoDate(to - 1);
  const until = repeat.until === undefined || repeat.until > lastDay ? lastDay : repeat.until;
  return nextDates({ ...repeat, until }, from - 1, mostDates).filter((at) => at < to);
}
