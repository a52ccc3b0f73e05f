import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectPath } from "../src/shared/project-root.ts";
import { type Simulator, startSimulator } from "../src/simulator/index.ts";
import { type Program, startProgram } from "./support/process.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";
import { mihonProfile } from "./support/wards.ts";

let folder: string;
let line: Simulator;
let programs: Program[];
beforeEach(async () => {
  folder = temporaryFolder();
  line = await startSimulator();
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill("SIGKILL");
  await line.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}): Program {
  const program = startProgram({
    NODE_ENV: "development",
    PORT: "0",
    DATABASE_URL: `file:${join(folder, "kairan.db")}`,
    LINE_CHANNEL_SECRET: line.platform.channel.secret,
    LINE_CHANNEL_ACCESS_TOKEN: line.platform.channel.accessToken,
    LINE_API_BASE_URL: line.url,
    JMA_FEED_BASE_URL: "off",
    BOOTSTRAP_API_KEY: "a-key",
    ...environment,
  });
  programs.push(program);
  return program;
}

/** What it says when it will not start; fails when it does. */
async function refusal(program: Program): Promise<string> {
  const said = await program.ready.then(
    () => "it started",
    (error: unknown) => String(error),
  );
  expect(await program.ended).toBe(1);
  return said;
}

describe("the program", () => {
  it("serves, is healthy, and ends in order when it is asked to", async () => {
    const program = start();
    const url = await program.ready;
    for (const path of ["/healthz", "/readyz", "/metrics"])
      expect((await fetch(url + path)).status).toBe(200);
    await program.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    const again = start();
    expect((await fetch(`${await again.ready}/readyz`)).status).toBe(200);
  });

  it("does not start with a bad environment: it names every variable and what to do", async () => {
    const said = await refusal(
      start({ PORT: "many", DATABASE_URL: "postgres://x", LOG_LEVEL: "loud", WARD_PROFIL: "x" }),
    );
    for (const name of ["PORT", "DATABASE_URL", "LOG_LEVEL", "did you mean WARD_PROFILE"])
      expect(said).toContain(name);
    expect(said).not.toContain("    at ");
  });

  it("does not start in production with anything weak, or with a LINE that is not LINE (invariant 14)", async () => {
    const said = await refusal(start({ NODE_ENV: "production", AUTH_SECRET: "short" }));
    for (const name of ["LINE_API_BASE_URL", "AUTH_SECRET", "BOOTSTRAP_API_KEY"])
      expect(said).toContain(name);
    expect(said).not.toContain("a-key");
  });

  it("says plainly that its port is taken, and that a ward profile cannot be read", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const port = (other.address() as { port: number }).port;
    expect(await refusal(start({ PORT: String(port) }))).toMatch(new RegExp(`PORT is used.*${port}`));
    other.close();
    const said = await refusal(start({ WARD_PROFILE: join(folder, "nowhere.json") }));
    expect(said).toContain("nowhere.json");
  });

  it("says plainly what is wrong with the rules that a ward's profile names", async () => {
    const profile: object = JSON.parse(readFileSync(mihonProfile, "utf8"));
    const names = projectPath("locales", "{language}", "mihon.json");
    const ownProfile = join(folder, "profile.json");
    writeFileSync(ownProfile, JSON.stringify({ ...profile, names, alertRules: "rules.json" }));
    writeFileSync(join(folder, "rules.json"), "{}");
    const said = await refusal(start({ WARD_PROFILE: ownProfile }));
    expect(said).toContain("rules.json need mending");
    expect(said).not.toContain("    at ");
  });

  it("names the variable, and shows no stack, when the machine refuses its address or its file", async () => {
    const noFolder = join(folder, "a-file");
    writeFileSync(noFolder, "no database: a text that is longer than the head of one would be ".repeat(3));
    const asked = {
      "  HOST": { HOST: "no.such.host.invalid" },
      "  DATABASE_URL names": { DATABASE_URL: `file:${noFolder}` },
      "  DATABASE_URL": { DATABASE_URL: `file:${noFolder}/kairan.db` },
    };
    for (const [variable, environment] of Object.entries(asked)) {
      const said = await refusal(start(environment));
      expect(said).toContain(variable);
      expect(said).not.toContain("    at ");
    }
  });
});
