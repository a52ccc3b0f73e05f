import { existsSync } from "node:fs";
import { z } from "zod";
import type { LogLevel } from "./shared/logger.ts";
import { projectPath } from "./shared/project-root.ts";

export const lineApi = "https://api.line.me";
const lineDataApi = "https://api-data.line.me";
const jmaFeed = "https://www.data.jma.go.jp/developer/xml/feed";
const developmentSecret = "only-for-development-0123456789abcdef";

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be a http:// or https:// address" })
  .transform((url) => url.replace(/\/+$/, ""));
/** What links begin with: whatever stands after a ? or a # would end up in the middle of them. */
const ownUrl = httpUrl.refine(
  (url) => !/[?#@]/.test(url),
  "must be an address alone, without a name, ?, # or what follows them",
);
const filled = z.string().trim().min(1, "must not be empty");
/** Sent in a header: with a stray line break in it, it is refused there, by an error that repeats the secret. */
const key = filled.regex(
  /^[\x21-\x7e]+$/,
  "must be on one line, of letters, digits and signs without spaces",
);
const pollSeconds = "must be a whole number between 2 and 600";

const variables = {
  NODE_ENV: z
    .enum(["production", "development", "test"], "must be production, development or test")
    .default("production"),
  HOST: filled.default("127.0.0.1"),
  PORT: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(0, "must be between 0 and 65535")
    .max(65_535, "must be between 0 and 65535")
    .default(3000),
  PUBLIC_URL: ownUrl.optional(),
  CONSOLE_URL: ownUrl.optional(),
  DATABASE_URL: filled
    .regex(/^file:(?!.*:memory:).+/, "must look like file:./data/kairan.db (a file on a local disk)")
    .default("file:./data/kairan.db"),
  LINE_CHANNEL_SECRET: z
    .string("is missing: LINE Developers console, Basic settings, Channel secret")
    .trim()
    .min(1, "must not be empty"),
  LINE_CHANNEL_ACCESS_TOKEN: key.optional(),
  LINE_CHANNEL_ID: z.string().regex(/^\d+$/, "must be digits").optional(),
  LINE_API_BASE_URL: httpUrl.default(lineApi),
  LINE_DATA_API_BASE_URL: httpUrl.optional(),
  LINE_MULTICASTS_PER_SECOND: z.coerce
    .number("must be a number")
    .min(1, "must be between 1 and 200, LINE's own limit")
    .max(200, "must be between 1 and 200, LINE's own limit")
    .default(198),
  JMA_FEED_BASE_URL: z
    .union([z.literal("off"), httpUrl], "must be a http:// or https:// address, or off")
    .default(jmaFeed),
  FEED_POLL_SECONDS: z.coerce
    .number(pollSeconds)
    .int(pollSeconds)
    .min(2, pollSeconds)
    .max(600, pollSeconds)
    .default(60),
  WARD_PROFILE: filled.default(projectPath("seeds", "wards", "mihon", "profile.json")),
  AUTH_SECRET: filled.optional(),
  BOOTSTRAP_API_KEY: key.optional(),
  HAZARD_HOOK_SECRET: filled.optional(),
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_CLIENT_ID: filled.optional(),
  OIDC_CLIENT_SECRET: filled.optional(),
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
};

const schema = z.object(variables);
const anyOfThem = schema.partial();

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

export interface ConfigProblem {
  variable: string;
  problem: string;
}

export class BadConfig extends Error {
  override name = "BadConfig";
  constructor(readonly problems: ConfigProblem[]) {
    super(
      [
        "The environment needs mending / 環境変数を直してください:",
        ...problems.map((p) => `  ${p.variable} ${p.problem}`),
        "  (.env.example explains each of them / 説明は .env.example にあります)",
      ].join("\n"),
    );
  }
}

/**
 * Reads the environment, with `.env` of the working folder for what is not set there. The only reader of `process.env`.
 * @throws BadConfig with every problem at once
 */
export function loadConfig(): Config {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return readConfig(process.env);
}

/** The part that `npm run seed` needs: it works without LINE. */
export function readDatabaseConfig(): Pick<Config, "databaseUrl" | "wardProfile"> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const parsed = z
    .object({ DATABASE_URL: variables.DATABASE_URL, WARD_PROFILE: variables.WARD_PROFILE })
    .safeParse(filledIn(process.env));
  if (!parsed.success) throw new BadConfig(problemsIn(parsed.error));
  return { databaseUrl: parsed.data.DATABASE_URL, wardProfile: parsed.data.WARD_PROFILE };
}

/** The part that `npm run staff` needs: the database, and the address that links begin with. */
export function readStaffConfig(): { databaseUrl: string; baseUrl: string } {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const { DATABASE_URL, PUBLIC_URL, CONSOLE_URL, HOST, PORT } = variables;
  const parsed = z
    .object({ DATABASE_URL, PUBLIC_URL, CONSOLE_URL, HOST, PORT })
    .safeParse(filledIn(process.env));
  if (!parsed.success) throw new BadConfig(problemsIn(parsed.error));
  const { HOST: host, PORT: port } = parsed.data;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    databaseUrl: parsed.data.DATABASE_URL,
    baseUrl: parsed.data.CONSOLE_URL ?? parsed.data.PUBLIC_URL ?? `http://${name}:${port}`,
  };
}

