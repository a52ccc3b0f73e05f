import type { Broadcast } from "./broadcast.ts";
import type { BroadcastDeps } from "./deps.ts";
import { freeze } from "./freeze.ts";
import { type Repeat, nextDates } from "./schedule.ts";

const atOnce = 50;
/** A draft that nobody touched for so long is no longer meant (invariant 11). */
const draftLifeMs = 90 * 24 * 60 * 60 * 1000;

/**
 * What the clock does. It is poked, by node-cron and by approvals; what is due is read from the database, and each
 * change expects the version it saw. So a poke too many, a blocked loop, a restart or a second process neither misses
 * nor doubles anything.
 */
export function createRelease(deps: BroadcastDeps) {
  const { store, orders, clock, log } = deps;

  const system = (act: string, subject: string, details?: Record<string, unknown>) => ({
    at: clock.now(),
    actor: "system",
    act: `broadcast.${act}`,
    subject,
    ...(details === undefined ? {} : { details }),
  });

  async function releaseOnce(broadcast: Broadcast, now: number): Promise<boolean> {
    const { id, version, dueAt = now, graceMs } = broadcast;
    const late = now - dueAt;
    if (late <= graceMs) {
      const set = { state: "sending" as const, begunAt: now };
      return store.change(id, {
        act: "begin",
        version,
        set,
        order: "open",
        entry: system("begin", id, { late }),
      });
    }
    log.warn({ broadcast: id, late }, "a broadcast was missed: its time passed too long ago");
    return store.change(id, {
      act: "miss",
      version,
      set: { state: "missed" },
      order: "cancel",
      entry: system("miss", id, { late }),
    });
  }

  /**
   * One occurrence of a repeating broadcast; the series moves on to its next date. When several dates passed unnoticed,
   * only the last of them may still go: nobody wants a week's notices at once.
   */
  async function releaseOccurrence(series: Broadcast, repeat: Repeat, now: number): Promise<boolean> {
    const { dueAt = now, graceMs } = series;
    const following = nextDates(repeat, dueAt, 1)[0];
    const missed = now - dueAt > graceMs || (following !== undefined && following <= now);
    const id = deps.ids.ulid();
    const child: Broadcast = {
      ...series,
      id,
      state: missed ? "missed" : "sending",
      version: 1,
      repeat: undefined,
      seriesId: series.id,
      sendAt: dueAt,
      begunAt: missed ? undefined : now,
      createdAt: now,
      updatedAt: now,
    };
    const order = missed ? "none" : { place: freeze(child, dueAt, deps), openNow: true };
    const entry = system(missed ? "miss" : "begin", id, { series: series.id, late: now - dueAt });
    if (missed)
      log.warn({ broadcast: id, series: series.id }, "an occurrence of a repeating broadcast was missed");
    return store.releaseOccurrence(series, child, following, order, entry);
  }

  /** One that cannot be released must not keep the others from going. */
  async function release(broadcast: Broadcast, now: number): Promise<boolean> {
    try {
      return await (broadcast.repeat === undefined
        ? releaseOnce(broadcast, now)
        : releaseOccurrence(broadcast, broadcast.repeat, now));
    } catch (error) {
      log.error({ err: error, broadcast: broadcast.id }, "a broadcast that is due could not be released");
      return false;
    }
  }

  return {
    /** Begins what is due and not too late; marks the rest as missed. */
    releaseDue: async (): Promise<void> => {
      for (;;) {
        // Anew each time: what is approved meanwhile is due since a moment that had not come when we began.
        const now = clock.now();
        const due = await store.due(now, atOnce);
        const released = await Promise.all(due.map((broadcast) => release(broadcast, now)));
        if (released.includes(true)) deps.opened();
        if (!released.includes(true)) return;
      }
    },

    /** Marks as sent what has nobody left to send to. */
    finishSent: async (): Promise<void> => {
      for (const id of await orders.finished()) {
        const broadcast = await store.find(id);
        if (broadcast?.state !== "sending") continue;
        const set = { state: "sent" as const, finishedAt: clock.now() };
        await store.change(id, {
          act: "finish",
          version: broadcast.version,
          set,
          order: "finish",
          entry: system("finish", id),
        });
      }
    },

    /** Cancels drafts that nobody has touched for 90 days. */
    expireDrafts: async (): Promise<void> => {
      for (const { id, version } of await store.forgotten(clock.now() - draftLifeMs, atOnce)) {
        await store.change(id, {
          act: "expire",
          version,
          set: { state: "cancelled" },
          order: "none",
          entry: system("expire", id),
        });
      }
    },
  };
}
