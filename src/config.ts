import { existsSync } from "node:fs";
import { z } from "zod";
import { misspelt } from "./config/misspelt.ts";
import { BadConfig, problemsIn } from "./config/problems.ts";
import { unfit } from "./config/unfit.ts";
import { allVariables, lineApi, lineDataApi, variables } from "./config/variables.ts";
import type { LogLevel } from "./shared/logger.ts";

export { BadConfig };

type Environment = Record<string, string | undefined>;

/** Signs what staff are given on a developer's machine; production has to bring its own. */
const developmentSecret = "only-for-development-0123456789abcdef";

/** What the program is told from outside, read and in order. */
export interface Config {
  environment: "production" | "development" | "test";
  host: string;
  port: number;
  /** Without a trailing slash; undefined when links to the ward's pages are to be sent as they were written. */
  publicUrl: string | undefined;
  /** How staff reach the console, for invitations and passkeys: as the public does, unless said otherwise. */
  consoleUrl: string | undefined;
  databaseUrl: string;
  line: LineConfig;
  feed: FeedConfig;
  wardProfile: string;
  authSecret: string;
  bootstrapApiKey: string | undefined;
  /** With which the ward's disaster systems sign what they report; undefined: by key only. */
  hazardHookSecret: string | undefined;
  /** The ward's own identity provider; undefined when staff sign in here only. */
  provider: { issuer: string; clientId: string; clientSecret: string } | undefined;
  logLevel: LogLevel;
}

export interface LineConfig {
  channelSecret: string;
  /** A long-lived token, or the channel's id with which 15-minute tokens are issued. */
  credentials: { accessToken: string } | { channelId: string };
  apiBaseUrl: string;
  dataApiBaseUrl: string;
  multicastsPerSecond: number;
}

export interface FeedConfig {
  /** The folder of JMA's feeds, without a trailing slash; undefined when no feed is to be read. */
  jmaBaseUrl: string | undefined;
  pollSeconds: number;
}

/**
 * Reads the environment, with `.env` of the working folder for what is not set there. The only reader of `process.env`.
 * @throws BadConfig with every problem at once
 */
export function loadConfig(): Config {
  return readConfig(loadEnvironment());
}

/** The part that `npm run seed` needs: it works without LINE. */
export function readDatabaseConfig(): Pick<Config, "databaseUrl" | "wardProfile"> {
  const { DATABASE_URL, WARD_PROFILE } = variables;
  const some = loadSome({ DATABASE_URL, WARD_PROFILE });
  return { databaseUrl: some.DATABASE_URL, wardProfile: some.WARD_PROFILE };
}

/** The part that `npm run staff` needs: the database, and the address that links begin with. */
export function readStaffConfig(): { databaseUrl: string; baseUrl: string } {
  const { DATABASE_URL, PUBLIC_URL, CONSOLE_URL, HOST, PORT } = variables;
  const some = loadSome({ DATABASE_URL, PUBLIC_URL, CONSOLE_URL, HOST, PORT });
  const name = some.HOST.includes(":") ? `[${some.HOST}]` : some.HOST;
  return {
    databaseUrl: some.DATABASE_URL,
    baseUrl: some.CONSOLE_URL ?? some.PUBLIC_URL ?? `http://${name}:${some.PORT}`,
  };
}

/** For commands that need no more than some of the variables, and run where the others may be missing. */
function loadSome<Shape extends z.ZodRawShape>(shape: Shape): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(filledIn(loadEnvironment()));
  if (!parsed.success) throw new BadConfig(problemsIn(parsed.error));
  return parsed.data;
}

function loadEnvironment(): Environment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env;
}

/**
 * The settings that an environment asks for, each value checked by itself and all of them together.
 * @throws BadConfig with every problem at once
 */
export function readConfig(given: Environment): Config {
  const environment = filledIn(given);
  const parsed = allVariables.safeParse(environment);
  const bad = parsed.success ? [] : problemsIn(parsed.error);
  const problems = [
    ...misspelt(environment),
    ...bad,
    ...unfit(environment, new Set(bad.map(({ variable }) => variable))),
  ];
  if (problems.length > 0 || !parsed.success) throw new BadConfig(problems);
  const v = parsed.data;
  return {
    environment: v.NODE_ENV,
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL,
    consoleUrl: v.CONSOLE_URL ?? v.PUBLIC_URL,
    databaseUrl: v.DATABASE_URL,
    line: {
      channelSecret: v.LINE_CHANNEL_SECRET,
      credentials:
        v.LINE_CHANNEL_ACCESS_TOKEN === undefined
          ? { channelId: v.LINE_CHANNEL_ID ?? "" }
          : { accessToken: v.LINE_CHANNEL_ACCESS_TOKEN },
      apiBaseUrl: v.LINE_API_BASE_URL,
      dataApiBaseUrl:
        v.LINE_DATA_API_BASE_URL ?? (v.LINE_API_BASE_URL === lineApi ? lineDataApi : v.LINE_API_BASE_URL),
      multicastsPerSecond: v.LINE_MULTICASTS_PER_SECOND,
    },
    feed: {
      jmaBaseUrl: v.JMA_FEED_BASE_URL === "off" ? undefined : v.JMA_FEED_BASE_URL,
      pollSeconds: v.FEED_POLL_SECONDS,
    },
    wardProfile: v.WARD_PROFILE,
    authSecret: v.AUTH_SECRET ?? developmentSecret,
    bootstrapApiKey: v.BOOTSTRAP_API_KEY,
    hazardHookSecret: v.HAZARD_HOOK_SECRET,
    provider:
      v.OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: v.OIDC_ISSUER,
            clientId: v.OIDC_CLIENT_ID ?? "",
            clientSecret: v.OIDC_CLIENT_SECRET ?? "",
          },
    logLevel: v.LOG_LEVEL,
  };
}

/** An empty variable counts as absent. */
function filledIn(given: Environment): Environment {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
}
