import { type Actor, may } from "../../staff/permissions.ts";
import { createCarryOut } from "./carry-out.ts";
import { createCheckNotices } from "./check-notices.ts";
import { type Reading, type Telegram, isUnread } from "./hazard.ts";
import type { HazardDeskDeps } from "./hazard-desk-deps.ts";
import type { HazardRecord } from "./hazard-record.ts";
import type { Maintenance, MaintenanceAsk } from "./maintenance-store.ts";
import { createHazardCalls } from "./hazard-calls.ts";
import { createKnowledge } from "./knowledge.ts";
import { decideTelegram } from "../rules/decide-telegram.ts";
import type { Decision } from "../rules/decision.ts";
import { minutesBetween } from "../rules/guards.ts";

export type HazardDesk = ReturnType<typeof createHazardDesk>;

export type HazardRefusal = { refused: "role_missing" | "until_past" };

const hourMs = 60 * 60_000;
/** What fails so often has something in it that we cannot deal with: a person must. */
const mostAttempts = 5;
const atOnce = 50;
const mostRefusedAnHour = 12;
const dayMs = 24 * hourMs;
const telegramsKeptMs = 90 * dayMs;
const statesKeptMs = 30 * dayMs;
export const longestNote = 500;

/**
 * Where everything that is heard comes together, whatever it came as. Four steps, each a commit: it is on record; it is
 * decided; it is done, through the alerts and by a key, so that doing it again changes nothing; the state moves. A kill
 * between any two loses nothing and doubles nothing.
 */
