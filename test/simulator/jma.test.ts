import { describe, expect, it } from "vitest";
import type { Reading } from "../../src/alerts/hazards/hazard.ts";
import { readFeed } from "../../src/feeds/jma/read-feed.ts";
import { readTelegram } from "../../src/feeds/jma/read-telegram.ts";
import { type Line, startLine } from "./support.ts";

const folder = "/jma/developer/xml/feed";
const minute = 60_000;
const codes = {
  municipality: "1310900",
  earthquakeArea: "350",
  tsunamiAreas: ["312"],
  forecastAreas: ["130010"],
  prefecture: "130000",
  prefectureName: "東京都",
  rivers: ["130005000100"],
};

/** The entries of a feed's file, newest first. */
async function entries(line: Line, file: string) {
  const answer = await fetch(`${line.url}${folder}/${file}`);
  expect(answer.status).toBe(200);
  return await readFeed(
    Buffer.from(await answer.arrayBuffer()),
    `${line.url}${folder}`,
    line.platform.clock.now(),
  );
}

/** What a ward makes of all that was published, in order: read as it would be from the real JMA. */
async function readings({ platform }: Line): Promise<Reading[]> {
  const read = await Promise.all(
    platform.jma
      .published()
      .map(({ xml, name, type }) => readTelegram(Buffer.from(xml), { id: name, type }, codes)),
  );
  return read.map((each) => {
    if ("refused" in each) throw new Error(`${each.refused}: ${each.detail}`);
    return each.reading;
  });
}

async function control({ url }: Line, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}/_simulator${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as never };
}

describe("the local JMA's feeds", () => {
  it("list what was published, newest first, each in the feed of its type, and hand it out as it was written", async () => {
    const line = await startLine();
    line.platform.jma.publish({ type: "VPWW55", title: "大雨 & 風", xml: "<Report>雨</Report>" });
    line.platform.jma.publish({ type: "VXSE53", office: "010000", xml: "<Report>地震</Report>" });
    line.platform.jma.publish({ type: "VPWW56", xml: "<Report>土砂</Report>" });
    const [newest, older] = await entries(line, "extra.xml");
    expect(newest).toMatchObject({ type: "VPWW56", office: "130000" });
    expect(older).toMatchObject({ type: "VPWW55", title: "大雨 & 風" });
    expect(await entries(line, "eqvol.xml")).toMatchObject([{ type: "VXSE53", office: "010000" }]);
    expect(await entries(line, "regular.xml")).toEqual([]);
    expect(await (await fetch(older?.url ?? "")).text()).toBe("<Report>雨</Report>");
    expect((await fetch(`${line.url}/jma/developer/xml/data/nothing.xml`)).status).toBe(404);
    expect((await fetch(`${line.url}${folder}/nothing.xml`)).status).toBe(404);
  });

  it("hold ten minutes, the long ones days, rebuilt at once or at the hour", async () => {
    const line = await startLine({ startAt: Date.parse("2026-11-20T00:30:00Z") });
    const { jma, clock } = line.platform;
    jma.publish({ type: "VPWW55", xml: "<Report/>" });
    clock.advance(9 * minute);
    expect(await entries(line, "extra.xml")).toHaveLength(1);
    clock.advance(2 * minute);
    expect(await entries(line, "extra.xml")).toHaveLength(0);
    expect(await entries(line, "extra_l.xml")).toHaveLength(1);
    jma.settings.longRebuildMs = 60 * minute;
    expect(await entries(line, "extra_l.xml")).toHaveLength(0);
    clock.advance(20 * minute);
    expect(await entries(line, "extra_l.xml")).toHaveLength(1);
    clock.advance(5 * 24 * 60 * minute);
    expect(await entries(line, "extra_l.xml")).toHaveLength(0);
  });

  it("answer 304 until something has changed, by ETag and by date", async () => {
    const line = await startLine();
    const first = await fetch(`${line.url}${folder}/extra.xml`);
    const etag = first.headers.get("etag") ?? "";
    const date = first.headers.get("last-modified") ?? "";
    const again = async (headers: Record<string, string>) =>
      (await fetch(`${line.url}${folder}/extra.xml`, { headers })).status;
    expect(await again({ "if-none-match": etag })).toBe(304);
    expect(await again({ "if-modified-since": date })).toBe(304);
    line.platform.clock.advance(1_000);
    line.platform.jma.publish({ type: "VPWW55", xml: "<Report/>" });
    expect(await again({ "if-none-match": etag })).toBe(200);
    expect(await again({ "if-modified-since": date })).toBe(200);
    // An entry that leaves the feed is a change too.
    const { headers } = await fetch(`${line.url}${folder}/extra.xml`);
    line.platform.clock.advance(11 * minute);
    expect(await again({ "if-modified-since": headers.get("last-modified") ?? "" })).toBe(200);
    expect(line.platform.jma.requests().map(({ status }) => status)).toEqual([
      200, 304, 304, 200, 200, 200, 200,
    ]);
  });

  it("can be told over HTTP to publish, to let something happen, and to misbehave", async () => {
    const line = await startLine();
    const get = () => fetch(`${line.url}${folder}/extra.xml`, { redirect: "manual" });
    await control(line, "POST", "/jma/telegrams", { type: "VPWW55", xml: "<Report>1</Report>" });
    await control(line, "POST", "/jma/disasters", {
      kind: "heavyRain",
      level: 5,
      municipality: { name: "みほん区" },
    });
    expect(await control(line, "GET", "/jma/telegrams")).toMatchObject({
      body: [{ type: "VPWW55" }, { type: "VPWW55", xml: expect.stringContaining("みほん区") }],
    });
    expect((await control(line, "POST", "/jma/telegrams", { type: "rain", xml: "" })).status).toBe(400);
    expect((await control(line, "POST", "/jma/disasters", { kind: "cancellation" })).status).toBe(400);

    for (const [does, status] of [
      ["refuse500", 500],
      ["refuse503", 503],
      ["refuse404", 404],
      ["redirect", 302],
    ] as const) {
      await control(line, "POST", "/jma/faults", { does, times: 1 });
      expect((await get()).status).toBe(status);
    }
    expect(await control(line, "GET", "/jma/faults")).toMatchObject({ body: [] });
    const { body: fault } = await control(line, "POST", "/jma/faults", { does: "down", on: "feeds" });
    await expect(get()).rejects.toThrow("fetch failed");
    await control(line, "DELETE", `/jma/faults/${(fault as { id: string }).id}`);
    await control(line, "POST", "/jma/faults", { does: "doctype" });
    expect(await (await get()).text()).toContain("<!DOCTYPE");
    await control(line, "DELETE", "/jma/faults");
    await control(line, "POST", "/jma/faults", { does: "oversize", times: 1 });
    const large = await get();
    expect(large.headers.get("content-length")).toBeNull();
    expect((await large.arrayBuffer()).byteLength).toBeGreaterThan(6_000_000);
    await control(line, "POST", "/jma/faults", { does: "repeats", times: 1 });
    expect(await entries(line, "extra.xml")).toHaveLength(4);
    expect(await control(line, "PATCH", "/jma/settings", { longRebuildMs: 1 })).toMatchObject({
      body: { longRebuildMs: 1 },
    });
    const requests = await control(line, "GET", "/jma/requests");
    expect(requests).toMatchObject({
      body: expect.arrayContaining([expect.objectContaining({ status: 500 })]),
    });
  });
});

