import { loadSentences } from "../shared/i18n.ts";
import { defaultPort, readCommandLine } from "./cli/command-line.ts";
import { narrate } from "./cli/narrate.ts";
import { addUsersFromFile } from "./cli/users-file.ts";
import { type Simulator, startSimulator } from "./index.ts";

const { say } = loadSentences();
let languages = ["ja", "en"];

const print = (line: string) => process.stdout.write(`${line}\n`);
const tell = (key: string, values: Record<string, string | number> = {}) => {
  for (const language of languages) print(say(language, `simulator:${key}`, values));
};
const giveUp = (key: string, values: Record<string, string | number> = {}) => {
  for (const language of languages) process.stderr.write(`${say(language, `simulator:${key}`, values)}\n`);
  process.exitCode = 1;
};

await main();

async function main(): Promise<void> {
  const read = readCommandLine(process.argv.slice(2));
  if ("problem" in read) return giveUp(read.problem.key, read.problem.values);
  const { commandLine } = read;
  ({ languages } = commandLine);
  if (commandLine.help) return tell("help", { port: defaultPort });

  let simulator: Simulator;
  try {
    simulator = await startSimulator(commandLine.simulator);
  } catch (error) {
    const { host, port } = commandLine.simulator;
    return giveUp("cannotListen", { host, port, reason: reasonOf(error) });
  }
  if (commandLine.usersFile !== undefined) {
    try {
      const count = await addUsersFromFile(simulator.platform, commandLine.usersFile);
      tell("usersAdded", { count });
    } catch (error) {
      await simulator.close();
      return giveUp("badUsersFile", { file: commandLine.usersFile, reason: reasonOf(error) });
    }
  }
  introduce(simulator, commandLine.simulator.host);
  if (commandLine.verbose) narrate(simulator.platform, print);

  const stop = () => void simulator.close();
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

function introduce({ url, platform }: Simulator, host: string): void {
  const { channel, webhook } = platform;
  tell("started", { url });
  if (webhook.url === undefined) tell("noWebhook", { url });
  else tell("webhook", { webhook: webhook.url });
  if (!["127.0.0.1", "localhost", "::1"].includes(host)) tell("openToNetwork", { host });
  tell("forEnv");
  print("");
  print(`LINE_CHANNEL_SECRET=${channel.secret}`);
  print(`LINE_CHANNEL_ACCESS_TOKEN=${channel.accessToken}`);
  // Instead of the access token, for bots that fetch tokens living 15 minutes.
  print(`# LINE_CHANNEL_ID=${channel.id}`);
  print(`LINE_API_BASE_URL=${url}`);
  print(`LINE_DATA_API_BASE_URL=${url}`);
  print("");
  tell("controls", { url });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