export function createHazardDesk(deps: HazardDeskDeps) {
  const { store, alerts: book, rules, clock, ids, log } = deps;
  const carryOut = createCarryOut(deps);
  const knowledgeFor = createKnowledge(deps);
  const calls = createHazardCalls(deps);
  const checkNotices = createCheckNotices(deps, calls);
  let refusedAt: number[] = [];
  // One telegram after another: each is decided in the light of what the one before has changed.
  let line: Promise<unknown> = Promise.resolve();

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const mine = line.then(work, work);
    line = mine.catch(() => undefined);
    return mine;
  }

  /** Undefined: another process has brought it to its end meanwhile. */
  async function decided(
    record: HazardRecord,
  ): Promise<{ decisions: Decision[]; leftOver: boolean } | undefined> {
    if (record.stage === "decided") return { decisions: record.decisions, leftOver: true };
    const now = clock.now();
    const [{ automatic, drafts }, switchedTo, knowledge] = await Promise.all([
      store.raisedSince(now - hourMs),
      store.maintenance(),
      knowledgeFor(record),
    ]);
    const decisions = decideTelegram(
      {
        reading: record.reading,
        rules,
        now,
        sentInLastHour: automatic,
        draftedInLastHour: drafts,
        maintenance: isOn(switchedTo, now),
      },
      knowledge,
    );
    if (await store.decided(record.id, decisions, now)) return { decisions, leftOver: false };
    // Another process was faster: what it decided stands.
    const standing = await store.find(record.id);
    return standing?.stage === "decided" ? { decisions: standing.decisions, leftOver: true } : undefined;
  }

  /** Whether what was decided before a kill may no longer be sent: it has grown old, or a person switched sending off. */
  async function isLate({ reading }: HazardRecord, { rule }: Decision): Promise<boolean> {
    const now = clock.now();
    const limit = rules.rules.find(({ id }) => id === rule)?.maxAgeMinutes ?? rules.followUps.maxAgeMinutes;
    const old = minutesBetween(reading.telegram.reportedAt, now) > limit;
    return old || isOn(await store.maintenance(), now);
  }

  async function work(id: string): Promise<void> {
    const record = await store.find(id);
    if (record === undefined || record.stage === "done") return;
    const found = await decided(record);
    if (found === undefined) return;
    const { decisions, leftOver } = found;
    const states = await store.statesOf(decisions.flatMap(({ subject }) => subject ?? []));
    const done: Decision[] = [];
    const alerts: string[] = [];
    for (const decision of decisions) {
      const late = leftOver && (await isLate(record, decision));
      const before = states.find(({ subject }) => subject === decision.subject);
      const outcome = await carryOut(record, decision, before, late);
      const { reasons } = outcome.decision;
      done.push(
        late ? { ...outcome.decision, reasons: [...reasons, { code: "tookTooLong" }] } : outcome.decision,
      );
      alerts.push(...outcome.alerts);
    }
    await dropGuess(record);
    const call = await calls.forDecisions(record, done);
    const moved = done.flatMap(({ state }) => state ?? []);
    await store.done(id, done, { alerts, call, states: moved });
  }

  /** What was prepared while nobody could read it: now it is read, and what it says decides. */
  async function dropGuess({ reading }: HazardRecord): Promise<void> {
    const before = await store.beforeItWasRead(reading.telegram.id);
    for (const alert of before?.alerts ?? []) await book.discardByRule(alert);
  }

  /** What cannot be done now is tried again by the clock; what can never be done is left to a person. */
  async function workOff({ id, attempts, reading }: HazardRecord): Promise<void> {
    try {
      await work(id);
    } catch (error) {
      log.error({ err: error, hazard: id }, "what was heard could not be dealt with");
      await store.failed(id);
      if (attempts + 1 < mostAttempts) return;
      const failed: Decision = {
        subject: undefined,
        do: "nothing",
        rule: undefined,
        reasons: [{ code: "failed" }],
        ends: [],
        call: "unknownTelegram",
      };
      await calls.alwaysFor(id, reading.telegram, "unknownTelegram");
      await store.done(id, [failed], { alerts: [], call: "unknownTelegram", states: [] });
    }
  }

  async function take(reading: Reading, from: string): Promise<{ record: HazardRecord; again: boolean }> {
    const { record, again } = await store.hear(ids.ulid(), reading, from, clock.now());
    if (record.stage !== "done") await inLine(() => workOff(record));
    return { record: (await store.find(record.id)) ?? record, again };
  }

  /** Switches itself on again when its time is over. */
  async function endMaintenance(): Promise<void> {
    const now = clock.now();
    const { on, until } = await store.maintenance();
    if (on && until !== undefined && until <= now) await store.setMaintenance("system", { on: false }, now);
  }

  return {
    /** What a feed heard. On record when this resolves, and dealt with unless something failed: then the clock goes on. */
    hear: async (reading: Reading): Promise<HazardRecord> =>
      (await take(reading, reading.telegram.source === "jma" ? "feed" : "device")).record,

    /** What one of the ward's systems reports. @param actor undefined: a device, known by its signature */
    report: async (
      actor: Actor | undefined,
      reading: Reading,
    ): Promise<{ record: HazardRecord; again: boolean } | HazardRefusal> => {
      if (actor !== undefined && !may(actor, "hazard.report")) return { refused: "role_missing" };
      return take(reading, actor?.id ?? "device");
    },

    /**
     * What one of the ward's systems reported in a form that is refused: on record, with a call, so that whoever is on duty
     * asks what it meant to say. Beyond a few an hour it is one system that knows no better, and the first ones say so.
     */
    reportUnread: async (actor: Actor | undefined, reading: Reading): Promise<void> => {
      if (actor !== undefined && !may(actor, "hazard.report")) return;
      const now = clock.now();
      refusedAt = refusedAt.filter((at) => at > now - hourMs && at <= now);
      if (refusedAt.length >= mostRefusedAnHour) return;
      const { again } = await take(reading, actor?.id ?? "device");
      if (!again) refusedAt.push(now);
    },

    /** Takes up what a kill or a fault left over, and looks after what was announced. Poked each second. */
    goOn: async (): Promise<void> => {
      await endMaintenance();
      for (const record of await store.undone(atOnce)) await inLine(() => workOff(record));
      await checkNotices();
    },

    list: ({
      before,
      limit,
      source,
    }: {
      before?: string | undefined;
      limit: number;
      source?: Telegram["source"] | undefined;
    }): Promise<HazardRecord[]> => store.list(before, limit, source),

    look: store.look,
    find: store.find,

    /** Whether all that is known of this telegram is that it could not be read. */
    isUnread: async (telegram: string): Promise<boolean> => {
      const record = await store.findTelegram(telegram);
      return record !== undefined && isUnread(record.reading);
    },

    maintenance: async (): Promise<Maintenance> => {
      const switchedTo = await store.maintenance();
      return { ...switchedTo, on: isOn(switchedTo, clock.now()) };
    },

    setMaintenance: async (actor: Actor, ask: MaintenanceAsk): Promise<Maintenance | HazardRefusal> => {
      if (!may(actor, "feed.manage")) return { refused: "role_missing" };
      const now = clock.now();
      if (ask.on && ask.until !== undefined && ask.until <= now) return { refused: "until_past" };
      return store.setMaintenance(actor.id, ask, now);
    },

    /** The reason for a rule, as whoever wrote it gave it; undefined when there is no such rule any more. */
    whyOf: (rule: string): { ja: string; en: string } | undefined =>
      rules.rules.find(({ id }) => id === rule)?.why,

    /** Forgets what led to nothing long ago. */
    purge: (): Promise<void> => {
      const now = clock.now();
      return store.purge(now - telegramsKeptMs, now - statesKeptMs, 500);
    },
  };
}

function isOn({ on, until }: Maintenance, now: number): boolean {
  return on && (until === undefined || until > now);
}
