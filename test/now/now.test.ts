import { createServer, request as ask } from "node:http";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseHTML } from "linkedom";
import type { OpenAlert } from "../../src/messages/open-alert.ts";
import { type Now, createNow } from "../../src/now/now.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { closeServer, listen } from "../../src/shared/listen.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { createTestClock } from "../support/database.ts";
import { openAlert } from "../support/open-alerts.ts";
import { mihonProfile } from "../support/wards.ts";

const minute = 60_000;
const hour = 60 * minute;
const sentences = loadSentences();
const ward = loadWard(mihonProfile);
const say = (language: string, key: string) => sentences.say(language, `now:${key}`);

let clock: ReturnType<typeof createTestClock>;
let alerts: OpenAlert[];
let ended: OpenAlert[];
let more: number;
let broken: boolean;
let now: Now;
let url: string;
let server: ReturnType<typeof createServer>;
beforeEach(async () => {
  clock = createTestClock(Date.parse("2026-11-20T12:00:00Z"));
  alerts = [];
  ended = [];
  more = 0;
  broken = false;
  now = createNow({
    ward,
    sentences,
    clock,
    log: createLogger("silent"),
    moreOpen: async () => more,
    openAlerts: async () => {
      if (broken) throw new Error("The database is away.");
      return alerts;
    },
    endedSince: async (since) => ended.filter(({ issuedAt }) => issuedAt >= since),
  });
  await now.refresh();
  server = createServer((request, response) => {
    if (!now.handle(request, response)) response.writeHead(418).end();
  });
  url = await listen(server, "127.0.0.1", 0);
});
afterEach(() => closeServer(server));

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve, reject) => {
    ask(`${url}${path}`, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(parts) }),
      );
    })
      .on("error", reject)
      .end();
  });
}

async function read(language: string): Promise<string> {
  const { bytes } = await get(`/now/${language}`);
  const text = parseHTML(bytes.toString()).document.querySelector("main")?.textContent;
  return text ?? "";
}

describe.each(ward.languages)("in %s", (language) => {
  const [nine, ten] =
    language === "ja-x-easy" ? ["午後（ごご）9時（じ）", "午後（ごご）10時（じ）"] : ["21:00", "22:00"];
  it("says plainly that there are no alerts, when it was made, and where official words are", async () => {
    const text = await read(language);
    expect(text).toContain(say(language, "none"));
    expect(text).toContain(nine);
    expect(text).toContain(ward.name("links", "hazardMap", language));
    expect(text).toContain("00-0000-0119");
  });

  it("shows an open alert with its level in words, when it was issued and until when it holds", async () => {
    alerts = [openAlert(clock.now())];
    await now.refresh();
    const { title = "", body = "" } = alerts[0]?.contents[language] ?? {};
    const text = await read(language);
    for (const each of [title, body, nine, ten, say(language, "open")]) expect(text).toContain(each);
    expect(text.normalize("NFKC")).toMatch(/(level|レベル|级别|레벨) ?4/i);
    expect(text).not.toContain(say(language, "none"));
  });

  it("says how many more there are than it shows, and nothing of the kind when it shows them all", async () => {
    alerts = [openAlert(clock.now())];
    more = 7;
    await now.refresh();
    expect(await read(language)).toContain(sentences.say(language, "now:more", { number: 7 }));
    more = 0;
    await now.refresh();
    const [before = ""] = say(language, "more").split("{{number}}");
    expect(await read(language)).not.toContain(before.trim() || say(language, "more").slice(-12));
  });

  it("is its own page, which leads to the others", async () => {
    const { bytes, headers } = await get(`/now/${language}`);
    const { document } = parseHTML(bytes.toString());
    expect(document.documentElement.getAttribute("lang")).toBe(language);
    expect(headers["content-language"]).toBe(language);
    const links = [...document.querySelectorAll("nav a")].map((each) => each.getAttribute("hreflang"));
    expect(links).toEqual(ward.languages);
    expect(document.querySelector("[aria-current]")?.getAttribute("lang")).toBe(language);
  });
});

describe("which language /now itself speaks", () => {
  it.each([
    ["ko-KR,ko;q=0.9,en;q=0.8", "ko"],
    ["zh-CN", "zh-Hans"],
    ["fr, en;q=0.5, ko;q=0.1", "en"],
    ["fr;q=1, en;q=0", "ja"],
    ["*", "ja"],
    ["en;q=0.2, ko;q=0.9", "ko"],
    [",".repeat(200), "ja"],
    ["a".repeat(5_000), "ja"],
  ])("to a browser that asks for %.40s: %s", async (header, language) => {
    expect((await get("/now", { "accept-language": header })).headers["content-language"]).toBe(language);
  });

  it("the ward's own to whoever asks for none; and caches are told that it depends", async () => {
    const { headers } = await get("/now");
    expect(headers["content-language"]).toBe("ja");
    expect(headers["vary"]).toContain("accept-language");
    expect((await get("/now/en")).headers["vary"]).not.toContain("accept-language");
  });
});

