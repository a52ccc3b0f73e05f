import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/logger.ts";
import { isProcessGone } from "../../shared/process-owner.ts";
import { version } from "../../shared/version.ts";
import type { EntryStore } from "./entry-store.ts";
import { type FeedCounts, type FeedStatus, type FeedTrouble, noCounts } from "./feed-status.ts";
import { type Fetched, fetchFile } from "./fetch-file.ts";
import { type KindOf, judge } from "./judge.ts";
import { createLongFeeds } from "./long-feeds.ts";
import { readFeed } from "./read-feed.ts";
import { nextPollAt } from "./rhythm.ts";
import { type Hear, createWorkOff } from "./work-off.ts";

export interface JmaFeedDeps {
  /** The folder of the feeds, without a trailing slash; undefined: nothing is ever asked. */
  baseUrl: string | undefined;
  pollSeconds: number;
  /** Where whoever runs the feed can find out who is asking: the ward's public address. */
  contact?: string | undefined;
  store: EntryStore;
  clock: Clock;
  log: Logger;
  /** This process, by which it leases telegrams. */
  owner: string;
  kindOf: KindOf;
  hear: Hear;
  reportTrouble: (trouble: FeedTrouble) => void;
  meter?: FeedMeter | undefined;
  random?: (() => number) | undefined;
  timeoutMs?: number | undefined;
}

/** Counts for `/metrics`. */
export interface FeedMeter {
  polled(outcome: "read" | "unchanged" | "failed"): void;
  /** @param type only of handled types; others are `other`, because a feed could name any number */
  telegram(type: string, outcome: "heard" | "ignored" | "too_old" | "failed"): void;
}

export interface JmaFeed {
  /** Poked every second: asks the feeds when that is due, and has heard what waits. */
  pollDue(): Promise<void>;
  status(): FeedStatus;
  /** What is under way is given up, and nothing new is begun. */
  stop(): void;
}

const feeds = ["extra.xml", "eqvol.xml"];
const largestFeed = 6_000_000;
const largestTelegram = 4_000_000;
const notedAtOnce = 200;
const pollsUntilSilent = 5;
// The clock was moved back when the next poll seems further away than any pause is.
const noPauseMs = 15 * 60_000;

