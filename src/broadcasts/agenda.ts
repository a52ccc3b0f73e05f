import { setImmediate as nextTurn } from "node:timers/promises";
import { tokyoDate } from "../shared/tokyo.ts";
import type { DeskStore, Summary } from "./desk-store.ts";
import { type Repeat, nextDates } from "./schedule.ts";

/** Something that goes, or went, at a time. Of a repeat each date to come is one. */
export interface Appointment {
  at: number;
  broadcast: Summary;
  /** A date of a repeat of which no broadcast has been made yet. */
  repeats: boolean;
}

/** Of one repeat no more dates than these are looked for: more often than thrice a day is no notice. */
const mostDates = 100;
/** Repeats whose dates are remembered, for one week or month each. */
const mostRemembered = 500;

/**
 * What goes or went from an instant to another, soonest first: for the week list and the calendar alike. The dates of a
 * repeat take croner about 1 ms a month, so they are remembered: the same weeks and months are asked for again and again.
 */
export function createAgenda(desk: DeskStore) {
  const remembered = new Map<string, number[]>();

  function datesOf(repeat: Repeat, from: number, to: number): { dates: number[]; isNew: boolean } {
    const key = JSON.stringify([from, to, repeat]);
    const known = remembered.get(key);
    if (known !== undefined) return { dates: known, isNew: false };
    // Looking stops with the last day asked for, however seldom it repeats.
    const lastDay = tokyoDate(to - 1);
    const until = repeat.until === undefined || repeat.until > lastDay ? lastDay : repeat.until;
    const dates = nextDates({ ...repeat, until }, from - 1, mostDates).filter((at) => at < to);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, dates);
    return { dates, isNew: true };
  }

  async function repeated(from: number, to: number, now: number): Promise<Appointment[]> {
    const found: Appointment[] = [];
    for (const broadcast of await desk.repeating()) {
      if (broadcast.repeat === undefined) continue;
      const { dates, isNew } = datesOf(broadcast.repeat, from, to);
      for (const at of dates) if (at >= now) found.push({ at, broadcast, repeats: true });
      if (isNew) await nextTurn();
    }
    return found;
  }

  return async (from: number, to: number, now: number): Promise<Appointment[]> => {
    const single = (await desk.between(from, to)).map((broadcast) => ({
      at: broadcast.dueAt ?? broadcast.sendAt ?? from,
      broadcast,
      repeats: false,
    }));
    // What a repeat made is in there; what it will make is computed.
    const coming = to > now ? await repeated(from, to, now) : [];
    return [...single, ...coming].toSorted((one, other) => one.at - other.at);
  };
}
