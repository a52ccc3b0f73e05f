import { schedule } from "node-cron";
import type { Logger } from "./logger.ts";

/** Work that is done again and again. The clock only pokes: a task finds out by itself what there is to do. */
export function createTasks(log: Logger) {
  const running = new Map<string, Promise<void>>();
  let clocks: ReturnType<typeof schedule>[] = [];

  return {
    /** Begins a task, unless the one of that name is still running. */
    run: (name: string, task: () => Promise<unknown>): void => {
      if (running.has(name)) return;
      const work = task()
        .then(() => undefined)
        .catch((error: unknown) =>
          log.error({ err: error, task: name }, "a task of the clock failed; it is tried again"),
        )
        .finally(() => running.delete(name));
      running.set(name, work);
    },
    /** Pokes both at once, and from then on as their names say. */
    begin: (everySecond: () => void, everyMinute: () => void): void => {
      clocks = [schedule("* * * * * *", everySecond), schedule("0 * * * * *", everyMinute)];
      everySecond();
      everyMinute();
    },
    /** Pokes no more. */
    end: async (): Promise<void> => {
      for (const each of clocks) await each.destroy();
    },
    /** Over when no task runs. */
    finished: async (): Promise<void> => {
      await Promise.all(running.values());
    },
  };
}
