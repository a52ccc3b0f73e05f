import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { projectPath } from "../../src/shared/project-root.ts";
import { adminKey } from "../support/api.ts";

/** A part of a measurement in a process of its own, told what to do by messages. */
export interface Part {
  pid: number;
  /** What it answered when it was started. */
  started: unknown;
  /** Sends a message and resolves with the answer. */
  ask<T>(question: Record<string, unknown>): Promise<T>;
  /** The most memory it ever held, in megabytes. */
  peakMegabytes(): number;
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
  const waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  child.on("message", (answer) => waiting.shift()?.resolve(answer));
  child.once("exit", () => {
    for (const { reject } of waiting) reject(new Error(`${file} ended`));
  });
  const ask = <T>(question: Record<string, unknown>): Promise<T> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve: resolve as (answer: unknown) => void, reject });
      child.send(question);
    });
  const started = await ask({ start: settings });
  return {
    started,
    pid: child.pid ?? 0,
    ask,
    peakMegabytes: () => memory(child.pid ?? 0, "VmHWM"),
    end: async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** What the part that is the local LINE says about itself. */
export interface LineAbout {
  url: string;
  secret: string;
  token: string;
}

/** The environment of a Kairan that talks to that local LINE. */
export function environmentFor(line: LineAbout, databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: "test",
    PORT: "0",
    DATABASE_URL: databaseUrl,
    LINE_CHANNEL_SECRET: line.secret,
    LINE_CHANNEL_ACCESS_TOKEN: line.token,
    LINE_API_BASE_URL: line.url,
    JMA_FEED_BASE_URL: "off",
    BOOTSTRAP_API_KEY: adminKey,
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
