import { z } from "zod";
import { projectPath } from "../shared/project-root.ts";

/** Where LINE is. */
export const lineApi = "https://api.line.me";
/** Where LINE takes and gives pictures. */
export const lineDataApi = "https://api-data.line.me";
/** The folder of the feeds of the Japan Meteorological Agency. */
export const jmaFeed = "https://www.data.jma.go.jp/developer/xml/feed";

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

/** Every variable that the program knows, and what makes a value of it one that can be read; `.env.example` explains them. */
export const variables = {
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

/** All of them together, as the program needs them. */
export const allVariables = z.object(variables);
/** Those that could be read, when some could not. */
export const anyVariables = allVariables.partial();
