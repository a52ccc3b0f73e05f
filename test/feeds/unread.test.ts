import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Simulator } from "../../src/simulator/index.ts";
import { noWarning, telegram, warningTelegram } from "../support/telegrams.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

interface Listed {
  telegramId: string;
  type: string;
  title: string;
  status: string;
  decision: string | null;
  called: string | null;
  alertIds: string[];
  reasons: { code: string; ja: string; en: string }[];
}

let world: World;
let jma: Simulator["platform"]["jma"];
let hanako: string;
beforeAll(async () => {
  world = await startWorld({ listens: true });
  ({ jma } = world.line.platform);
  hanako = world.line.platform.addUser({ displayName: "花子", language: "ja" });
  await world.line.platform.follow(hanako);
  for (const [what, xml] of cases)
    names.set(what, jma.publish({ type: "VPWW55", title: "気象特別警報\u202e\n報知", xml }).name);
}, 60_000);
afterAll(() => world.end());

async function listed(): Promise<Listed[]> {
  const { body } = await world.admin.get("/hazards?limit=200");
  return body["hazards"] as Listed[];
}
const fetched = (name: string) => jma.requests().filter(({ path }) => path.endsWith(name)).length;

/** What stands on record about a telegram once it is decided. */
async function recordOf(name: string): Promise<Listed> {
  let found: Listed | undefined;
  await waitFor(`${name} to be on record`, async () => {
    found = (await listed()).find(({ telegramId }) => telegramId.endsWith(name));
    return found !== undefined && found.decision !== null;
  });
  if (found === undefined) throw new Error("It is not there.");
  return found;
}

/** By what is wrong with them. */
const names = new Map<string, string>();
const whole = (xml: string) => `<?xml version="1.0" encoding="UTF-8"?>${xml}`;
const asWritten = warningTelegram({ type: "VPWW55", kinds: [noWarning] }).toString();

/** What is wrong, what comes, and the reason that is given. */
const cases: [string, string, string][] = [
  ["is cut off in the middle", asWritten.slice(0, asWritten.length / 2), "unreadNotXml"],
  ["is empty", "", "unreadNotXml"],
  ["is no XML at all", '{"error": "not found"}', "unreadNotXml"],
  ["has a document type", asWritten.replace("?>", '?><!DOCTYPE x [<!ENTITY y "z">]>'), "unreadDoctype"],
  ["is larger than any telegram", whole(`<Report>${"<a></a>".repeat(650_000)}</Report>`), "unreadTooLarge"],
  [
    "is a page for people",
    "<!DOCTYPE html><html><head><title>503 Busy</title></head></html>",
    "unreadWebPage",
  ],
  ["has another root", whole("<feed><entry/></feed>"), "unreadNotTelegram"],
  ["has no Head", asWritten.replace(/<Head.*<\/Head>/s, ""), "unreadNotTelegram"],
  [
    "does not say when it was issued",
    asWritten.replace(/<ReportDateTime>.*?</, "<ReportDateTime><"),
    "unreadNotTelegram",
  ],
];

describe("a telegram of which nothing can be read", () => {
  it.each(cases)(
    "that %s is on record at once, as a draft that a person must look at",
    async (what, _xml, code) => {
      const record = await recordOf(names.get(what) ?? "");
      expect(record).toMatchObject({
        type: "VPWW55",
        status: "unknown",
        decision: "draft",
        alertIds: [expect.any(String)],
      });
      expect(record.title).toMatch(/^気象特別警報 報知$/);
      const [reason] = record.reasons;
      expect(reason?.code).toBe(code);
      for (const sentence of [reason?.ja, reason?.en]) expect(sentence).toMatch(/[。.]$/);
      const { body: alert } = await world.admin.get(`/alerts/${record.alertIds[0]}`);
      expect(alert).toMatchObject({ template: "relayUnread", state: "draft" });
    },
  );

  it("is a draft also when its form is right and it names no area", async () => {
    const xml = telegram("気象警報・注意報（大雨）", { reportedAt: new Date().toISOString() }, { body: "" });
    const { name } = jma.publish({ type: "VPWW55", title: "空の警報", xml: xml.toString() });
    expect(await recordOf(name)).toMatchObject({ decision: "draft", reasons: [{ code: "unknown" }] });
  });

  it("has staff called, reaches no resident, and is not fetched again where that would not help", async () => {
    const { name } = jma.publish({ type: "VXSE53", xml: whole("<Other/>"), title: "二度は取らない" });
    await recordOf(name);
    await waitFor("three more looks at the feed", async () => {
      const looks = jma.requests().filter(({ path }) => path.endsWith("/eqvol.xml"));
      const at = looks.findLastIndex(({ status }) => status === 200);
      return at >= 0 && looks.length - at > 3;
    });
    expect(fetched(name)).toBe(1);
    expect((await listed()).filter(({ telegramId }) => telegramId.endsWith(name))).toHaveLength(1);
    expect((await listed()).some(({ called }) => called === "unknownTelegram")).toBe(true);
    const pushed = world.line.platform
      .inbox(hanako)
      .filter((entry) => entry.from === "bot" && entry.via !== "reply");
    expect(pushed).toEqual([]);
  });
});
