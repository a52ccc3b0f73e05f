import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A part of a measurement in a process of its own, told what to do by messages. */
export interface Part {
  pid: number;
  /** Sends a message and resolves with the answer. */
  ask<T>(question: Record<string, unknown>): Promise<T>;
  /** The most memory it ever held, in megabytes. */
  peakMegabytes(): number;
  megabytes(): number;
  end(): Promise<void>;
}

export async function startPart(
  file: string,
  settings: Record<string, unknown>,
  nodeOptions: string[] = [],
): Promise<Part> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: nodeOptions,
    serialization: "advanced",
  });
  const waiting: ((answer: unknown) => void)[] = [];
  child.on("message", (answer) => waiting.shift()?.(answer));
  const ask = <T>(question: Record<string, unknown>): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once("exit", () => reject(new Error(`${file} ended`)));
      waiting.push(resolve as (answer: unknown) => void);
      child.send(question);
    });
  await ask({ start: settings });
  return {
    pid: child.pid ?? 0,
    ask,
    peakMegabytes: () => memory(child.pid ?? 0, "VmHWM"),
    megabytes: () => memory(child.pid ?? 0, "VmRSS"),
    end: async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** The other side: answers each message with what `act` returns. */
export function answerMessages(act: (question: Record<string, unknown>) => Promise<unknown>): void {
  process.on("message", (question) => {
    act(question as Record<string, unknown>).then(
      (answer) => process.send?.(answer ?? null),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}

function memory(pid: number, field: "VmHWM" | "VmRSS"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}
