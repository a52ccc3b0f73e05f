import { readFileSync } from "node:fs";
import { ulid } from "ulid";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import type { Broadcast } from "../../src/broadcasts/broadcast.ts";
import { createLinkStore } from "../../src/broadcasts/link-store.ts";
import { nextDates } from "../../src/broadcasts/schedule.ts";
import { createBroadcastStore } from "../../src/broadcasts/store.ts";
import type { Config } from "../../src/config.ts";
import type { Contents } from "../../src/messages/contents.ts";
import { createOrderStore } from "../../src/outbox/order-store.ts";
import { createDeliverySeedStore } from "../../src/outbox/seed-store.ts";
import { createFollowStore } from "../../src/reports/follow-store.ts";
import { type Heads, asDailyHeads, createHeadsNow } from "../../src/reports/heads-now.ts";
import { createHeadsStore } from "../../src/reports/heads-store.ts";
import { createCensusStore } from "../../src/residents/census-store.ts";
import { createHeadCounter } from "../../src/residents/census/head-counter.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { createIds } from "../../src/shared/ids.ts";
import { projectPath } from "../../src/shared/project-root.ts";
import { addDays, startOfTokyoDay, tokyoDate } from "../../src/shared/tokyo.ts";
import type { Ward } from "../../src/shared/ward/ward.ts";
import { seededRandom } from "../residents.ts";

interface PastBroadcast {
  title: string;
  daysAgo: number;
  /** Of the day in Tokyo. */
  hour: number;
  categories: string[];
  contents: Contents;
}

const days = 365;
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** Gives the demo a past: a year of figures, and what was sent in it. Nothing of it ever happened. */
export async function seedHistory(
  config: Config,
  ward: Ward,
  staff: { authorId: string; approverId: string },
): Promise<void> {
  const db = openDatabase(config.databaseUrl);
  const ids = createIds();
  const store = createBroadcastStore(db, createOrderStore(db), createAuditStore(db));
  const counter = createHeadCounter(createCensusStore(db), ensureFacets(db.sqlite, ward));
  const heads = await createHeadsNow(counter, ward, systemClock).count();
  const random = seededRandom(11);
  const totals = await seedHeads(heads, random, createHeadsStore(db), createFollowStore(db));
  const deliveries = createDeliverySeedStore(db, ids);
  const links = createLinkStore(db);

  async function send(broadcast: Broadcast, begunAt: number): Promise<void> {
    const { id, audience, contents } = broadcast;
    const entry = { at: Date.now(), actor: "system", act: "demo.seed", subject: id };
    await store.create({ ...broadcast, begunAt, finishedAt: begunAt + 4_000, dueAt: begunAt }, entry);
    const then = (totals.get(tokyoDate(begunAt)) ?? heads.total) / Math.max(1, heads.total);
    const { byLanguage } = await counter.count(audience);
    const accepted = Object.fromEntries(
      Object.entries(byLanguage).map(([language, now]) => [language, Math.max(1, Math.round(now * then))]),
    );
    const rejected = random() < 0.3 ? { ja: 1 } : {};
    const endedAt = begunAt + 1_500 + Math.round(random() * 2_000);
    await deliveries.add({
      broadcastId: id,
      begunAt: begunAt + 300,
      endedAt,
      audience: JSON.stringify(audience),
      accepted,
      rejected,
    });
    const taps = Object.entries(accepted).flatMap(([language, count]) => {
      const text = contents[language] === undefined ? "ja" : language;
      if (contents[text]?.link === undefined) return [];
      return Array.from({ length: Math.round(count * (0.15 + random() * 0.25)) }, () => {
        const later = Math.floor(random() ** 3 * Math.min(9, (Date.now() - begunAt) / dayMs));
        return links.count(id, text, tokyoDate(begunAt + later * dayMs));
      });
    });
    await Promise.all(taps);
  }

  for (const each of readHistory()) {
    const begunAt = startOfTokyoDay(addDays(tokyoDate(Date.now()), -each.daysAgo)) + each.hour * hourMs;
    const audience = each.categories.length === 0 ? { everyone: true as const } : anyOf(each.categories);
    await send({ ...plain(each, begunAt, staff), audience }, begunAt);
  }
  await seedSeries(store.create, send, staff);
  db.close();
}