describe("what the crowd asks", () => {
  it("is answered without a cookie, from a cache for some seconds, and with nothing that runs or loads", async () => {
    const { status, headers, bytes } = await get("/now/ja");
    expect(status).toBe(200);
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("public, max-age=15, stale-while-revalidate=30");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(bytes.toString()).not.toMatch(/<script|src=|@import|url\(/);
    expect(bytes.length).toBeLessThan(15_000);
  });

  it("is light also when three alerts are open", async () => {
    const long = "避難してください。".repeat(40);
    alerts = ["a", "b", "c"].map((id) =>
      openAlert(clock.now(), { id, contents: { ja: { title: "題", body: long } } }),
    );
    await now.refresh();
    expect((await get("/now/ja")).bytes.length).toBeLessThan(15_000);
    expect((await get("/now/ja", { "accept-encoding": "gzip, br" })).bytes.length).toBeLessThan(5_000);
  });

  it("comes compressed to whoever takes that, with the same text", async () => {
    const plain = await get("/now/ja");
    const gzip = await get("/now/ja", { "accept-encoding": "br, gzip" });
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.bytes).toString()).toBe(plain.bytes.toString());
    expect(gzip.headers["etag"]).not.toBe(plain.headers["etag"]);
    expect(
      (await get("/now/ja", { "accept-encoding": "gzip;q=0" })).headers["content-encoding"],
    ).toBeUndefined();
  });

  it("is answered 304 until the page says something else", async () => {
    const { etag } = (await get("/now/ja")).headers;
    const again = () => get("/now/ja", { "if-none-match": `"x", W/${String(etag)}` });
    const same = await again();
    expect(same).toMatchObject({ status: 304, headers: { etag } });
    expect(same.bytes).toHaveLength(0);
    await now.refresh();
    expect((await again()).status).toBe(304);
    alerts = [openAlert(clock.now())];
    await now.refresh();
    expect((await again()).status).toBe(200);
  });

  it("by HEAD has the same headers and no body; other methods and addresses are not this page's", async () => {
    const head = await get("/now/ja", {}, "HEAD");
    expect(head.headers["content-length"]).toBe((await get("/now/ja")).headers["content-length"]);
    expect(head.bytes).toHaveLength(0);
    expect((await get("/now/ja", {}, "POST")).status).toBe(405);
    for (const path of ["/nowhere", "/now/ja/more", "/console", "/now.html"])
      expect((await get(path)).status).toBe(418);
    expect((await get("/now/ZH-HANS?from=line")).headers["content-language"]).toBe("zh-Hans");
    expect((await get("/now/")).status).toBe(200);
    const unknown = await get("/now/vi");
    expect(unknown).toMatchObject({ status: 302, headers: { location: "/now" } });
  });
});

