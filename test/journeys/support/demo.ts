import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectPath } from "../../../src/shared/project-root.ts";
import { waitFor } from "../../support/wait-for.ts";

export interface Demo {
  phonesUrl: string;
  consoleUrl: string;
  apiUrl: string;
  /** Everything the demo has printed so far. */
  said(): string;
  end(): Promise<void>;
}

/** `npm run demo` as a newcomer runs it, but for the compiling. */
export async function startDemo(): Promise<Demo> {
  const child = spawn(process.execPath, [projectPath("dist", "seeds", "demo.js")], {
    env: {},
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString();
  });
  const find = (pattern: RegExp) =>
    waitFor(`the demo to print ${pattern.source}`, () => pattern.exec(said)?.[1], 60_000);
  return {
    phonesUrl: await find(/(http:\/\/\S+\/phones)/),
    consoleUrl: await find(/(http:\/\/\S+\/console)/),
    apiUrl: await find(/Kairan \(API\)\s+(http:\/\/\S+)/),
    said: () => said,
    end: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
