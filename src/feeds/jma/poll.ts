import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/logger.ts";
import { isProcessGone } from "../../shared/process-owner.ts";
import { version } from "../../shared/version.ts";
import { type FeedMeter, createCounting } from "./counting.ts";
import type { EntryStore } from "./entry-store.ts";
import { type FeedCounts, type FeedStatus, type FeedTrouble, noCounts } from "./feed-status.ts";
import { fetchFile } from "./fetch-file.ts";
import type { KindOf } from "./judge.ts";
import { createLongFeeds } from "./long-feeds.ts";
import { type Ask, createFileReader } from "./read-file.ts";
import { nextPollAt } from "./rhythm.ts";
import { type HearUnread, createTellUnread } from "./tell-unread.ts";
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
  hearUnread: HearUnread;
  reportTrouble: (trouble: FeedTrouble) => void;
  meter?: FeedMeter | undefined;
  random?: (() => number) | undefined;
  timeoutMs?: number | undefined;
  hearTimeoutMs?: number | undefined;
}

export interface JmaFeed {
  /** Poked every second: asks the feeds when that is due, and has heard what waits. */
  pollDue(): Promise<void>;
  status(): FeedStatus;
  /** How long ago both feeds were last got, or since the start; undefined when none is read. For `/metrics`. */
  secondsSinceSuccess(): number | undefined;
  /** What is under way is given up, and nothing new is begun. */
  stop(): void;
}

const feeds = ["extra.xml", "eqvol.xml"];
const largestTelegram = 4_000_000;
const pollsUntilSilent = 5;
// The clock was moved back when the next poll seems further away than any pause is.
const noPauseMs = 15 * 60_000;

/** The ear for JMA's feeds (fact sheet 1.1). The clock pokes; what was seen and heard stands in the database. */
export function createJmaFeed(deps: JmaFeedDeps): JmaFeed {
  const { baseUrl, pollSeconds, store, clock, log, owner, kindOf, reportTrouble, meter } = deps;
  const { contact, random = Math.random, timeoutMs = 10_000, hearTimeoutMs = 60_000 } = deps;
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

  const { signal } = ended;
  const ask: Ask = (url, mostBytes, known) =>
    fetchFile(url, { userAgent, mostBytes, timeoutMs, known, signal });
  const count = createCounting(counts, meter);
  const tellUnread = createTellUnread({ hearUnread: deps.hearUnread, hearTimeoutMs, log, reportTrouble });
  const readFile = createFileReader({ store, clock, kindOf, ask, count, tellUnread });

  const workOff = createWorkOff({
    store,
    clock,
    log,
    owner,
    hear: deps.hear,
    hearTimeoutMs,
    get: (url) => ask(url, largestTelegram),
    tellUnread,
    onDone: ({ type }, outcome) => count.telegram(type, outcome),
    isStopped: () => signal.aborted,
  });

  async function poll(folder: string): Promise<void> {
    const now = clock.now();
    if (lastSuccessAt !== undefined) longFeeds.noteGap(now - lastSuccessAt);
    counts.polls++;
    const answers = await Promise.all(feeds.map((file) => readFile(folder, file)));
    const failed = answers.flatMap((answer) => (answer.outcome === "failed" ? [answer] : []));
    if (failed.length === 0) {
      failures = 0;
      lastSuccessAt = clock.now();
    } else {
      failures++;
      counts.failedPolls++;
      const reason = failed.map((answer) => answer.reason).join("; ");
      lastFailure = { at: clock.now(), reason };
      log.warn({ reason, failures }, "JMA's feeds could not be read");
    }
    for (const file of longFeeds.due(now)) {
      const answer = await readFile(folder, file);
      longFeeds.note(file, clock.now(), answer);
      answers.push(answer);
      if (answer.outcome === "failed")
        log.warn({ reason: answer.reason }, "a long feed could not be read; it is asked for again");
    }
    for (const answer of answers)
      if (answer.outcome === "read")
        lastEntryAt = Math.max(lastEntryAt ?? 0, answer.newest ?? 0) || undefined;
    const retryAfterMs = Math.max(0, ...failed.map((answer) => answer.retryAfterMs));
    // As long as one of them answers there is no reason to listen less to it.
    const away = failed.length === feeds.length ? failures : 0;
    nextAt = nextPollAt(now, { pollSeconds, failures: away, retryAfterMs }, random);
  }

  const lastHeardAt = () => lastSuccessAt ?? startedAt;
  const isSilent = () => clock.now() - lastHeardAt() >= pollsUntilSilent * pollSeconds * 1000;

  function watchSilence(): void {
    if (isSilent() && silentSince === undefined) {
      silentSince = lastHeardAt();
      reportTrouble({ code: "silent", since: silentSince, detail: lastFailure?.reason ?? "" });
    } else if (!isSilent() && silentSince !== undefined) {
      reportTrouble({ code: "listeningAgain", silentSince });
      silentSince = undefined;
    }
  }

  function stateNow(): FeedStatus["state"] {
    if (baseUrl === undefined) return "off";
    if (isSilent()) return "silent";
    return lastSuccessAt === undefined ? "starting" : "listening";
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
      state: stateNow(),
      baseUrl,
      pollSeconds,
      lastSuccessAt,
      lastFailure,
      consecutiveFailures: failures,
      lastEntryAt,
      silentSince: stateNow() === "silent" ? lastHeardAt() : undefined,
      nextPollAt: nextAt,
      counts: { ...counts },
    }),
    secondsSinceSuccess: () =>
      baseUrl === undefined ? undefined : Math.max(0, clock.now() - lastHeardAt()) / 1000,
    stop: () => ended.abort(),
  };
}