describe("ready-made disasters, as a ward reads them", () => {
  it("an earthquake: first by area, then by municipality, under the name that was given", async () => {
    const line = await startLine({ municipality: { name: "みほん区" } });
    line.platform.jma.happen("earthquake", { intensity: "6-" });
    const [flash, detail] = await readings(line);
    expect(flash).toMatchObject({
      telegram: { type: "VXSE51", status: "actual" },
      hazards: [{ kind: "earthquake", intensity: "6-", area: { code: "350" } }],
      remarks: [],
    });
    expect(detail).toMatchObject({
      telegram: { type: "VXSE53" },
      hazards: [{ kind: "earthquake", intensity: "6-", area: { code: "1310900", name: "東京みほん区" } }],
      remarks: [],
    });
    expect(flash?.hazards[0]?.subject).toBe(detail?.hazards[0]?.subject);
  });

  it("heavy rain rises, falls and is lifted", async () => {
    const line = await startLine();
    const { jma } = line.platform;
    for (const level of [3, 4, 5, 4] as const) jma.happen("heavyRain", { level });
    jma.happen("lifting");
    const read = await readings(line);
    expect(read.map(({ hazards }) => hazards.map(({ phase, level }) => [phase, level]))).toEqual([
      [["active", 3]],
      [["active", 4]],
      [["active", 5]],
      [["active", 4]],
      [["lifted", undefined]],
    ]);
    expect(read.flatMap(({ remarks }) => remarks)).toEqual([]);
    expect(read.flatMap(({ hazards }) => hazards.map(({ name }) => name)).slice(0, 4)).toEqual([
      "レベル３大雨警報",
      "レベル４大雨危険警報",
      "レベル５大雨特別警報",
      "レベル４大雨危険警報",
    ]);
    expect(jma.published()[3]?.xml).toContain("特別警報から危険警報");
  });

  it("a landslide comes by two telegrams about one subject", async () => {
    const line = await startLine();
    line.platform.jma.happen("landslide");
    line.platform.jma.happen("lifting");
    const read = await readings(line);
    expect(read.map(({ telegram }) => telegram.type)).toEqual(["VPWW56", "VXWW50", "VPWW56", "VXWW50"]);
    expect(new Set(read.flatMap(({ hazards }) => hazards.map(({ subject }) => subject)))).toEqual(
      new Set(["landslide"]),
    );
    expect(read.map(({ hazards }) => hazards[0]?.phase)).toEqual(["active", "active", "lifted", "lifted"]);
  });

  it("a tsunami warning, its lifting, and its cancellation", async () => {
    const line = await startLine();
    const { jma } = line.platform;
    jma.happen("tsunami");
    jma.happen("lifting");
    jma.happen("tsunami", { tsunami: "majorWarning" });
    jma.happen("cancellation");
    const [warning, lifted, major, cancelled] = await readings(line);
    expect(warning?.hazards).toMatchObject([{ kind: "tsunami", phase: "active", name: "津波警報" }]);
    expect(lifted?.hazards).toMatchObject([{ kind: "tsunami", phase: "lifted" }]);
    expect(major?.hazards).toMatchObject([{ name: "大津波警報" }]);
    expect(cancelled).toMatchObject({ telegram: { infoType: "cancellation", type: "VTSE41" }, hazards: [] });
    expect(cancelled?.telegram.eventId).toBe(major?.telegram.eventId);
  });

  it("a storm surge and a river", async () => {
    const line = await startLine();
    line.platform.jma.happen("stormSurge", { level: 4 });
    line.platform.jma.happen("riverFlood", { level: 4 });
    line.platform.jma.happen("lifting");
    const read = await readings(line);
    expect(read.flatMap(({ hazards }) => hazards.map(({ kind, phase }) => `${kind} ${phase}`))).toEqual([
      "stormSurge active",
      "riverFlood active",
      "stormSurge lifted",
      "riverFlood lifted",
    ]);
    expect(read.flatMap(({ remarks }) => remarks)).toEqual([]);
  });

  it("islands only: Tokyo by name, and no ward", async () => {
    const line = await startLine();
    line.platform.jma.happen("islands");
    const [reading] = await readings(line);
    expect(line.platform.jma.published()[0]?.xml).toContain("東京都");
    expect(reading?.hazards.filter(({ phase }) => phase === "active")).toEqual([]);
  });

  it("a drill says so and changes nothing that is in force", async () => {
    const line = await startLine();
    line.platform.jma.happen("drill");
    line.platform.jma.happen("heavyRain", { level: 5, status: "訓練" });
    line.platform.jma.happen("lifting");
    const read = await readings(line);
    expect(read.map(({ telegram }) => telegram.status)).toEqual(["exercise", "exercise", "actual"]);
    expect(line.platform.jma.published()[0]?.xml).toContain("これは訓練です");
    expect(read[2]?.hazards.filter(({ phase }) => phase === "active")).toEqual([]);
  });

  it("what the caller gives is escaped", async () => {
    const line = await startLine({ municipality: { name: '<b>&"区' } });
    line.platform.jma.happen("heavyRain");
    expect(line.platform.jma.published()[0]?.xml).toContain("&lt;b&gt;&amp;&quot;区");
    expect((await readings(line))[0]?.hazards[0]?.area.name).toBe('<b>&"区');
  });
});

