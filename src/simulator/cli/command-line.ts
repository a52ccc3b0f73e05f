import { parseArgs } from "node:util";
import { isWebhookUrl } from "../http/channel-endpoints.ts";
import type { SimulatorOptions } from "../index.ts";

export const defaultPort = 4_000;

/** What the command line asked for. */
export interface CommandLine {
  help: boolean;
  /** Languages of the console, the first one first. */
  languages: string[];
  /** A JSON file with people to start with. */
  usersFile: string | undefined;
  /** Whether to print each request and webhook. */
  verbose: boolean;
  simulator: SimulatorOptions & { port: number; host: string };
}

/** Something the person at the keyboard can put right: the key of a sentence in `locales/<language>/simulator.json`. */
export interface CommandLineProblem {
  key: string;
  values: Record<string, string | number>;
}

const knownLanguages = new Set(["ja", "en"]);

export function readCommandLine(
  args: readonly string[],
): { commandLine: CommandLine } | { problem: CommandLineProblem } {
  const parsed = parse(args);
  if ("problem" in parsed) return parsed;
  const { values } = parsed;
  const problem = (key: string, value: string) => ({ problem: { key, values: { value } } });

  const port = Number(values.port ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return problem("badPort", values.port ?? "");
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) return problem("badSeed", values.seed ?? "");
  if (values.webhook !== undefined && !isWebhookUrl(values.webhook))
    return problem("badWebhook", values.webhook);
  const languages = (values.lang ?? "ja,en").split(",");
  if (!languages.every((language) => knownLanguages.has(language)))
    return problem("badLanguage", values.lang ?? "");

  return {
    commandLine: {
      help: values.help,
      languages,
      usersFile: values.users,
      verbose: values.verbose,
      simulator: {
        port,
        host: values.host ?? "127.0.0.1",
        seed,
        webhook: values.webhook,
        displayName: values.name,
        channelId: values["channel-id"],
        channelSecret: values.secret,
        channelAccessToken: values.token,
        switches: { redelivery: values.redelivery },
      },
    },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h", default: false },
        port: { type: "string" },
        host: { type: "string" },
        webhook: { type: "string" },
        name: { type: "string" },
        "channel-id": { type: "string" },
        secret: { type: "string" },
        token: { type: "string" },
        seed: { type: "string" },
        users: { type: "string" },
        redelivery: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        lang: { type: "string" },
      },
    });
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    return { problem: { key: "badArguments", values: { value } } };
  }
}
