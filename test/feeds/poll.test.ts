import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JmaFeed } from "../../src/feeds/jma/poll.ts";
import { createMetrics } from "../../src/shared/metrics.ts";
import { type JmaWorld, startJmaWorld } from "../support/jma.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
const hour = 60 * minute;
const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?><Report>${text}</Report>`;

let world: JmaWorld;
beforeEach(async () => {
  world = await startJmaWorld();
});
afterEach(() => world.end());

/** What was asked for since the last look, as `200 extra.xml`. */
let seen = 0;
beforeEach(() => {
  seen = 0;
});
function asked(): string[] {
  const all = world.jma.requests();
  const news = all.slice(seen);
  seen = all.length;
  return news.map(({ path, status }) => `${status} ${path.split("/").at(-1)}`).sort();
}
const texts = () => world.heard.map(({ text }) => /<Report>(.*)<\/Report>/.exec(text)?.[1]);
const pollAfter = async (feed: JmaFeed, ms: number) => {
  world.advance(ms);
  await feed.pollDue();
};
const publish = (text: string, type = "VPWW55", office = "130000") =>
  world.jma.publish({ type, office, title: text, xml: xml(text) });
const ofData = (list: string[]) => list.filter((each) => each.includes("_"));

describe("the rhythm", () => {
  it("begins at once, then asks at twenty seconds past each minute, and not in between", async () => {
    const feed = world.listen();
    world.advance(7_000);
    await feed.pollDue();
    expect(asked()).toEqual(["200 eqvol.xml", "200 eqvol_l.xml", "200 extra.xml", "200 extra_l.xml"]);
    await pollAfter(feed, 52_000);
    expect(asked()).toEqual([]);
    await pollAfter(feed, 1_000);
    expect(asked()).toEqual(["304 eqvol.xml", "304 extra.xml"]);
    expect(feed.status()).toMatchObject({
      state: "listening",
      consecutiveFailures: 0,
      nextPollAt: world.now() + minute,
    });
  });

  it("asks every so many seconds when told so", async () => {
    const feed = world.listen({ pollSeconds: 2 });
    await feed.pollDue();
    asked();
    await pollAfter(feed, 1_000);
    expect(asked()).toEqual([]);
    await pollAfter(feed, 1_000);
    expect(asked()).toHaveLength(2);
  });

  it("asks nobody when switched off", async () => {
    const feed = world.listen({ baseUrl: undefined });
    await feed.pollDue();
    expect(asked()).toEqual([]);
    expect(feed.status().state).toBe("off");
  });

  it("goes on when the machine's clock was set back by a day", async () => {
    let back = 0;
    const feed = world.listen({ clock: { now: () => world.now() - back } });
    await feed.pollDue();
    asked();
    back = 24 * hour;
    await feed.pollDue();
    expect(asked()).toHaveLength(2);
  });
});

describe("what is asked, and how", () => {
  it("a feed that has not changed is not sent again, also not to the program's next start", async () => {
    publish("1");
    const feed = world.listen({ contact: "https://ward.example" });
    await feed.pollDue();
    await pollAfter(feed, minute);
    await world.listen().pollDue();
    const requests = world.jma.requests();
    expect(
      requests
        .filter(({ status }) => status === 304)
        .map(({ path }) => path.split("/").at(-1) ?? "")
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(["eqvol_l.xml", "eqvol.xml", "eqvol.xml", "extra_l.xml", "extra.xml", "extra.xml"]);
    expect(requests.at(-1)?.ifNoneMatch).toMatch(/^"/);
    expect(requests.at(-1)?.ifModifiedSince).toMatch(/GMT$/);
    expect(requests[0]?.userAgent).toMatch(/^Kairan\/\d+\.\d+\.\d+ .*https:\/\/ward\.example/);
  });

  it.each(["etag", "lastModified"] as const)(
    "a server that only knows %s is asked by that",
    async (validators) => {
      world.jma.settings.validators = validators;
      publish("1");
      const feed = world.listen();
      await feed.pollDue();
      asked();
      await pollAfter(feed, minute);
      expect(asked()).toEqual(["304 eqvol.xml", "304 extra.xml"]);
      publish("2");
      await pollAfter(feed, minute);
      expect(texts()).toEqual(["1", "2"]);
    },
  );

  it("types that are never handled are not fetched; unknown ones are", async () => {
    publish("old form", "VPWW54");
    publish("new form", "VPWW55");
    publish("never seen", "VPZZ99");
    const feed = world.listen({
      kindOf: (type) => (type === "VPWW54" ? "ignored" : type === "VPWW55" ? "handled" : "unknown"),
    });
    await feed.pollDue();
    expect(texts()).toEqual(["new form", "never seen"]);
    expect(ofData(asked())).toHaveLength(2 + 2);
    expect(feed.status().counts).toMatchObject({ heard: 2, ignored: 1 });
  });
});

describe("for metrics", () => {
  it("counts files and telegrams, by name only those types that are handled, and how long it has heard nothing", async () => {
    const metrics = createMetrics();
    const feed = world.listen({
      meter: metrics.feedMeter,
      kindOf: (type) => (type === "VPWW53" ? "ignored" : "unknown"),
    });
    metrics.watchFeed(feed.secondsSinceSuccess);
    publish("1");
    publish("2", "VPWW53");
    publish("3", "VPZZ99");
    await feed.pollDue();
    world.jma.faults.add({ on: "feeds", does: "refuse500" });
    await pollAfter(feed, minute);
    const shown = await metrics.registry.metrics();
    expect(shown).toContain('kairan_feed_polls_total{outcome="read"} 4');
    expect(shown).toContain('kairan_feed_polls_total{outcome="failed"} 2');
    expect(shown).toContain('kairan_feed_telegrams_total{type="VPWW55",outcome="heard"} 1');
    expect(shown).toContain('kairan_feed_telegrams_total{type="other",outcome="ignored"} 1');
    expect(shown).toContain('kairan_feed_telegrams_total{type="other",outcome="heard"} 1');
    expect(shown).toContain("kairan_feed_seconds_since_success 60");
  });

  it("says nothing about the time since when no feed is read", async () => {
    const metrics = createMetrics();
    metrics.watchFeed(world.listen({ baseUrl: undefined }).secondsSinceSuccess);
    expect(await metrics.registry.metrics()).not.toMatch(/^kairan_feed_seconds/m);
  });
});

describe("each telegram once", () => {
  it("is fetched and heard once, oldest first, however often it is listed, also after a restart", async () => {
    for (const text of ["1", "2", "3"]) {
      publish(text);
      world.advance(1_000);
    }
    world.jma.faults.add({ on: "feeds", does: "repeats" });
    const feed = world.listen();
    await feed.pollDue();
    await pollAfter(feed, minute);
    feed.stop();
    const next = world.listen();
    await next.pollDue();
    await pollAfter(next, minute);
    expect(texts()).toEqual(["1", "2", "3"]);
    expect(asked().filter((each) => each.includes("VPWW55"))).toHaveLength(3);
  });

  it("keeps the bytes as they came, unless they are of no use", async () => {
    const { name } = publish("何か");
    const feed = world.listen();
    await feed.pollDue();
    const id = world.heard[0]?.id ?? "";
    expect(id).toMatch(new RegExp(`/data/${name}$`));
    expect(gunzipSync((await world.store.bodyOf(id)) ?? "").toString()).toBe(xml("何か"));
    publish("elsewhere");
    const forgetful = world.listen({ hear: async () => "forget" });
    await pollAfter(forgetful, minute);
    expect(forgetful.status().counts.heard).toBe(1);
    const other = world.jma.published()[1]?.name ?? "";
    expect(await world.store.bodyOf(id.replace(name, other))).toBeUndefined();
  });

  it("a kill between fetching and hearing has it heard again; after hearing, not", async () => {
    publish("1");
    const killed = world.listen({
      owner: "this-machine:999999999:0",
      hear: () => new Promise(() => undefined),
    });
    void killed.pollDue();
    await waitFor("the telegram to be fetched", () =>
      ofData(asked()).some((each) => each.includes("VPWW55")),
    );
    // Of a machine elsewhere nothing is known: its lease runs out.
    const next = world.listen();
    await next.pollDue();
    expect(texts()).toEqual([]);
    await pollAfter(next, 2 * minute);
    expect(texts()).toEqual(["1"]);
    await pollAfter(next, 2 * minute);
    expect(texts()).toEqual(["1"]);
  });

  it("what a dead process of this machine was at is taken over at once", async () => {
    publish("1");
    const killed = world.listen({
      owner: `${hostname()}:999999999:0`,
      hear: () => new Promise(() => undefined),
    });
    void killed.pollDue();
    await waitFor("the telegram to be fetched", () =>
      ofData(asked()).some((each) => each.includes("VPWW55")),
    );
    await world.listen({ owner: `${hostname()}:${process.pid}:1` }).pollDue();
    expect(texts()).toEqual(["1"]);
  });

  it("of two processes on one database neither hears what the other heard", async () => {
    for (let number = 0; number < 40; number++) publish(String(number));
    const feeds = [world.listen(), world.listen()];
    await Promise.all(feeds.map((feed) => feed.pollDue()));
    expect(world.heard).toHaveLength(40);
    expect(new Set(world.heard.map(({ id }) => id)).size).toBe(40);
  });

  it("a flood is worked off in turns, oldest first, while the feeds are still asked on time", async () => {
    for (let number = 0; number < 130; number++) publish(String(number));
    const feed = world.listen();
    for (const heard of [60, 120, 130]) {
      await feed.pollDue();
      expect(world.heard).toHaveLength(heard);
      world.advance(1_000);
    }
    expect(new Set(texts()).size).toBe(130);
  });

  it("is forgotten after its time, and what waits is not", async () => {
    publish("1");
    await world.listen().pollDue();
    expect(await world.store.purge(world.now(), 10)).toBe(0);
    expect(await world.store.purge(world.now() + 1, 10)).toBe(1);
  });
});

describe("the long feeds", () => {
  it("are read after a gap, and once more when they have been rebuilt, so that nothing is missed", async () => {
    world.jma.settings.longRebuildMs = hour;
    const feed = world.listen();
    await feed.pollDue();
    // 50 minutes of deafness: the first telegram leaves the short feed, and stands in the long one only after the hour.
    world.advance(15 * minute);
    publish("missed");
    world.advance(35 * minute);
    publish("fresh");
    await pollAfter(feed, minute);
    expect(texts()).toEqual(["fresh"]);
    for (let minutes = 0; minutes < 25; minutes++) await pollAfter(feed, minute);
    expect(texts()).toEqual(["fresh", "missed"]);
    // They are owed no more.
    asked();
    for (let minutes = 0; minutes < 90; minutes++) await pollAfter(feed, minute);
    asked();
    for (let minutes = 0; minutes < 30; minutes++) await pollAfter(feed, minute);
    expect(asked().filter((each) => each.includes("_l.xml"))).toEqual([]);
    // And are again after the next gap.
    await pollAfter(feed, 10 * minute + 1);
    expect(asked().filter((each) => each.includes("_l.xml"))).toHaveLength(2);
  });

  it("are asked for again until they could be read", async () => {
    world.jma.faults.add({ on: "feeds", does: "refuse500" });
    const feed = world.listen();
    await feed.pollDue();
    world.jma.faults.clear();
    asked();
    await pollAfter(feed, minute + 20_000);
    expect(asked().filter((each) => each.includes("_l.xml"))).toEqual(["200 eqvol_l.xml", "200 extra_l.xml"]);
  });

  it("at the very first start, of what is over three hours old only the newest of each type and office is fetched", async () => {
    publish("heavy rain, first");
    publish("heavy rain in Chiba", "VPWW55", "120000");
    world.advance(minute);
    publish("heavy rain, second");
    publish("landslide", "VPWW56");
    world.advance(4 * hour);
    publish("surge", "VPWW57");
    world.advance(1_000);
    publish("surge, second", "VPWW57");
    const feed = world.listen();
    await feed.pollDue();
    expect(texts()).toEqual([
      "heavy rain in Chiba",
      "heavy rain, second",
      "landslide",
      "surge",
      "surge, second",
    ]);
    expect(feed.status().counts.tooOld).toBe(1);
    // A gap is not a first start: then everything is heard.
    publish("during the gap, first");
    publish("during the gap, second");
    await pollAfter(feed, 5 * hour);
    expect(texts().slice(5)).toEqual(["during the gap, first", "during the gap, second"]);
  });
});

describe("when something is wrong", () => {
  it.each([
    "down",
    "refuse500",
    "refuse503",
    "refuse404",
    "garbage",
    "oversize",
    "doctype",
    "redirect",
  ] as const)(
    "a feed that is %s is a failure with its reason; nothing of it is taken, and the next poll is as ever",
    async (does) => {
      publish("1");
      const feed = world.listen();
      world.jma.faults.add({ on: "feeds", does });
      await feed.pollDue();
      expect(texts()).toEqual([]);
      expect(feed.status()).toMatchObject({
        state: "starting",
        consecutiveFailures: 1,
        lastSuccessAt: undefined,
        lastFailure: { at: world.now(), reason: expect.stringMatching(/extra\.xml: .+eqvol\.xml: .+/) },
      });
      world.jma.faults.clear();
      await pollAfter(feed, minute);
      expect(texts()).toEqual(["1"]);
      expect(feed.status()).toMatchObject({ state: "listening", consecutiveFailures: 0 });
    },
  );

  it("a server that does not answer is not waited for", async () => {
    world.jma.faults.add({ on: "feeds", does: "slow", ms: 60_000 });
    const feed = world.listen({ timeoutMs: 50 });
    await feed.pollDue();
    expect(feed.status().lastFailure?.reason).toMatch(/timeout/i);
  });

  it("polls less often while it fails, but never less than once in five minutes", async () => {
    world.jma.faults.add({ on: "feeds", does: "refuse500" });
    const feed = world.listen({ random: () => 1 });
    const pauses: number[] = [];
    for (let failures = 0; failures < 6; failures++) {
      await feed.pollDue();
      const pause = (feed.status().nextPollAt ?? 0) - world.now();
      pauses.push(pause);
      world.advance(pause);
    }
    expect(pauses).toEqual([75_000, 150_000, 300_000, 300_000, 300_000, 300_000]);
  });

  it("staff are told once when it has been silent for five polls, and when it speaks again", async () => {
    const feed = world.listen();
    await feed.pollDue();
    const since = world.now();
    await world.goOffline();
    await pollAfter(feed, minute);
    await pollAfter(feed, 3 * minute);
    expect(world.troubles).toEqual([]);
    expect(feed.status().state).toBe("listening");
    await pollAfter(feed, minute);
    await pollAfter(feed, minute);
    expect(world.troubles).toEqual([
      { code: "silent", since, detail: expect.stringContaining("ECONNREFUSED") },
    ]);
    expect(feed.status()).toMatchObject({ state: "silent", silentSince: since });
    await world.goOnline();
    await pollAfter(feed, 5 * minute);
    expect(world.troubles.slice(1)).toEqual([{ code: "listeningAgain", silentSince: since }]);
    expect(feed.status().state).toBe("listening");
  });

  it("a feed in which nothing happens is not silent", async () => {
    const feed = world.listen();
    for (let minutes = 0; minutes < 30; minutes++) await pollAfter(feed, minute);
    expect(feed.status().state).toBe("listening");
    expect(world.troubles).toEqual([]);
  });

  it("a telegram that cannot be fetched is tried three times over minutes, then given up and told", async () => {
    publish("1");
    world.jma.faults.add({ on: "data", does: "refuse404" });
    const feed = world.listen();
    for (let seconds = 0; seconds < 120; seconds += 10) {
      await feed.pollDue();
      world.advance(10_000);
    }
    expect(asked().filter((each) => each.startsWith("404"))).toHaveLength(3);
    expect(world.unread).toEqual([
      expect.objectContaining({ type: "VPWW55", title: "1", why: "unreadNotGot", detail: "answered 404" }),
    ]);
    expect(feed.status().counts.failed).toBe(1);
    world.jma.faults.clear();
    await pollAfter(feed, hour);
    expect(texts()).toEqual([]);
  });

  it("one that the server only cannot give now is told after three times, and still heard when it can", async () => {
    publish("1");
    world.jma.faults.add({ on: "data", does: "refuse503" });
    const feed = world.listen();
    for (let minutes = 0; minutes < 12; minutes++) await pollAfter(feed, minute);
    expect(world.unread).toEqual([expect.objectContaining({ why: "unreadNotGot", detail: "answered 503" })]);
    expect(feed.status().counts.failed).toBe(0);
    world.jma.faults.clear();
    for (let minutes = 0; minutes < 6; minutes++) await pollAfter(feed, minute);
    expect(texts()).toEqual(["1"]);
  });

  it("one that is too large or leads astray is never handed on, and does not hold up the others", async () => {
    publish("too large");
    world.jma.faults.add({ on: "data", does: "oversize", times: 1 });
    const feed = world.listen();
    await feed.pollDue();
    publish("moved");
    world.jma.faults.add({ on: "data", does: "redirect", times: 2 });
    await pollAfter(feed, minute);
    expect(world.heard).toEqual([]);
    publish("fine");
    await pollAfter(feed, minute);
    expect(texts()).toContain("fine");
    for (let minutes = 0; minutes < 2; minutes++) await pollAfter(feed, minute);
    // Both could be had in the end.
    expect(new Set(texts())).toEqual(new Set(["fine", "moved", "too large"]));
    expect(asked().filter((each) => each.includes("other.xml"))).toEqual([]);
  });

  it("one that cannot be understood is tried three times, while the others go on", async () => {
    publish("bad");
    publish("good");
    let tries = 0;
    const feed = world.listen({
      hear: async (bytes, { id, type }) => {
        const text = bytes.toString();
        if (text.includes("bad") && ++tries > 0) throw new Error("no such table");
        world.heard.push({ id, type, text, by: "" });
        return "keep";
      },
    });
    for (let minutes = 0; minutes < 10; minutes++) await pollAfter(feed, minute);
    expect(texts()).toEqual(["good"]);
    expect(tries).toBe(3);
    expect(world.unread).toEqual([expect.objectContaining({ why: "unreadFailed", detail: "no such table" })]);
    expect(feed.status().counts.failed).toBe(1);
  });

  it("one that cannot be read is told at once, kept as it came, and not fetched again", async () => {
    const { name } = publish("broken for good");
    const feed = world.listen({
      hear: async () => ({ unread: "unreadNotTelegram", detail: "no Head", mayChange: false }),
    });
    for (let minutes = 0; minutes < 10; minutes++) await pollAfter(feed, minute);
    expect(asked().filter((each) => each.endsWith(name))).toHaveLength(1);
    expect(world.unread).toEqual([expect.objectContaining({ why: "unreadNotTelegram", detail: "no Head" })]);
    const id = world.unread[0]?.id ?? "";
    expect(gunzipSync((await world.store.bodyOf(id)) ?? "").toString()).toBe(xml("broken for good"));
  });

  it("one that may be whole the next time is told at once, and still heard when it is", async () => {
    const { name } = publish("whole");
    world.jma.faults.add({ on: "data", does: "garbage", times: 2 });
    const feed = world.listen({
      hear: async (bytes, { id, type }) => {
        const text = bytes.toString();
        if (!text.endsWith("</Report>")) return { unread: "unreadNotXml", detail: "cut", mayChange: true };
        world.heard.push({ id, type, text, by: "" });
        return "keep";
      },
    });
    await feed.pollDue();
    expect(world.unread).toHaveLength(1);
    for (let minutes = 0; minutes < 10; minutes++) await pollAfter(feed, minute);
    expect(texts()).toEqual(["whole"]);
    expect(asked().filter((each) => each.endsWith(name))).toHaveLength(3);
  });

  it("one that cannot even be put on record is reported as trouble and not given up", async () => {
    publish("1");
    let isFull = true;
    const told: string[] = [];
    const feed = world.listen({
      hear: async () => ({ unread: "unreadDoctype", detail: "holds <!DOCTYPE", mayChange: false }),
      hearUnread: async ({ title }) => {
        if (isFull) throw new Error("the disk is full");
        told.push(title);
      },
    });
    await feed.pollDue();
    expect(world.troubles).toEqual([expect.objectContaining({ code: "telegramFailed", title: "1" })]);
    isFull = false;
    for (let minutes = 0; minutes < 3; minutes++) await pollAfter(feed, minute);
    expect(told).toEqual(["1"]);
  });

  it("whoever never finishes with a telegram does not make the ear deaf", async () => {
    publish("1");
    const feed = world.listen({ hearTimeoutMs: 20, hear: () => new Promise(() => undefined) });
    for (let minutes = 0; minutes < 5; minutes++) await pollAfter(feed, minute);
    expect(feed.status().state).toBe("listening");
    expect(world.unread).toEqual([
      expect.objectContaining({ why: "unreadFailed", detail: "not handled within 20 ms" }),
    ]);
  });

  it("one feed that fails is a failure, but no reason to listen less to the other", async () => {
    const half = createServer((request, response) => {
      if (request.url?.includes("eqvol")) response.writeHead(404).end();
      else response.end('<feed xmlns="http://www.w3.org/2005/Atom"/>');
    });
    await new Promise<void>((resolve) => {
      half.listen(0, "127.0.0.1", resolve);
    });
    const feed = world.listen({ baseUrl: `http://127.0.0.1:${(half.address() as AddressInfo).port}` });
    for (let minutes = 0; minutes < 6; minutes++) await pollAfter(feed, minute);
    expect(feed.status()).toMatchObject({
      state: "silent",
      consecutiveFailures: 6,
      nextPollAt: world.now() + minute,
    });
    expect(feed.status().lastFailure?.reason).toBe("eqvol.xml: answered 404");
    half.close();
  });

  it("a link to another machine is never followed, and told once", async () => {
    let reached = 0;
    const elsewhere = createServer((_request, response) => {
      reached++;
      response.end(xml("evil"));
    });
    await new Promise<void>((resolve) => {
      elsewhere.listen(0, "127.0.0.1", resolve);
    });
    const href = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/20261120000000_0_VPWW55_130000.xml`;
    for (const type of ["VPWW55", "VPWW56"]) world.jma.publish({ type, xml: xml("1"), href });
    world.jma.publish({
      type: "VXSE53",
      xml: xml("2"),
      href: `${world.baseUrl.replace("http://", "http://user@")}/1.xml`,
    });
    const feed = world.listen();
    await feed.pollDue();
    await pollAfter(feed, minute);
    expect(reached).toBe(0);
    expect(texts()).toEqual([]);
    expect(world.unread.map(({ why }) => why)).toEqual(["unreadLeadsAway", "unreadLeadsAway"]);
    elsewhere.close();
  });

  it("JMA's own links in a mirror of its feeds are looked for on the mirror", async () => {
    const { name } = publish("there");
    world.jma.publish({
      type: "VPWW55",
      xml: xml("unused"),
      href: `https://www.data.jma.go.jp/developer/xml/data/${name}`,
    });
    await world.listen().pollDue();
    expect(texts()).toEqual(["there", "there"]);
  });

  it("stops at once, and gives back what it had not begun", async () => {
    for (const text of ["1", "2", "3"]) publish(text);
    const feed = world.listen({
      hear: async (bytes, { id, type }) => {
        world.heard.push({ id, type, text: bytes.toString(), by: "" });
        feed.stop();
        return "keep";
      },
    });
    await feed.pollDue();
    expect(texts()).toEqual(["1"]);
    await world.listen().pollDue();
    expect(texts()).toEqual(["1", "2", "3"]);
  });
});