describe("the buttons beside the phones", () => {
  it("are a plain form that needs no script; the page says what was issued", async () => {
    const line = await startLine({ municipality: { name: "みほん区" } });
    const before = await (await fetch(`${line.url}/phones?lang=ja`)).text();
    expect(before).toContain("地震や大雨を起こす");
    expect(before).toContain("みほん区について");
    const press = (choice: string, origin = line.url) =>
      fetch(`${line.url}/phones/world/disaster`, {
        method: "POST",
        headers: { origin },
        body: new URLSearchParams({ choice }),
      });
    const choices = [...before.matchAll(/<button[^>]*name="choice" value="(\w+)"/g)].map(
      ([, choice = ""]) => choice,
    );
    expect(choices).toEqual(["earthquake", "heavyRain4", "heavyRain5", "tsunami", "drill", "lifting"]);
    for (const choice of choices) expect((await press(choice)).status).toBe(204);
    expect(line.platform.jma.published().map(({ type }) => type)).toEqual([
      "VXSE51",
      "VXSE53",
      "VPWW55",
      "VPWW55",
      "VTSE41",
      "VTSE41",
      "VPWW55",
      "VTSE41",
    ]);
    expect((await press("earthquake", "https://evil.example")).status).toBe(403);
    expect((await press("asteroid")).status).toBe(409);
    expect(line.platform.jma.published()).toHaveLength(8);
    expect(await (await fetch(`${line.url}/phones?lang=en`)).text()).toMatch(
      /issued: <span lang="ja">津波警報/,
    );
  });
});
