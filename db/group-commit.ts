import type BetterSqlite3 from "better-sqlite3";

type Act = { run: () => unknown; resolve: (value: unknown) => void; reject: (reason: unknown) => void };
type Done = { act: Act; value: unknown };

/** A commit that carries several acts ends early after this long, so that no step holds the event loop (P4). */
const longestStepMs = 8;

/**
 * Runs acts one after another and lets those that wait together share one commit. A commit costs a flush to the disk
 * (`synchronous=FULL`); shared among the requests of one turn of the event loop it is nearly free (P3).
 * Each act is whole: one that throws is undone alone. A promise resolves only after the commit is on the disk.
 */
export function createGroupCommit(sqlite: BetterSqlite3.Database) {
  const begin = sqlite.prepare("BEGIN IMMEDIATE");
  const commit = sqlite.prepare("COMMIT");
  const rollback = sqlite.prepare("ROLLBACK");
  const save = sqlite.prepare("SAVEPOINT act");
  const undo = sqlite.prepare("ROLLBACK TO act");
  const release = sqlite.prepare("RELEASE act");
  let waiting: Act[] = [];
  let scheduled = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    scheduled = false;
    const acts = waiting;
    waiting = [];
    const taken: Act[] = [];
    const done: Done[] = [];
    try {
      begin.run();
      const stopAt = performance.now() + longestStepMs;
      for (const act of acts) {
        taken.push(act);
        perform(act, done);
        if (performance.now() >= stopAt) break;
      }
      commit.run();
    } catch (error) {
      if (sqlite.inTransaction) rollback.run();
      const failed = taken.length === 0 ? acts : taken;
      for (const act of failed) act.reject(error);
      putBack(acts.slice(failed.length));
      return;
    }
    for (const { act, value } of done) act.resolve(value);
    putBack(acts.slice(taken.length));
  }

  function perform(act: Act, done: Done[]): void {
    save.run();
    try {
      const value = act.run();
      if (value instanceof Promise)
        throw new TypeError("An act inside a transaction must not be async (invariant 15).");
      release.run();
      done.push({ act, value });
    } catch (error) {
      if (!sqlite.inTransaction) throw error;
      undo.run();
      release.run();
      act.reject(error);
    }
  }

  function putBack(acts: Act[]): void {
    if (acts.length === 0) return;
    waiting = [...acts, ...waiting];
    schedule();
  }

  return {
    write(run: () => unknown): Promise<unknown> {
      return new Promise((resolve, reject) => {
        waiting.push({ run, resolve, reject });
        schedule();
      });
    },
    /** Commits whatever still waits. Called once, when the database closes. */
    flushNow(): void {
      while (waiting.length > 0) flush();
    },
  };
}
