import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { projectPath } from "../../src/shared/project-root.ts";

/** A program in a process of its own, to be killed. */
export interface Program {
  /** Resolves with the address once it serves; rejects with what it said when it ends before that. */
  ready: Promise<string>;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  /** Resolves with the exit code, or null after a signal. */
  ended: Promise<number | null>;
}

/** `file` is below `dist/`, compiled: `npm start` runs `src/main.js`. */
export function startProgram(environment: Record<string, string>, file = "src/main.js"): Program {
  const child: ChildProcess = spawn(process.execPath, [projectPath("dist", file)], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const ready = new Promise<string>((resolve, reject) => {
    const listen = (data: Buffer): void => {
      said += data.toString();
      const url = /"url":"([^"]+)".*Kairan is running/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    void ended.then((code) => reject(new Error(`The program ended with ${code}:\n${said}`)));
  });
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