/** A newsletter three times a month, which goes on. */
async function seedSeries(
  create: ReturnType<typeof createBroadcastStore>["create"],
  send: (broadcast: Broadcast, begunAt: number) => Promise<void>,
  staff: { authorId: string; approverId: string },
): Promise<void> {
  const repeat = { cron: "0 9 1,11,21 * *" };
  const link = { label: "区報を読む", url: "https://www.mihon.example/kuho" };
  const contents: Contents = {
    ja: { title: "区報ができました", body: "今号の区報を、ウェブサイトでお読みいただけます。", link },
    en: {
      title: "The ward newsletter is out",
      body: "Read the new issue on our website.",
      link: { ...link, label: "Read" },
    },
  };
  const began = Date.now() - 75 * dayMs;
  const audience = anyOf(["newsletter"]);
  const series: Broadcast = {
    ...plain({ title: "区報のお知らせ", contents }, began, staff),
    audience,
    state: "approved",
    repeat,
    dueAt: nextDates(repeat, Date.now(), 1)[0],
  };
  const entry = { at: Date.now(), actor: "system", act: "demo.seed", subject: series.id };
  await create(series, entry);
  for (const dueAt of nextDates(repeat, began, 9).filter((at) => at < Date.now() - hourMs))
    await send({ ...plain(series, dueAt, staff), audience, seriesId: series.id, sendAt: dueAt }, dueAt);
}

/** A broadcast that was written, approved and sent. Its id sorts by its own time. */
function plain(
  { title, contents }: Pick<Broadcast, "title" | "contents">,
  at: number,
  { authorId, approverId }: { authorId: string; approverId: string },
): Broadcast {
  return {
    id: ulid(at - dayMs),
    title,
    kind: "notice",
    mode: "live",
    state: "sent",
    version: 4,
    audience: { everyone: true },
    contents,
    missingTranslations: "fallback",
    sendAt: at,
    graceMs: 30 * 60_000,
    repeat: undefined,
    dueAt: undefined,
    seriesId: undefined,
    authorId,
    writers: [authorId],
    approvedBy: approverId,
    approvedAt: at - 5 * hourMs,
    begunAt: undefined,
    finishedAt: undefined,
    stoppedBy: undefined,
    comment: undefined,
    createdAt: at - dayMs,
    updatedAt: at,
  };
}

/** Walks back from today, a few new and a few leaving each day; returns how many followed on each. */
async function seedHeads(
  now: Heads,
  random: () => number,
  store: ReturnType<typeof createHeadsStore>,
  follows: ReturnType<typeof createFollowStore>,
): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  const rows = asDailyHeads(now);
  // Each group grew in its own way: the exponent says how late it came.
  const late = rows.map(({ kind }) => (kind === "all" ? 1 : 0.6 + random() * 1.6));
  let total = now.total;
  const kept: Promise<unknown>[] = [];
  const moves: { hour: number; follows: number; leaves: number }[] = [];
  for (let back = 1; back <= days; back++) {
    const day = addDays(tokyoDate(now.at), -back);
    const joined = Math.floor(random() * 3.1);
    const left = Math.floor(random() * 1.7);
    total -= joined - left;
    totals.set(day, total);
    const share = Math.max(0.2, total / now.total);
    kept.push(
      store.keep(
        day,
        rows.map((row, index) => ({
          ...row,
          residents: Math.round(row.residents * share ** (late[index] ?? 1)),
        })),
      ),
    );
    const daytime = () => startOfTokyoDay(day) + (8 + Math.floor(random() * 13)) * hourMs;
    moves.push(
      ...Array.from({ length: joined }, () => ({ hour: daytime(), follows: 1, leaves: 0 })),
      ...Array.from({ length: left }, () => ({ hour: daytime(), follows: 0, leaves: 1 })),
    );
  }
  await Promise.all([...kept, follows.add(moves)]);
  return totals;
}

function anyOf(categories: string[]) {
  return { categories: { anyOf: categories } };
}

function readHistory(): PastBroadcast[] {
  return JSON.parse(readFileSync(projectPath("seeds", "demo", "history.json"), "utf8")) as PastBroadcast[];
}
