/** Where "now" comes from. Every part that needs the time is handed one, so that tests can move it (invariant 13). */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
