import { performance } from "node:perf_hooks";
import type { Clock } from "../../shared/clock.ts";

/**
 * The time of the simulated platform. It runs with the machine's clock until it is moved or frozen, and only ever goes
 * forward. Everything that expires, refills or is scheduled asks this clock; only network waits (webhook timeout,
 * delayed answers) happen in real time, because the other side measures them in real time.
 */
export interface SimulatorClock extends Clock {
  /** Whole milliseconds since 1970. */
  now(): number;
  /** The same with fractions, to measure rates and first requests. */
  precise(): number;
  /** Jumps forward; whatever became due happens at once. */
  advance(ms: number): void;
  moveTo(epochMs: number): void;
  freeze(): void;
  unfreeze(): void;
  readonly frozen: boolean;
  /** Does `act` once that many milliseconds of this clock have passed. Returns a way to call it off. */
  after(ms: number, act: () => void): () => void;
  /** Forgets everything scheduled. */
  close(): void;
}

interface Appointment {
  at: number;
  act: () => void;
}

const longestTimer = 2_147_483_647;

export function createClock(startAt?: number): SimulatorClock {
  // Anchored once, then carried by the monotonic clock: a correction of the machine's time must not move ours backwards.
  const anchor = Date.now() - performance.now();
  let offset = startAt === undefined ? 0 : startAt - Date.now();
  let frozenAt: number | undefined;
  let appointments: Appointment[] = [];
  let timer: NodeJS.Timeout | undefined;

  const running = () => anchor + performance.now() + offset;
  const precise = () => frozenAt ?? running();

  const keepAppointments = () => {
    const now = precise();
    const due = appointments.filter((appointment) => appointment.at <= now).sort((a, b) => a.at - b.at);
    appointments = appointments.filter((appointment) => appointment.at > now);
    for (const appointment of due) appointment.act();
    arm();
  };
  const arm = () => {
    clearTimeout(timer);
    timer = undefined;
    if (frozenAt !== undefined || appointments.length === 0) return;
    const wait = Math.min(...appointments.map((appointment) => appointment.at)) - precise();
    timer = setTimeout(keepAppointments, Math.min(Math.max(Math.ceil(wait), 0), longestTimer));
    timer.unref();
  };
  const advance = (ms: number) => {
    if (!(ms >= 0)) throw new RangeError("The simulator's clock only moves forward.");
    if (frozenAt === undefined) offset += ms;
    else frozenAt += ms;
    keepAppointments();
  };

  return {
    now: () => Math.floor(precise()),
    precise,
    advance,
    moveTo: (epochMs) => advance(epochMs - precise()),
    freeze: () => {
      frozenAt = precise();
      arm();
    },
    unfreeze: () => {
      if (frozenAt !== undefined) offset += frozenAt - running();
      frozenAt = undefined;
      arm();
    },
    get frozen() {
      return frozenAt !== undefined;
    },
    after: (ms, act) => {
      const appointment = { at: precise() + ms, act };
      appointments.push(appointment);
      arm();
      return () => {
        appointments = appointments.filter((other) => other !== appointment);
      };
    },
    close: () => {
      appointments = [];
      clearTimeout(timer);
    },
  };
}