/** The ear for JMA's feeds (fact sheet 1.1). The clock pokes; what was seen and heard stands in the database. */
export function createJmaFeed(deps: JmaFeedDeps): JmaFeed {
  const { baseUrl, pollSeconds, store, clock, log, owner, kindOf, reportTrouble, meter } = deps;
  const { contact, random = Math.random, timeoutMs = 10_000 } = deps;
  const ended = new AbortController();
  const userAgent = `Kairan/${version} (a municipality's notice board${contact === undefined ? "" : `; +${contact}`})`;
  const counts: FeedCounts = noCounts();
  const longFeeds = createLongFeeds();
  const startedAt = clock.now();
  let tookOver = false;
  let nextAt: number | undefined;
  let lastSuccessAt: number | undefined;
  let lastFailure: FeedStatus["lastFailure"];
  let lastEntryAt: number | undefined;
  let failures = 0;
  let silentSince: number | undefined;

  const ask = (url: string, mostBytes: number, known?: Parameters<typeof fetchFile>[1]["known"]) =>
    fetchFile(url, { userAgent, mostBytes, timeoutMs, known, signal: ended.signal });
  const label = (type: string) => (kindOf(type, "") === "handled" ? type : "other");

  const workOff = createWorkOff({
    store,
    clock,
    log,
    owner,
    hear: deps.hear,
    get: (url) => ask(url, largestTelegram),
    reportTrouble,
    onDone: ({ type }, outcome) => {
      counts[outcome]++;
      meter?.telegram(label(type), outcome);
    },
    isStopped: () => ended.signal.aborted,
  });

  /** Asks for one feed and writes down what is new. A feed counts as read only when all of it is written down. */
  async function readOne(folder: string, file: string): Promise<Fetched> {
    const url = `${folder}/${file}`;
    const known = await store.versionOf(url);
    const fetched = await ask(url, largestFeed, known);
    if (fetched.outcome !== "read") return fetched;
    const now = clock.now();
    const entries = await readFeed(fetched.bytes, folder, now);
    const judged = judge(entries, kindOf, { now, firstReading: known === undefined });
    for (let at = 0; at < judged.length; at += notedAtOnce) {
      for (const entry of await store.note(judged.slice(at, at + notedAtOnce), now)) {
        const { id, type, title, state, detail = "" } = entry;
        if (state === "waiting") continue;
        counts[state === "too_old" ? "tooOld" : state]++;
        meter?.telegram(label(type), state);
        if (state === "failed")
          reportTrouble({ code: "telegramFailed", id, type, title, detail, attempts: 0, givenUp: true });
      }
      await nextTurn();
    }
    lastEntryAt = Math.max(lastEntryAt ?? 0, judged.at(-1)?.updatedAt ?? 0) || undefined;
    await store.rememberVersion(url, fetched.validators, now);
    return fetched;
  }

  /** @returns why it failed, if it did */
  async function readFile(
    folder: string,
    file: string,
  ): Promise<{ fetched?: Fetched; failed?: string; retryAfterMs: number }> {
    try {
      const fetched = await readOne(folder, file);
      if (fetched.outcome === "read" || fetched.outcome === "unchanged") {
        counts[fetched.outcome === "read" ? "filesRead" : "filesUnchanged"]++;
        meter?.polled(fetched.outcome);
        return { fetched, retryAfterMs: 0 };
      }
      meter?.polled("failed");
      const retryAfterMs = fetched.outcome === "unreachable" ? fetched.retryAfterMs : 0;
      return { failed: `${file}: ${fetched.detail}`, retryAfterMs };
    } catch (error) {
      meter?.polled("failed");
      return { failed: `${file}: ${error instanceof Error ? error.message : "unreadable"}`, retryAfterMs: 0 };
    }
  }

  async function poll(folder: string): Promise<void> {
    const now = clock.now();
    if (lastSuccessAt !== undefined) longFeeds.noteGap(now - lastSuccessAt);
    counts.polls++;
    const answers = await Promise.all(feeds.map((file) => readFile(folder, file)));
    const failed = answers.flatMap((answer) => answer.failed ?? []).join("; ");
    if (failed === "") {
      failures = 0;
      lastSuccessAt = clock.now();
    } else {
      failures++;
      counts.failedPolls++;
      lastFailure = { at: clock.now(), reason: failed };
      log.warn({ reason: failed, failures }, "JMA's feeds could not be read");
    }
    for (const file of longFeeds.due(now)) {
      const { fetched, failed: reason } = await readFile(folder, file);
      longFeeds.note(file, clock.now(), fetched);
      if (reason !== undefined) log.warn({ reason }, "a long feed could not be read; it is asked for again");
    }
    const retryAfterMs = Math.max(0, ...answers.map((answer) => answer.retryAfterMs));
    nextAt = nextPollAt(now, { pollSeconds, failures, retryAfterMs }, random);
  }

  function watchSilence(): void {
    const now = clock.now();
    const since = lastSuccessAt ?? startedAt;
    const silent = now - since >= pollsUntilSilent * pollSeconds * 1000;
    if (silent && silentSince === undefined) {
      silentSince = since;
      reportTrouble({ code: "silent", since, detail: lastFailure?.reason ?? "" });
    } else if (!silent && silentSince !== undefined) {
      reportTrouble({ code: "listeningAgain", silentSince });
      silentSince = undefined;
    }
  }

  return {
    pollDue: async () => {
      if (baseUrl === undefined || ended.signal.aborted) return;
      if (!tookOver) await store.takeOver((other) => isProcessGone(other, owner));
      tookOver = true;
      const now = clock.now();
      if (nextAt === undefined || now >= nextAt || nextAt - now > noPauseMs) await poll(baseUrl);
      watchSilence();
      await workOff();
    },
    status: () => ({
      state:
        baseUrl === undefined
          ? "off"
          : silentSince !== undefined
            ? "silent"
            : lastSuccessAt === undefined
              ? "starting"
              : "listening",
      baseUrl,
      pollSeconds,
      lastSuccessAt,
      lastFailure,
      consecutiveFailures: failures,
      lastEntryAt,
      silentSince,
      nextPollAt: nextAt,
      counts: { ...counts },
    }),
    stop: () => ended.abort(),
  };
}
