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
  /** It goes more often on this day than is shown. */
  andMore: boolean;
}

/** A repeat with more dates than these is looked at day by day, and shown a few times on each. */
const mostDates = 100;
const mostOnADay = 3;
const dayMs = 24 * 60 * 60 * 1_000;
/** Repeats whose dates are remembered, for one week or month each. */
const mostRemembered = 500;

type Dated = Pick<Appointment, "at" | "andMore">;

/** The first few dates of each day, which in Tokyo begins with `from`. */
function dayByDay(repeat: Repeat, from: number, to: number): Dated[] {
  const found: Dated[] = [];
  for (let day = from; day < to; day += dayMs) found.push(...firstOf(repeat, day, day + dayMs));
  return found;
}

/** Looking stops with the last day asked for, however seldom it repeats. */
function endedBy(repeat: Repeat, to: number): Repeat {
  const lastDay = tokyoDate(to - 1);
  return repeat.until !== undefined && repeat.until < lastDay ? repeat : { ...repeat, until: lastDay };
}

/** The first few dates of a day or of what is left of it. */
function firstOf(repeat: Repeat, from: number, to: number): Dated[] {
  const dates = nextDates(endedBy(repeat, to), from - 1, mostOnADay + 1).filter((at) => at < to);
  return dates
    .slice(0, mostOnADay)
    .map((at, index) => ({ at, andMore: index === mostOnADay - 1 && dates.length > mostOnADay }));
}

/**
 * What goes or went from an instant to another, soonest first: for the week list and the calendar alike. The dates of a
 * repeat take croner about 1 ms a month, so they are remembered: the same weeks and months are asked for again and again.
 */
export function createAgenda(desk: DeskStore) {
  const remembered = new Map<string, Dated[]>();

  function datesOf(repeat: Repeat, from: number, to: number): { dates: Dated[]; isNew: boolean } {
    const key = JSON.stringify([from, to, repeat]);
    const known = from < to ? remembered.get(key) : [];
    if (known !== undefined) return { dates: known, isNew: false };
    const found = nextDates(endedBy(repeat, to), from - 1, mostDates).filter((at) => at < to);
    const dates =
      found.length < mostDates ? found.map((at) => ({ at, andMore: false })) : dayByDay(repeat, from, to);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, dates);
    return { dates, isNew: true };
  }

  async function repeated(from: number, to: number, now: number): Promise<Appointment[]> {
    const found: Appointment[] = [];
    // Days to come are the same whenever they are asked for; of this day a part is over.
    const tomorrow = Math.min(to, from + Math.max(0, Math.ceil((now + 1 - from) / dayMs)) * dayMs);
    const restOfToday = (repeat: Repeat): Dated[] => (now < from ? [] : firstOf(repeat, now, tomorrow));
    for (const broadcast of await desk.repeating()) {
      if (broadcast.repeat === undefined) continue;
      const { dates, isNew } = datesOf(broadcast.repeat, tomorrow, to);
      for (const date of [...restOfToday(broadcast.repeat), ...dates])
        found.push({ ...date, broadcast, repeats: true });
      if (isNew) await nextTurn();
    }
    return found;
  }

  return async (from: number, to: number, now: number): Promise<Appointment[]> => {
    const single = (await desk.between(from, to)).map((broadcast) => ({
      at: broadcast.dueAt ?? broadcast.sendAt ?? from,
      broadcast,
      repeats: false,
      andMore: false,
    }));
    // What a repeat made is in there; what it will make is computed.
    const coming = to > now ? await repeated(from, to, now) : [];
    return [...single, ...coming].toSorted((one, other) => one.at - other.at);
  };
}
