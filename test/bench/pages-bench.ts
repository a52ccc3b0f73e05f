import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { projectPath } from "../../src/shared/project-root.ts";
import { temporaryFolder } from "../support/world.ts";
import { environmentFor, startPart, startedAsUsual } from "./processes.ts";
import { seedDatabase } from "./seed-database.ts";
import type { Row } from "./table.ts";

const broadcasts = 5_000;
const repeats = 30;
const acts = 20_000;
const visits = 40;
const staffId = "bench-approver";
const hourMs = 60 * 60_000;
const wardProfile = projectPath("seeds", "wards", "mihon", "profile.json");

const pages: Record<string, string> = {
  home: "/console",
  "a month of the calendar, 200 broadcasts and 30 repeats in it": "/console/calendar",
  "the list": "/console/broadcasts",
  "a search that finds nothing": "/console/broadcasts?q=zzz&mine=yes",
  "one broadcast": "/console/broadcasts/00000",
  "its report": "/console/broadcasts/00001/report",
  "the reports of twelve months": "/console/reports",
  residents: "/console/residents",
  "an empty form": "/console/broadcasts/new",
  "categories and districts, with how many chose each": "/console/catalogue",
  "the record of who did what, 20,000 acts": "/console/audit",
  "the record of one person": `/console/audit?person=${staffId}&act=broadcast.approve`,
};

/** What is asked for again and again while somebody fills in the form: the number of people, the warnings, the phones. */
const typed = {
  to: "chosen",
  category: "childcare",
  "title.ja": "お知らせ",
  "body.ja": "本文です。",
  fallback: "yes",
};
const beside = "beside the form: the number of people, warnings, the phones";

/** What the staff wait for: pages at a million residents and 5,000 broadcasts. */
export async function benchPages(residents: number): Promise<Row[]> {
  const folder = temporaryFolder();
  const databaseUrl = `file:${join(folder, "kairan.db")}`;
  await seedDatabase(databaseUrl, wardProfile, residents);
  writeBroadcasts(databaseUrl, Date.now());
  // Nothing is sent, so no LINE is there.
  const environment = environmentFor(
    { url: "http://127.0.0.1:9", secret: "0".repeat(32), token: "none" },
    databaseUrl,
  );
  const part = await startPart("./pages-part.js", { environment, staffId }, startedAsUsual());
  const { url } = part.started as { url: string };
  const cookie = await signIn(url);
  const visit = async (path: string): Promise<number> => {
    const began = performance.now();
    const asks = path === "/console/beside" ? { method: "POST", body: new URLSearchParams(typed) } : {};
    const response = await fetch(`${url}${path}`, {
      ...asks,
      headers: { cookie, "sec-fetch-site": "same-origin" },
      redirect: "manual",
    });
    await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return performance.now() - began;
  };
  // Whatever comes first waits until everybody has been counted.
  await visit("/console/broadcasts/00000");
  const rows: Row[] = [];
  for (const [what, path] of Object.entries({ ...pages, [beside]: "/console/beside" })) {
    await visit(path);
    await part.ask({ ask: "reset" });
    const took: number[] = [];
    for (let index = 0; index < visits; index += 1) took.push(await visit(path));
    took.sort((one, other) => one - other);
    const { max } = await part.ask<{ max: number }>({ ask: "delay" });
    rows.push({
      promise: "–",
      what: `staff page: ${what}`,
      ours: `p50 ${took[visits / 2]?.toFixed(0)}, p95 ${took[Math.floor(visits * 0.95)]?.toFixed(0)} ms; event loop at most ${max.toFixed(0)} ms`,
      against: "–",
      ratio: undefined,
      wanted: "< 100 ms, ≤ 20 ms",
    });
  }
  await part.end();
  rmSync(folder, { recursive: true, force: true });
  return rows;
}

async function signIn(url: string): Promise<string> {
  const { headers } = await fetch(`${url}/console/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ staffId }),
  });
  return headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** Two years of six a day, with the contents of the demo; in the days to come they are approved. */
function writeBroadcasts(databaseUrl: string, now: number): void {
  const samples = JSON.parse(readFileSync(projectPath("seeds", "demo", "broadcasts.json"), "utf8")) as {
    title: string;
    contents: unknown;
  }[];
  const db = openDatabase(databaseUrl);
  db.sqlite
    .prepare(`INSERT INTO staff (id, name, email, roles, created_at) VALUES (?, 'bench', 'b@x.jp', ?, 0)`)
    .run(staffId, JSON.stringify(["approver", "administrator"]));
  const insert = db.sqlite.prepare(
    `INSERT INTO broadcasts (id, title, state, audience, contents, send_at, due_at, grace_ms, repeat, author_id, writers,
       approved_by, begun_at, created_at, updated_at)
     VALUES (@id, @title, @state, '{"everyone":true}', @contents, @at, @at, 0, @repeat, @staffId, '[]', @staffId, @begunAt, 0, 0)`,
  );
  const write = (index: number, at: number | null, state: string, repeat: string | null): void => {
    const { title = "", contents } = samples[index % samples.length] ?? {};
    insert.run({
      id: String(index).padStart(5, "0"),
      title: `${title} ${index}`,
      state,
      contents: JSON.stringify(contents),
      at,
      repeat,
      staffId,
      begunAt: state === "sent" ? at : null,
    });
  };
  db.sqlite.transaction(() => {
    for (let index = 0; index < broadcasts; index += 1) {
      const at = now + (index - broadcasts + 200) * 4 * hourMs;
      const state = at > now ? "approved" : index % 25 === 0 ? "submitted" : "sent";
      write(index, at, state, null);
    }
    for (let index = 0; index < repeats; index += 1) {
      const cron = index % 3 === 0 ? `${index} 8 * * 1-5` : `${index} 9 1,11,21 * *`;
      write(broadcasts + index, now + 24 * hourMs, "approved", JSON.stringify({ cron }));
    }
    const audit = createAuditStore(db);
    for (let index = 0; index < acts; index += 1)
      audit.append({
        at: now - (acts - index) * 60_000,
        actor: staffId,
        act: index % 3 === 0 ? "broadcast.approve" : "broadcast.edit",
        subject: String(index % broadcasts).padStart(5, "0"),
      });
  })();
  db.close();
}
