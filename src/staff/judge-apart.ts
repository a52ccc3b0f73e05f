import { Worker } from "node:worker_threads";
import { projectPath } from "../shared/project-root.ts";

/** Longer passphrases are judged by their beginning: what follows makes them no weaker. */
const judgedCharacters = 100;
const longestMs = 10_000;

/**
 * Whether a passphrase would be hard to guess. In a thread that ends with the answer: the dictionaries take 100 ms to
 * load and a judgement takes up to 450 ms (200 characters), of an event loop that belongs to residents' webhooks.
 */
export function judgeApart(passphrase: string, own: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(projectPath("dist", "src", "staff", "judge-thread.js"), {
      workerData: { passphrase: passphrase.slice(0, judgedCharacters), own },
      env: {},
      execArgv: [],
    });
    const timer = setTimeout(() => {
      void worker.terminate();
      resolve(false);
    }, longestMs);
    worker.once("message", (strong: boolean) => resolve(strong));
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new Error("The thread that judges passphrases ended without an answer."));
    });
  });
}