describe("what is shown", () => {
  it("an alert is over when its time is, to the second", async () => {
    alerts = [openAlert(clock.now(), { expiresAt: clock.now() + 90_000 })];
    await now.refresh();
    expect(await read("ja")).not.toContain(say("ja", "none"));
    clock.advance(90_000);
    await now.refresh();
    expect(await read("ja")).toContain(say("ja", "none"));
    expect(await read("ja")).toContain("21:01 終了");
    clock.advance(24 * hour);
    await now.refresh();
    expect(await read("ja")).not.toContain("避難指示");
  });

  it("an update stands above what it follows up", async () => {
    const began = clock.now();
    const says = (title: string) => ({ contents: { ja: { title, body: `${title}の本文` } } });
    alerts = [
      openAlert(began, { id: "1", ...says("はじめ") }),
      openAlert(began + minute, { id: "2", of: "1", kind: "update", ...says("つづき") }),
    ];
    clock.advance(2 * minute);
    await now.refresh();
    const text = await read("ja");
    expect(text.indexOf("つづきの本文")).toBeGreaterThan(0);
    expect(text.indexOf("つづきの本文")).toBeLessThan(text.indexOf("はじめの本文"));
    expect(text).toContain(say("ja", "update"));
  });

  it("what a correction takes back is not in force, and the correction is read there", async () => {
    const began = clock.now();
    alerts = [openAlert(began, { id: "1" })];
    await now.refresh();
    alerts = [];
    ended = [
      openAlert(began, { id: "1", endedAt: began + minute }),
      openAlert(began + minute, {
        id: "2",
        of: "1",
        kind: "correction",
        contents: { ja: { title: "【訂正】避難指示", body: "誤りがありました。" } },
      }),
    ];
    clock.advance(minute);
    await now.refresh();
    const text = await read("ja");
    expect(text).toContain(say("ja", "none"));
    expect(text).toContain("21:01 訂正");
    expect(text).toContain("誤りがありました。");
  });

  it("what was lifted is said to be, with the words that lifted it, and nothing is open", async () => {
    const began = clock.now();
    ended = [
      openAlert(began, { id: "1", endedAt: began + minute }),
      openAlert(began + 30_000, { id: "2", of: "1", kind: "update" }),
      openAlert(began + minute, {
        id: "3",
        of: "1",
        kind: "allClear",
        tone: "safe",
        emergency: false,
        contents: { ja: { title: "解除", body: "危険はなくなりました。" } },
      }),
    ];
    clock.advance(5 * minute);
    await now.refresh();
    const text = await read("ja");
    expect(text).toContain(say("ja", "none"));
    expect(text).toContain("21:01 解除");
    expect(text).toContain("危険はなくなりました。");
  });

  it("a drill is marked as one, has no level's colour, and is not an alert", async () => {
    alerts = [openAlert(clock.now(), { mode: "publicDrill" })];
    await now.refresh();
    const text = await read("en");
    expect(text).toContain(say("en", "none"));
    expect(text).toContain(say("en", "drill"));
    const { document } = parseHTML((await get("/now/en")).bytes.toString());
    expect(document.querySelector("article")?.className).toBe("drill");
  });

  it("a level stands in words, once: in the title, or above it", async () => {
    const named = (id: string, title: string) =>
      openAlert(clock.now(), { id, level: 3, contents: { ja: { title, body: "x" } } });
    alerts = [named("a", "警戒レベル３ 高齢者等避難"), named("b", "高齢者等避難")];
    await now.refresh();
    const { document } = parseHTML((await get("/now/ja")).bytes.toString());
    const heads = [...document.querySelectorAll(".head")].map((each) => each.textContent);
    expect(heads.sort()).toEqual(["警戒レベル３ 高齢者等避難", "警戒レベル３高齢者等避難"]);
  });

  it("the gravest stands first", async () => {
    const at = clock.now();
    const named = (id: string, differs: Partial<OpenAlert>) =>
      openAlert(at, { id, contents: { ja: { title: `題${id}`, body: "x" } }, ...differs });
    alerts = [named("a", { level: 3 }), named("b", { level: 5 }), named("c", { level: 4 })];
    await now.refresh();
    const { document } = parseHTML((await get("/now/ja")).bytes.toString());
    expect([...document.querySelectorAll("h3")].map((each) => each.textContent)).toEqual([
      "題b",
      "題c",
      "題a",
    ]);
  });

  it("a language without words of its own gets the first there is, says so, and marks whose language it is", async () => {
    alerts = [openAlert(clock.now(), { contents: { ja: { title: "避難指示", body: "逃げてください。" } } })];
    await now.refresh();
    const { document } = parseHTML((await get("/now/ko")).bytes.toString());
    expect(document.querySelector("h3")?.getAttribute("lang")).toBe("ja");
    expect(document.querySelector("article .note")?.textContent).toContain("日本語");
  });

  it("hostile text is text", async () => {
    const hostile = `</p></style><script>alert(1)</script><img src=x onerror="x">&lt;"'`;
    alerts = [
      openAlert(clock.now(), {
        contents: {
          ja: {
            title: hostile,
            body: hostile,
            link: { label: hostile, url: "javascript:alert(1)" },
            place: { name: hostile, address: hostile },
          },
        },
      }),
    ];
    await now.refresh();
    const html = (await get("/now/ja")).bytes.toString();
    expect(html).not.toMatch(/<script|<img|javascript:/);
    expect(parseHTML(html).document.querySelector("h3")?.textContent).toBe(hostile);
  });
});

describe("when the alerts cannot be looked up", () => {
  it("what was known stays for two minutes; then the page says that it is old, and not that there is nothing", async () => {
    broken = true;
    clock.advance(minute);
    await now.refresh();
    expect(await read("ja")).toContain(say("ja", "none"));
    clock.advance(2 * minute);
    await now.refresh();
    const text = await read("ja");
    expect(text).not.toContain(say("ja", "none"));
    expect(text).toContain("21:00 から情報を更新できていません");
    broken = false;
    await now.refresh();
    expect(await read("ja")).toContain(say("ja", "none"));
  });

  it("an alert that was open is still shown, with the warning", async () => {
    alerts = [openAlert(clock.now())];
    await now.refresh();
    broken = true;
    clock.advance(10 * minute);
    await now.refresh();
    const text = await read("ja");
    expect(text).toContain("避難指示");
    expect(text).toContain("更新できていません");
  });
});
