import { setTimeout as pause } from "node:timers/promises";

/** Looks again and again until `look` finds something; tests wait for states, never for time. */
export async function waitFor<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 20_000,
): Promise<NonNullable<T>> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > until) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
    await pause(10);
  }
}
