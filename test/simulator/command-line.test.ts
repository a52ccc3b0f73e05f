import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadSentences } from "../../src/shared/i18n.ts";
import { readCommandLine } from "../../src/simulator/cli/command-line.ts";
import { addUsersFromFile } from "../../src/simulator/cli/users-file.ts";
import { startLine } from "./support.ts";

test("without options the simulator listens on this machine only", () => {
  expect(readCommandLine([])).toMatchObject({
    commandLine: { languages: ["ja", "en"], simulator: { host: "127.0.0.1", port: 4_000, seed: 1 } },
  });
});

test("every option arrives where it belongs", () => {
  const args = [
    "--port",
    "5000",
    "--webhook",
    "http://127.0.0.1:3000/line/webhook",
    "--secret",
    "s",
    "--token",
    "t",
  ];
  const more = ["--channel-id", "9", "--seed", "7", "--redelivery", "--lang", "en", "--users", "people.json"];
  expect(readCommandLine([...args, ...more])).toMatchObject({
    commandLine: {
      languages: ["en"],
      usersFile: "people.json",
      simulator: {
        port: 5_000,
        webhook: "http://127.0.0.1:3000/line/webhook",
        channelSecret: "s",
        channelAccessToken: "t",
        channelId: "9",
        seed: 7,
        switches: { redelivery: true },
      },
    },
  });
});

test.each([
  [["--port", "http"], "badPort"],
  [["--port", "70000"], "badPort"],
  [["--seed", "x"], "badSeed"],
  [["--webhook", "http://bot.example.com/"], "badWebhook"],
  [["--lang", "fr"], "badLanguage"],
  [["--prot", "4000"], "badArguments"],
])("%j is refused with a sentence in both languages", (args, key) => {
  const read = readCommandLine(args);
  if (!("problem" in read)) throw new Error("The command line was accepted.");
  expect(read.problem.key).toBe(key);
  const { say } = loadSentences();
  for (const language of ["ja", "en"])
    expect(say(language, `simulator:${key}`, read.problem.values)).toContain(
      String(read.problem.values["value"]),
    );
});

test("people can come from a file", async () => {
  const { platform } = await startLine();
  const file = join(await mkdtemp(join(tmpdir(), "people-")), "people.json");
  const ranges = [{ from: `U${"a".repeat(32)}`, count: 1_000, language: ["ja", "en"] }];
  await writeFile(file, JSON.stringify({ users: [{ displayName: "花子", language: "ja" }], ranges }));
  expect(await addUsersFromFile(platform, file)).toBe(1_001);
  expect(platform.users()).toMatchObject([{ displayName: "花子" }]);
  await writeFile(file, JSON.stringify({ users: [{ name: "花子" }] }));
  await expect(addUsersFromFile(platform, file)).rejects.toThrow("displayName");
});
