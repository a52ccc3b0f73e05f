import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Config, readConfig } from "../../src/config.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/index.ts";
import { type Kairan, type Overrides, startKairan } from "../../src/start.ts";
import { type Api, adminKey, createApi } from "./api.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export { adminKey, temporaryFolder };

/** A whole Kairan on a fresh database, in front of a local LINE. */
export interface World {
  line: Simulator;
  kairan: Kairan;
  config: Config;
  admin: Api;
  /** A key of somebody new with these roles, and who that is. */
  staffWith(...roles: string[]): Promise<Api & { staffId: string }>;
  /** Ends the program and starts it again on the same database, as after an update. */
  restart(overrides?: Overrides): Promise<void>;
  end(): Promise<void>;
}

export interface WorldOptions {
  simulator?: SimulatorOptions;
  overrides?: Overrides;
  environment?: Record<string, string>;
  /** Whether it listens to the local JMA (`line.platform.jma`), every two seconds; otherwise to nobody. */
  listens?: boolean;
}

export async function startWorld({
  simulator = {},
  overrides = {},
  environment = {},
  listens = false,
}: WorldOptions = {}): Promise<World> {
  const folder = temporaryFolder();
  const line = await startSimulator(simulator);
  const config = readConfig({
    NODE_ENV: "test",
    PORT: "0",
    DATABASE_URL: `file:${join(folder, "kairan.db")}`,
    LINE_CHANNEL_SECRET: line.platform.channel.secret,
    LINE_CHANNEL_ACCESS_TOKEN: line.platform.channel.accessToken,
    LINE_API_BASE_URL: line.url,
    JMA_FEED_BASE_URL: listens ? `${line.url}/jma/developer/xml/feed` : "off",
    FEED_POLL_SECONDS: "2",
    BOOTSTRAP_API_KEY: adminKey,
    ...environment,
  });
  const settings = {
    log: createLogger("silent"),
    firstRetryMs: 20,
    requestTimeoutMs: 3_000,
    publishMenus: false,
    ...overrides,
  };
  const world: World = {
    line,
    config,
    kairan: await startKairan(config, settings),
    admin: createApi(() => world.kairan.url, adminKey),
    staffWith: async (...roles) => {
      const email = `${crypto.randomUUID()}@example.jp`;
      const { body: person } = await world.admin.post("/staff", { name: roles.join(" "), email, roles });
      const { body: issued } = await world.admin.post(`/staff/${String(person["id"])}/api-keys`, {
        label: "test",
      });
      return {
        ...createApi(() => world.kairan.url, String(issued["key"])),
        staffId: String(person["id"]),
      };
    },
    restart: async (changed = {}) => {
      await world.kairan.stop();
      world.kairan = await startKairan(config, { ...settings, ...changed });
      line.platform.webhook.url = `${world.kairan.url}/line/webhook`;
    },
    end: async () => {
      await world.kairan.stop();
      await line.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  line.platform.webhook.url = `${world.kairan.url}/line/webhook`;
  return world;
}
