import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { syntheticUserId } from "../../seeds/residents.ts";
import { type Api, adminKey, createApi } from "../support/api.ts";
import { filledBlanks } from "../support/alarm.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type LineAbout, type Part, environmentFor, startPart, startedAsUsual } from "./processes.ts";
import { seedDatabase } from "./seed-database.ts";
import type { Row } from "./table.ts";
import { nineLanguages, writeWardOfNine } from "./ward-of-nine.ts";

const alerts = 20;

/** P2: from the confirmation's request to the alert's first request at LINE's door, in the middle of a routine send to everybody. */
export async function benchAlerts(residents: number): Promise<Row[]> {
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
    const { url } = await kairan.ask<{ url: string }>({ do: "about" });
    return await measure(url, kairan, line, residents);
  } finally {
    await kairan.end();
    await line.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(url: string, kairan: Part, line: Part, residents: number): Promise<Row[]> {
  const admin = createApi(() => url, adminKey);
  const [approver, first, second] = await Promise.all(
    ["approver", "dutyOfficer", "dutyOfficer"].map((role, index) => employ(url, admin, role, index)),
  );
  if (approver === undefined || first === undefined || second === undefined) throw new Error("nobody there");
  const contents = Object.fromEntries(
    nineLanguages.map((language) => [language, { title: `Notice ${language}`, body: "本文 ".repeat(100) }]),
  );
  const draft = { title: "P2", audience: { everyone: true }, contents };
  const id = String((await admin.post("/broadcasts", draft)).body["id"]);
  await admin.post(`/broadcasts/${id}/submit`);
  const { body: ward } = await admin.get("/ward");
  const districts = (ward["districts"] as { id: string }[]).map((district) => district.id);
  const { body: known } = await admin.get("/alert-templates");
  const ask = filledBlanks(known, "evacuationLevel3");
  await admin.post("/audience/estimate", { audience: { everyone: true } });
  await kairan.ask({ do: "watchLoop" });
  await approver.post(`/broadcasts/${id}/approve`);
  await pause(1_000);
  const waits: number[] = [];
  for (let index = 0; index < alerts; index += 1) {
    const where = { districts: [districts[index % districts.length]] };
    const { body: raised } = await first.post("/alerts", { ...ask, ...where, mode: "live" });
    const before = await line.ask<number>({ do: "others", than: "Notice" });
    const began = Date.now();
    const { status, body } = await second.post(`/alerts/${String(raised["id"])}/confirm`);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    waits.push((await firstAfter(line, before)) - began);
    await settled(admin, String(raised["id"]));
  }
  const { body: delivery } = await admin.get(`/broadcasts/${id}/delivery`);
  if (Number(delivery["accepted"]) >= residents) throw new Error("the routine send was over too early");
  const loop = await kairan.ask<{ p99: number; max: number }>({ do: "loop" });
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
  return [
    {
      promise: "P2",
      what: `alert: confirmation → first request at LINE, in the middle of ${residents.toLocaleString("en")} routine messages, ${alerts} times`,
      ours: `p50 ${at(0.5).toFixed(0)}, p95 ${at(0.95).toFixed(0)}, longest ${at(1).toFixed(0)} ms`,
      against: `loop p99 ${loop.p99.toFixed(1)}, longest ${loop.max.toFixed(1)} ms`,
      ratio: undefined,
      wanted: "p95 ≤ 300 ms",
    },
  ];
}

async function firstAfter(line: Part, before: number): Promise<number> {
  for (;;) {
    const at = await line.ask<number | null>({ do: "otherAt", than: "Notice", index: before });
    if (at !== null) return at;
    await pause(5);
  }
}

/** The batches of one alert must not be taken for the next one's. */
async function settled(admin: Api, id: string): Promise<void> {
  for (;;) {
    const { body } = await admin.get(`/alerts/${id}/delivery`);
    if (body["planning"] === false && body["pending"] === 0 && body["sending"] === 0) return;
    await pause(20);
  }
}

async function employ(url: string, admin: Api, role: string, index: number): Promise<Api> {
  const { body: person } = await admin.post("/staff", {
    name: `${role} ${index}`,
    email: `${role}${index}@example.jp`,
    roles: [role],
  });
  const { body: issued } = await admin.post(`/staff/${String(person["id"])}/api-keys`, { label: "bench" });
  return createApi(() => url, String(issued["key"]));
}
