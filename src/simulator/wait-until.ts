import type { Changes } from "./changes.ts";

export interface WaitOptions {
  /** Real milliseconds before giving up. Default 5,000. */
  timeoutMs?: number;
  /** What was waited for, for the error's sentence. */
  what?: string;
}

/** Looks on every change, but at most this often: a look may be dear, and a big send changes things 200 times a second. */
const shortestPauseMs = 5;
/** Also looks without a change, for what happens outside the platform (the bot's own database, say). */
const longestPauseMs = 50;

/**
 * Resolves with the first truthy answer of `look`; rejects after the timeout. Tests wait for a state with it instead of
 * sleeping: `await platform.waitUntil(() => platform.inbox(hanako).at(-1)?.from === "bot")`.
 */
export async function waitUntil<T>(
  changes: Changes,
  look: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<NonNullable<T>> {
  const { timeoutMs = 5_000, what = "the awaited state" } = options;
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() >= giveUpAt) throw new Error(`${what} did not come within ${timeoutMs} ms.`);
    await nextChange(changes);
  }
}

function nextChange(changes: Changes): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(patience);
      unsubscribe();
      resolve();
    };
    const patience = setTimeout(finish, longestPauseMs);
    const unsubscribe = changes.subscribe(() => {
      unsubscribe();
      clearTimeout(patience);
      setTimeout(resolve, shortestPauseMs);
    });
  });
}
