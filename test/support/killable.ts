import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "../../seeds/residents.ts";
import { type Config, readConfig } from "../../src/config.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { type Api, adminKey, createApi } from "./api.ts";
import { type Program, startProgram } from "./process.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import type { World } from "./world.ts";

/** The whole program in processes of its own, in front of a local LINE, to be killed at moments that a seed decides. */
export interface Killable extends Pick<World, "staffWith"> {
  line: Simulator;
  config: Config;
  random: () => number;
  admin: Api;
  /** Waits up to so long, kills without warning, and starts again on the same database. */
  killWithin(ms: number): Promise<void>;
  stop(): Promise<void>;
  end(): Promise<void>;
}

export interface KillableOptions {
  seed: number;
  /** More than one: started on one database by mistake. */
  processes?: number;
  environment?: (line: Simulator) => Record<string, string>;
}

/** What goes wrong at LINE while we are being killed: every kind, one request in twenty each. */
export function misbehave(line: Simulator): void {
  const kinds = [
    "acceptThenDrop",
    "acceptThen500",
    "acceptThenGarbage",
    "refuse500",
    "refuse503",
    "refuse429",
    "dropBeforeAccept",
  ] as const;
  for (const does of kinds) line.platform.faults.add({ does, on: "multicast", probability: 0.05 });
  for (const does of ["refuseQuota", "refuse401"] as const)
    line.platform.faults.add({ does, on: "multicast", probability: 0.01 });
}

export async function startKillable({
  seed,
  processes = 1,
  environment = () => ({}),
}: KillableOptions): Promise<Killable> {
  const random = seededRandom(seed);
  const folder = temporaryFolder();
  const line = await startSimulator({ seed });
  line.platform.network.latency = { minMs: 5, maxMs: 60 };
  const settings = {
    NODE_ENV: "development",
    PORT: "0",
    DATABASE_URL: `file:${join(folder, "kairan.db")}`,
    LINE_CHANNEL_SECRET: line.platform.channel.secret,
    LINE_CHANNEL_ACCESS_TOKEN: line.platform.channel.accessToken,
    LINE_API_BASE_URL: line.url,
    JMA_FEED_BASE_URL: "off",
    LINE_MULTICASTS_PER_SECOND: "60",
    BOOTSTRAP_API_KEY: adminKey,
    LOG_LEVEL: "info",
    ...environment(line),
  };
  let programs: Program[] = [];
  let url = "";
  const killAll = (signal: "SIGKILL" | "SIGTERM") =>
    Promise.all(programs.map((program) => program.kill(signal)));
  const start = async (): Promise<void> => {
    programs = Array.from({ length: processes }, () =>
      startProgram(settings, "test/support/impatient-kairan.js"),
    );
    url = (await Promise.all(programs.map((program) => program.ready)))[0] ?? "";
    line.platform.webhook.url = `${url}/line/webhook`;
  };
  const admin = createApi(() => url, adminKey);
  const end = async (): Promise<void> => {
    await killAll("SIGKILL");
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await end();
    throw error;
  }
  return {
    line,
    config: readConfig(settings),
    random,
    admin,
    staffWith: async (...roles) => {
      const email = `${crypto.randomUUID()}@example.jp`;
      const { body: person } = await admin.post("/staff", { name: roles.join(" "), email, roles });
      const staffId = String(person["id"]);
      const { body: issued } = await admin.post(`/staff/${staffId}/api-keys`, { label: "test" });
      return { ...createApi(() => url, String(issued["key"])), staffId };
    },
    killWithin: async (ms) => {
      await pause(random() * ms);
      await killAll("SIGKILL");
      await start();
    },
    stop: async () => void (await killAll("SIGTERM")),
    end,
  };
}
