import { openDatabase } from "../../db/open.ts";
import { type EntryStore, createEntryStore } from "../../src/feeds/jma/entry-store.ts";
import type { FeedTrouble } from "../../src/feeds/jma/feed-status.ts";
import { type JmaFeed, type JmaFeedDeps, createJmaFeed } from "../../src/feeds/jma/poll.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { openTestDatabase } from "./database.ts";

/** A local JMA with a clock that stands still, and ears that listen to it. */
export interface JmaWorld {
  jma: Simulator["platform"]["jma"];
  baseUrl: string;
  /** What was handed on, in order. */
  heard: { id: string; type: string; text: string; by: string }[];
  troubles: FeedTrouble[];
  /** What could not be heard, as often as it was told. */
  unread: { id: string; type: string; title: string; why: string; detail: string }[];
  store: EntryStore;
  /** Another process on the same database. */
  listen(deps?: Partial<JmaFeedDeps>): JmaFeed;
  advance(ms: number): void;
  now(): number;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  end(): Promise<void>;
}

export async function startJmaWorld(): Promise<JmaWorld> {
  const simulator = await startSimulator({ startAt: Date.parse("2026-11-20T00:00:20Z") });
  const { jma, clock } = simulator.platform;
  clock.freeze();
  // It began to run at once; the tests count from twenty past a minute, when a poll is due.
  clock.moveTo(Math.ceil(clock.now() / 60_000) * 60_000 + 20_000);
  const { db, url, remove } = openTestDatabase(clock);
  const others: { close(): void }[] = [];
  const baseUrl = `${simulator.url}/jma/developer/xml/feed`;
  let processes = 0;
  const world: JmaWorld = {
    jma,
    baseUrl,
    heard: [],
    troubles: [],
    unread: [],
    store: createEntryStore(db),
    listen: (deps = {}) => {
      const owner = `elsewhere:${++processes}:0`;
      const own = openDatabase(url, clock);
      others.push(own);
      return createJmaFeed({
        baseUrl,
        pollSeconds: 60,
        store: createEntryStore(own),
        clock,
        log: createLogger("silent"),
        owner,
        kindOf: () => "handled",
        hear: async (bytes, { id, type }) => {
          world.heard.push({ id, type, text: bytes.toString(), by: owner });
          return "keep";
        },
        hearUnread: async ({ id, type, title }, { unread: why, detail }) => {
          world.unread.push({ id, type, title, why, detail });
        },
        reportTrouble: (trouble) => world.troubles.push(trouble),
        random: () => 0,
        ...deps,
      });
    },
    advance: clock.advance,
    now: clock.now,
    goOffline: simulator.goOffline,
    goOnline: simulator.goOnline,
    end: async () => {
      for (const each of others) each.close();
      remove();
      await simulator.close();
    },
  };
  return world;
}