export function readConfig(given: Record<string, string | undefined>): Config {
  const environment = filledIn(given);
  const parsed = schema.safeParse(environment);
  const bad = parsed.success ? [] : problemsIn(parsed.error);
  const problems = [...misspelt(environment), ...bad, ...unfit(environment, new Set(bad.map(nameOf)))];
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

function problemsIn(error: z.ZodError): ConfigProblem[] {
  return error.issues.map((issue) => ({ variable: String(issue.path[0]), problem: issue.message }));
}

/** An empty variable counts as absent. */
function filledIn(given: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
}

const nameOf = ({ variable }: ConfigProblem): string => variable;

/** What is wrong although each value by itself is in order; those that are not are left aside, so that all is told at once. */
function unfit(environment: Record<string, string | undefined>, bad: ReadonlySet<string>): ConfigProblem[] {
  const inOrder = Object.entries(environment).filter(([name]) => !bad.has(name));
  const v = anyOfThem.parse(Object.fromEntries(inOrder));
  const problems = v.NODE_ENV === "production" && !bad.has("NODE_ENV") ? unfitForProduction(v) : [];
  if (
    environment["LINE_CHANNEL_ACCESS_TOKEN"] === undefined &&
    environment["LINE_CHANNEL_ID"] === undefined
  ) {
    problems.push({
      variable: "LINE_CHANNEL_ACCESS_TOKEN",
      problem: "is missing (or give LINE_CHANNEL_ID, for tokens that live 15 minutes)",
    });
  }
  return [...problems, ...halfAProvider(environment)];
}

/** The variables of an identity provider are given together, with the address it sends people back to. */
function halfAProvider(environment: Record<string, string | undefined>): ConfigProblem[] {
  const together = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
  if (together.every((name) => environment[name] === undefined)) return [];
  const backTo = environment["CONSOLE_URL"] === undefined ? ["PUBLIC_URL"] : [];
  return [...together, ...backTo]
    .filter((name) => environment[name] === undefined)
    .map((variable) => ({
      variable,
      problem: `is missing: ${together.join(", ")} and PUBLIC_URL go together`,
    }));
}

/** Invariant 14: in production nothing weak and nothing that is not LINE. */
function unfitForProduction(v: z.infer<typeof anyOfThem>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (variable: keyof typeof variables, unfit: boolean, problem: string) => {
    if (unfit) problems.push({ variable, problem });
  };
  refuse(
    "LINE_API_BASE_URL",
    v.LINE_API_BASE_URL !== lineApi,
    `must be ${lineApi} in production (NODE_ENV=development allows a local LINE)`,
  );
  refuse(
    "LINE_DATA_API_BASE_URL",
    (v.LINE_DATA_API_BASE_URL ?? lineDataApi) !== lineDataApi,
    `must be ${lineDataApi} in production`,
  );
  refuse(
    "JMA_FEED_BASE_URL",
    !isOfJma(v.JMA_FEED_BASE_URL ?? "off"),
    `must be an https:// address of JMA in production, such as ${jmaFeed}, or off`,
  );
  refuse(
    "FEED_POLL_SECONDS",
    (v.FEED_POLL_SECONDS ?? 60) < 60,
    "must be at least 60 in production: JMA's feeds are rebuilt once a minute",
  );
  refuse(
    "LINE_CHANNEL_SECRET",
    v.LINE_CHANNEL_SECRET !== undefined && !/^[0-9a-f]{32}$/.test(v.LINE_CHANNEL_SECRET),
    "must be the 32 hexadecimal digits that LINE shows",
  );
  refuse(
    "AUTH_SECRET",
    (v.AUTH_SECRET ?? "").length < 32,
    "must have at least 32 characters in production (try: openssl rand -hex 32)",
  );
  refuse(
    "BOOTSTRAP_API_KEY",
    v.BOOTSTRAP_API_KEY !== undefined && v.BOOTSTRAP_API_KEY.length < 32,
    "must have at least 32 characters in production (try: openssl rand -hex 32)",
  );
  refuse(
    "HAZARD_HOOK_SECRET",
    v.HAZARD_HOOK_SECRET !== undefined && v.HAZARD_HOOK_SECRET.length < 32,
    "must have at least 32 characters in production (try: openssl rand -hex 32)",
  );
  refuse("OIDC_ISSUER", /^http:/i.test(v.OIDC_ISSUER ?? ""), "must begin with https:// in production");
  refuse("CONSOLE_URL", /^http:/i.test(v.CONSOLE_URL ?? ""), "must begin with https:// in production");
  refuse("PUBLIC_URL", /^http:/i.test(v.PUBLIC_URL ?? ""), "must begin with https:// in production");
  return problems;
}

/**
 * Whoever writes the feed can call the whole ward to flee, so nobody but JMA may. Any host of theirs will do: they have
 * moved the feed before.
 */
function isOfJma(address: string): boolean {
  if (address === "off") return true;
  const { protocol, hostname, username, port } = new URL(address);
  return (
    protocol === "https:" && /(^|\.)(jma\.go\.jp|kishou\.go\.jp)$/.test(hostname) && username + port === ""
  );
}

/** A variable that nearly has one of our names is a slip that would otherwise go unseen. */
function misspelt(environment: Record<string, string | undefined>): ConfigProblem[] {
  const known = Object.keys(variables);
  return Object.keys(environment).flatMap((name) => {
    if (name.length < 8 || known.includes(name)) return [];
    const meant = known.find((candidate) => candidate.length >= 8 && distance(name, candidate) <= 2);
    return meant === undefined ? [] : [{ variable: name, problem: `is unknown; did you mean ${meant}?` }];
  });
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of a.split("").entries()) {
    row = row.reduce<number[]>((next, above, j) => {
      const left = next[j - 1];
      if (left === undefined) return [i + 1];
      const diagonal = row[j - 1] ?? 0;
      return [...next, Math.min(above + 1, left + 1, diagonal + (b[j - 1] === letter ? 0 : 1))];
    }, []);
  }
  return row.at(-1) ?? 0;
}
