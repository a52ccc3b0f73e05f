import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../seeds/residents.ts";
import { readConfig } from "../../src/config.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { type Api, createApi } from "../support/api.ts";
import { type Program, startProgram } from "../support/process.ts";
import { seedResidents } from "../support/seed.ts";
import { waitFor } from "../support/wait-for.ts";
import { adminKey, temporaryFolder } from "../support/world.ts";

const contents = Object.fromEntries(
  ["ja", "ja-x-easy", "en", "zh-Hans", "ko"].map((language) => [language, { title: language, body: "…" }]),
);
const residents = 12_000;
const kills = 4;

/** What goes wrong at LINE while we are being killed: every kind, one request in twenty each. */
function misbehave(line: Simulator): void {
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

async function keyFor(admin: Api, url: () => string, role: string): Promise<Api> {
  const { body: person } = await admin.post("/staff", {
    name: role,
    email: `${role}@example.jp`,
    roles: [role],
  });
  const { body: issued } = await admin.post(`/staff/${String(person["id"])}/api-keys`, { label: "test" });
  return createApi(url, String(issued["key"]));
}

/** A program in front of a misbehaving LINE, killed again and again at moments that `seed` decides. */
async function survive(seed: number, processes: number) {
  const random = seededRandom(seed);
  const folder = temporaryFolder();
  const line = await startSimulator({ seed });
  line.platform.network.latency = { minMs: 5, maxMs: 60 };
  const environment = {
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
  };
  const users = await seedResidents(readConfig(environment), line, residents, seed);
  let programs: Program[] = [];
  let url = "";
  const start = async (): Promise<void> => {
    programs = Array.from({ length: processes }, () =>
      startProgram(environment, "test/support/impatient-kairan.js"),
    );
    url = (await Promise.all(programs.map((program) => program.ready)))[0] ?? "";
  };
  try {
    await start();
    const admin = createApi(() => url, adminKey);
    const author = await keyFor(admin, () => url, "author");
    const approver = await keyFor(admin, () => url, "approver");
    misbehave(line);
    const { body: draft } = await author.post("/broadcasts", {
      title: "kill",
      audience: { everyone: true },
      contents,
    });
    const id = String(draft["id"]);
    await author.post(`/broadcasts/${id}/submit`);
    await approver.post(`/broadcasts/${id}/approve`);

    for (let kill = 0; kill < kills; kill++) {
      await pause(random() * 350);
      await Promise.all(programs.map((program) => program.kill("SIGKILL")));
      await start();
    }
    const delivery = await waitFor(
      `seed ${seed}: the broadcast to be sent`,
      async () => {
        const { body } = await admin.get(`/broadcasts/${id}/delivery`);
        const settled = body["planning"] === false && body["pending"] === 0 && body["sending"] === 0;
        expect(sum(body)).toBe(body["planned"]);
        return settled ? body : undefined;
      },
      60_000,
    );
    await Promise.all(programs.map((program) => program.kill("SIGTERM")));
    const { platform } = line;
    return {
      delivery,
      summary: platform.ledger.summary(),
      notExactlyOnce: users.filter((user) => platform.ledger.copiesOf(user) !== 1),
      mistakes: platform.clientMistakes(),
    };
  } finally {
    for (const program of programs) await program.kill("SIGKILL");
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sum(delivery: Record<string, unknown>): number {
  const states = [
    "pending",
    "sending",
    "accepted",
    "rejected",
    "cancelled",
    "expired",
    "undetermined",
    "parked",
  ];
  return states.reduce((total, state) => total + Number(delivery[state]), 0);
}

describe("killed while planning and while sending, with one request in twenty going wrong in each way", () => {
  const everybodyOnce = {
    delivery: expect.objectContaining({ planned: residents, accepted: residents }),
    summary: expect.objectContaining({ copies: residents, users: residents, doubled: [] }),
    notExactlyOnce: [],
    mistakes: [],
  };

  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    "loses nobody and doubles nobody (seed %i)",
    async (seed) => {
      expect(await survive(seed, 1)).toEqual(everybodyOnce);
    },
    120_000,
  );

  it.each([101, 102, 103])(
    "also when two processes were started on one database by mistake (seed %i)",
    async (seed) => {
      expect(await survive(seed, 2)).toEqual(everybodyOnce);
    },
    120_000,
  );
});
