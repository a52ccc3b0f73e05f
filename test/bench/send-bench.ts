import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { syntheticUserId } from "../../seeds/residents.ts";
import { adminKey, createApi } from "../support/api.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { sendBare } from "./bare-loop.ts";
import { type LineAbout, type Part, environmentFor, startPart, startedAsUsual } from "./processes.ts";
import { seedDatabase } from "./seed-database.ts";
import type { Row } from "./table.ts";
import { nineLanguages, writeWardOfNine } from "./ward-of-nine.ts";

interface Sent {
  seconds: number;
  requests: number;
  refused: number;
  peakMegabytes: number;
  loop: { p50: number; p99: number; max: number };
}

/** P1 and P5: everybody handed over, against a loop that stores nothing; and the memory it takes, few against many. */
export async function benchSending(residents: number): Promise<Row[]> {
  const few = await sendThrough(10_000);
  const many = await sendThrough(residents);
  const bare = await sendBareThrough(residents);
  const named = residents.toLocaleString("en");
  return [
    {
      promise: "P1",
      what: `${named} residents, 9 languages: approval → last batch accepted`,
      ours: `${many.seconds.toFixed(2)} s (${many.requests} requests, ${many.refused} refused as too fast)`,
      against: `bare loop at 200/s: ${bare.toFixed(2)} s`,
      ratio: many.seconds / bare,
      wanted: "≤ 1.05",
    },
    {
      promise: "P5",
      what: `peak memory while sending to ${named}`,
      ours: `${many.peakMegabytes.toFixed(0)} MB`,
      against: `10,000 residents: ${few.peakMegabytes.toFixed(0)} MB`,
      ratio: many.peakMegabytes / few.peakMegabytes,
      wanted: "< 250 MB",
    },
    {
      promise: "P4",
      what: "event loop while planning and sending, p50 / p99 / longest delay",
      ours: `${many.loop.p50.toFixed(1)} / ${many.loop.p99.toFixed(1)} / ${many.loop.max.toFixed(1)} ms`,
      against: "–",
      ratio: undefined,
      wanted: "longest ≤ 20 ms",
    },
  ];
}

async function sendThrough(residents: number): Promise<Sent> {
  const folder = temporaryFolder();
  const { wardProfile, localesFolder } = writeWardOfNine(folder);
  const databaseUrl = `file:${join(folder, "kairan.db")}`;
  await seedDatabase(databaseUrl, wardProfile, residents);
  const line = await startPart("./line-part.js", {});
  const about = await line.ask<LineAbout>({ do: "about" });
  await line.ask({ do: "addRange", from: syntheticUserId(1), count: residents });
  const environment = { ...environmentFor(about, databaseUrl), WARD_PROFILE: wardProfile };
  const kairan = await startPart("./kairan-part.js", { environment, localesFolder }, startedAsUsual());
  try {
    return await sendOne(kairan, line, residents);
  } finally {
    await kairan.end();
    await line.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendOne(kairan: Part, line: Part, residents: number): Promise<Sent> {
  const { url } = await kairan.ask<{ url: string }>({ do: "about" });
  const admin = createApi(() => url, adminKey);
  const contents = Object.fromEntries(
    nineLanguages.map((language) => [language, { title: `Notice ${language}`, body: "本文 ".repeat(100) }]),
  );
  const { body: draft } = await admin.post("/broadcasts", {
    title: "P1",
    audience: { everyone: true },
    contents,
  });
  await admin.post(`/broadcasts/${String(draft["id"])}/submit`);
  const { body: person } = await admin.post("/staff", {
    name: "approver",
    email: "a@example.jp",
    roles: ["approver"],
  });
  const { body: issued } = await admin.post(`/staff/${String(person["id"])}/api-keys`, { label: "bench" });
  const approver = createApi(() => url, String(issued["key"]));
  // The counting of heads at the start is not what is measured here.
  await admin.post("/audience/estimate", { audience: { everyone: true } });
  await kairan.ask({ do: "watchLoop" });
  const began = Date.now();
  await approver.post(`/broadcasts/${String(draft["id"])}/approve`);
  for (;;) {
    await pause(250);
    const { body } = await admin.get(`/broadcasts/${String(draft["id"])}`);
    if (body["state"] === "sent") break;
  }
  const loop = await kairan.ask<Sent["loop"]>({ do: "loop" });
  const seen = await line.ask<{
    requests: number;
    refused: number;
    last: number;
    copies: number;
    users: number;
    doubled: number;
  }>({ do: "multicasts" });
  if (seen.copies !== residents || seen.users !== residents || seen.doubled !== 0)
    throw new Error(`lost or doubled: ${JSON.stringify(seen)}`);
  return {
    seconds: (seen.last - began) / 1000,
    requests: seen.requests,
    refused: seen.refused,
    peakMegabytes: kairan.peakMegabytes(),
    loop,
  };
}

async function sendBareThrough(residents: number): Promise<number> {
  const line = await startPart("./line-part.js", {});
  const { url, token } = await line.ask<LineAbout>({ do: "about" });
  await line.ask({ do: "addRange", from: syntheticUserId(1), count: residents });
  const began = Date.now();
  await sendBare(url, token, residents);
  const seen = await line.ask<{ last: number; copies: number }>({ do: "multicasts" });
  if (seen.copies !== residents) throw new Error(`the bare loop reached ${seen.copies}`);
  await line.end();
  return (seen.last - began) / 1000;
}
