import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { projectPath } from "../../src/shared/project-root.ts";

/** A part of a measurement in a process of its own, told what to do by messages. */
export interface Part {
  pid: number;
  /** What it answered when it was started. */
  started: unknown;
  /** Sends a message and resolves with the answer. */
  ask<T>(question: Record<string, unknown>): Promise<T>;
  /** The most memory it ever held, in megabytes. */
  peakMegabytes(): number;
  /** Processor time it has used so far, in seconds. */
  cpuSeconds(): number;
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
  const started = await ask({ start: settings });
  return {
    started,
    pid: child.pid ?? 0,
    ask,
    peakMegabytes: () => memory(child.pid ?? 0, "VmHWM"),
    cpuSeconds: () => processorTime(child.pid ?? 0),
    end: async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** The options that `npm start` gives Node: what is measured is what is run. */
export function startedAsUsual(): string[] {
  const { scripts } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as {
    scripts: { start: string };
  };
  return scripts.start.match(/--\S+/g) ?? [];
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

/** Linux only: the other processes are looked at through /proc. */
function memory(pid: number, field: "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
}

function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
