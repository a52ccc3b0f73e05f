import type { Logger } from "./logger.ts";

export interface Step {
  name: string;
  stop: () => Promise<void> | void;
}

/**
 * Ends the parts in order. Each gets its time; one that hangs or fails does not keep the others from ending, since
 * everything that matters is on the disk already.
 */
export async function stopInOrder(steps: Step[], log: Logger, eachMs = 15_000): Promise<void> {
  for (const { name, stop } of steps) {
    let timer: NodeJS.Timeout | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`took longer than ${eachMs} ms`)), eachMs);
      });
      await Promise.race([Promise.resolve(stop()), late]);
    } catch (error) {
      log.error({ err: error, part: name }, "a part did not stop in order");
    } finally {
      clearTimeout(timer);
    }
  }
}
