import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type JmaWorld, startJmaWorld } from "../support/jma.ts";

const minute = 60_000;
const atom = "http://www.w3.org/2005/Atom";

let world: JmaWorld;
let answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;
let asked: string[];
let origin: string;
let server: ReturnType<typeof createServer>;
beforeEach(async () => {
  world = await startJmaWorld();
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    const name = request.url?.split("/").at(-1) ?? "";
    asked.push(name);
    const answer = answers[name];
    if (answer !== undefined) return answer(request, response);
    if (name.startsWith("e")) return void response.end(`<feed xmlns="${atom}"/>`);
    return void response.end(`<Report>${name}</Report>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.end();
});

const listen = (given = {}) => world.listen({ baseUrl: `${origin}/feed`, ...given });
const entry = (name: string, given: { id?: string; href?: string; updated?: string } = {}) => {
  const { id = `${origin}/data/${name}`, updated = "2026-11-20T00:00:00Z" } = given;
  return `<entry><title>題</title><id>${id}</id><updated>${updated}</updated><link type="application/xml" href="${given.href ?? id}"/></entry>`;
};
const feed = (...entries: string[]) =>
  `<?xml version="1.0"?><feed xmlns="${atom}">${entries.join("")}</feed>`;
const give = (name: string, body: string | Buffer, headers: Record<string, string> = {}) => {
  answers[name] = (_request, response) => void response.writeHead(200, headers).end(body);
};
const heard = () => world.heard.map(({ id }) => id.split("/").at(-1));

describe("what comes as bytes", () => {
  it("a telegram that unpacks into gigabytes is not unpacked to the end, and goes on record", async () => {
    give("extra.xml", feed(entry("1.xml")));
    give("1.xml", gzipSync(Buffer.alloc(100_000_000, " ")), { "content-encoding": "gzip" });
    await listen().pollDue();
    expect(world.heard).toEqual([]);
    expect(world.unread).toEqual([expect.objectContaining({ why: "unreadTooLarge" })]);
  });

  it("a feed that unpacks into gigabytes is a failure, and the other is read", async () => {
    give("extra.xml", gzipSync(Buffer.alloc(100_000_000, " ")), { "content-encoding": "gzip" });
    give("eqvol.xml", feed(entry("2.xml")));
    const ear = listen();
    await ear.pollDue();
    expect(ear.status().lastFailure?.reason).toMatch(/extra\.xml: more than \d+ bytes/);
    expect(heard()).toEqual(["2.xml"]);
  });

  it("an answer that drips byte by byte is waited for no longer than its time", async () => {
    give("extra.xml", feed(entry("slow.xml"), entry("fast.xml")));
    answers["slow.xml"] = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("<"), 5);
      response.on("close", () => clearInterval(drip));
    };
    await listen({ timeoutMs: 1_500 }).pollDue();
    expect(heard()).toEqual(["fast.xml"]);
  });

  it("a feed and a telegram with a byte order mark are read; a feed in another encoding is not", async () => {
    give("extra.xml", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(feed(entry("1.xml")))]));
    give("eqvol.xml", Buffer.from(feed(entry("2.xml")), "utf16le"), {
      "content-type": "text/xml; charset=utf-16",
    });
    const ear = listen();
    await ear.pollDue();
    expect(heard()).toEqual(["1.xml"]);
    expect(ear.status().lastFailure?.reason).toMatch(/eqvol\.xml: (malformed|not_utf8)/);
  });
});

describe("where a feed leads", () => {
  it.each([
    "file:///etc/passwd",
    "ftp://127.0.0.1/1.xml",
    "data:text/xml,x",
    "javascript:alert(1)",
    "//169.254.169.254/1.xml",
    "https://127.0.0.1/1.xml",
    "http://user:secret@127.0.0.1/1.xml",
    "\\\\\\\\evil.example\\\\1.xml",
  ])("%s is not followed, and goes on record without it", async (href) => {
    give("extra.xml", feed(entry("1.xml", { id: "urn:x", href }), entry("good.xml")));
    await listen().pollDue();
    expect(heard()).toEqual(["good.xml"]);
    expect(world.unread).toEqual([expect.objectContaining({ id: "urn:x", why: "unreadLeadsAway" })]);
  });

  it("a redirect to another machine is not followed", async () => {
    answers["extra.xml"] = (_request, response) =>
      void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
    const ear = listen();
    await ear.pollDue();
    expect(ear.status().lastFailure?.reason).toContain("extra.xml: answered 302");
  });

  it("one telegram in both feeds, twice in each, and under two links is heard once", async () => {
    const id = `${origin}/data/1.xml`;
    const twice = [entry("1.xml"), entry("1.xml", { id, href: `${origin}/data/2.xml` }), entry("1.xml")];
    for (const name of ["extra.xml", "eqvol.xml", "extra_l.xml"]) give(name, feed(...twice));
    const ear = listen();
    await ear.pollDue();
    world.advance(minute);
    await ear.pollDue();
    expect(heard()).toEqual(["1.xml"]);
  });
});

describe("a feed with ten thousand entries", () => {
  it("is noted, worked off in turns, and does not keep others waiting", async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `20261120000000_${index}_VPWW55_130000.xml`);
    give("extra.xml", feed(...names.map((name) => entry(name))));
    const ear = listen();
    await ear.pollDue();
    expect(world.heard).toHaveLength(60);
    world.advance(1_000);
    await ear.pollDue();
    expect(world.heard).toHaveLength(120);
  }, 60_000);
});

describe("lies about versions and times", () => {
  it("a 304 that nobody asked for is a failure, and nothing is taken for known", async () => {
    answers["extra.xml"] = (_request, response) => void response.writeHead(304).end();
    const ear = listen();
    await ear.pollDue();
    expect(ear.status()).toMatchObject({ consecutiveFailures: 1 });
    give("extra.xml", feed(entry("1.xml")));
    world.advance(2 * minute);
    await ear.pollDue();
    expect(heard()).toEqual(["1.xml"]);
  });

  it("a server that says for ever that nothing changed does not hide what the long feed lists after a start", async () => {
    give("extra.xml", feed(), { etag: '"1"' });
    await listen().pollDue();
    answers["extra.xml"] = (_request, response) => void response.writeHead(304).end();
    give("extra_l.xml", feed(entry("missed.xml")));
    await listen().pollDue();
    expect(heard()).toEqual(["missed.xml"]);
  });

  it("an etag with anything in it harms nothing", async () => {
    give("extra.xml", feed(entry("1.xml")), { etag: `"${"é".repeat(500)}`, "last-modified": "never\tmind" });
    const ear = listen();
    await ear.pollDue();
    give("extra.xml", feed(entry("2.xml")));
    world.advance(minute);
    await ear.pollDue();
    expect(heard()).toEqual(["1.xml", "2.xml"]);
  });

  it("an entry of the year 9999, one of 1970 and one of no time at all are heard, each once", async () => {
    // At the very first reading, what is old is left alone.
    const ear = listen();
    await ear.pollDue();
    world.advance(minute);
    give(
      "extra.xml",
      feed(
        entry("future.xml", { updated: "9999-12-31T23:59:59Z" }),
        entry("none.xml", { updated: "yesterday" }),
        entry("past.xml", { updated: "1970-01-01T00:00:00Z" }),
      ),
    );
    await ear.pollDue();
    expect(heard()).toHaveLength(3);
    expect(new Set(heard())).toEqual(new Set(["future.xml", "none.xml", "past.xml"]));
    expect(ear.status().lastEntryAt).toBeLessThanOrEqual(world.now());
  });
});

describe("how a feed is written", () => {
  it("with another prefix, CDATA and the five entities it is read; with entities of its own it is not", async () => {
    give(
      "extra.xml",
      `<a:feed xmlns:a="${atom}"><a:entry><a:title><![CDATA[<b>題</b>]]></a:title><a:id>${origin}/data/1.xml?a=1&amp;b=2</a:id><a:updated>2026-11-20T00:00:00Z</a:updated></a:entry></a:feed>`,
    );
    give("eqvol.xml", `<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${feed(entry("&b;"))}`);
    const ear = listen();
    await ear.pollDue();
    expect(heard()).toEqual(["1.xml?a=1&b=2"]);
    expect(ear.status().lastFailure?.reason).toContain("eqvol.xml: doctype");
  });

  it("entries of another namespace are none of its own", async () => {
    give(
      "extra.xml",
      `<feed xmlns="${atom}"><x:entry xmlns:x="urn:x"><x:id>${origin}/data/1.xml</x:id></x:entry></feed>`,
    );
    await listen().pollDue();
    expect(heard()).toEqual([]);
  });
});
