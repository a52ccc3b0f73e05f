import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createCallStore } from "../../src/alerts/calls/call-store.ts";
import { createIds } from "../../src/shared/ids.ts";
import { seedResidents } from "../support/seed.ts";
import { expectSums } from "../support/sums.ts";
import {
  type HeadOptions,
  cancellationTelegram,
  earthquakeTelegram,
  flashTelegram,
  hachijo,
  intensityFlashTelegram,
  kindInForce,
  noWarning,
  shinagawa,
  tokyoBay,
  tsunamiKinds,
  tsunamiTelegram,
  warningTelegram,
} from "../support/telegrams.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

// From a telegram in JMA's feed to the phones of the ward: ears, rules, alerts and outbox together.
const people = 300;
let world: World;
beforeEach(async () => {
  world = await startWorld({ listens: true });
  await seedResidents(world.config, world.line, people);
}, 60_000);
afterEach(async () => {
  expectSums(world.config.databaseUrl);
  await world.end();
});

const tokyo = (minutesAgo = 0) =>
  `${new Date(Date.now() + 9 * 3_600_000 - minutesAgo * 60_000).toISOString().slice(0, 19)}+09:00`;
const heavyRain5 = kindInForce("33", "レベル５大雨特別警報");
const heavyRain4 = kindInForce("43", "レベル４大雨危険警報", "特別警報から危険警報");

function publish(type: string, xml: Buffer): void {
  world.line.platform.jma.publish({ type, xml: xml.toString() });
}

function rain(
  kinds: Parameters<typeof warningTelegram>[0]["kinds"],
  given: HeadOptions & { city?: typeof hachijo } = {},
) {
  publish(
    "VPWW55",
    warningTelegram({ type: "VPWW55", kinds, reportedAt: tokyo(), headline: "警戒してください。", ...given }),
  );
}

type Json = Record<string, unknown>;
const hazards = async () => (await world.admin.get("/hazards?limit=200")).body["hazards"] as Json[];
const alerts = async () => (await world.admin.get("/alerts")).body["alerts"] as Json[];

/** Waits until so many telegrams are decided; newest first. */
const decided = (count: number) =>
  waitFor(`${count} telegrams`, async () => {
    const all = await hazards();
    return all.length >= count && all.every((each) => each["decidedAt"] !== null) ? all : undefined;
  });

const sent = (id: unknown) =>
  waitFor("the alert to be sent", async () => {
    const { body } = await world.admin.get(`/alerts/${String(id)}`);
    return body["state"] === "sent" ? body : undefined;
  });

/** The first alert that a telegram led to. */
const alertOf = (hazard: Json | undefined): string => {
  const ids = hazard?.["alertIds"];
  return Array.isArray(ids) ? String(ids[0]) : "none";
};

/** The drafts that duty officers are called to. */
async function calledToDrafts(): Promise<unknown[]> {
  const db = openDatabase(world.config.databaseUrl);
  try {
    const open = await createCallStore(db, createIds()).openFor("nobody", ["dutyOfficer"], Date.now());
    return open.filter(({ kind }) => kind === "draftWaiting").map(({ alert }) => alert);
  } finally {
    db.close();
  }
}

const pushed = () => world.line.platform.ledger.summary();

describe("what JMA says of the ward, on the phones", () => {
  it("level 5 goes to everybody at once, by JMA's name in each language; 4 and the lifting follow to the same", async () => {
    rain([heavyRain5]);
    const [first] = await decided(1);
    expect(first).toMatchObject({ decision: "automatic", rule: "specialWarning", type: "VPWW55" });
    const alert = await sent(alertOf(first));
    expect(alert).toMatchObject({ level: 5, mode: "live", template: "relayLevel5" });
    const contents = alert["contents"] as Record<string, { title: string; body: string }>;
    expect(contents["ja"]?.title).toBe("気象庁：レベル５大雨特別警報");
    expect(contents["en"]?.title).toContain("Level 5");
    expect(contents["en"]?.body).toContain("気象庁");
    expect(pushed()).toMatchObject({ users: people, copies: people, doubled: [] });

    rain([heavyRain4]);
    const [second] = await decided(2);
    expect(second).toMatchObject({ decision: "followUp", reasons: [{ code: "lowered" }] });
    expect(await sent(alertOf(second))).toMatchObject({
      kind: "update",
      of: alert["id"],
    });

    rain([noWarning]);
    const [third] = await decided(3);
    expect(third).toMatchObject({ decision: "followUp", reasons: [{ code: "lifted" }] });
    expect(await sent(alertOf(third))).toMatchObject({
      kind: "allClear",
      of: alert["id"],
    });
    expect(pushed()).toMatchObject({ users: people, copies: 3 * people, doubled: [] });
    expect((await world.admin.get("/alerts?open=true")).body["alerts"]).toEqual([]);
  }, 60_000);

  it("a quake is told once by its two reports, and a cancellation reaches those who were told", async () => {
    const eventId = "20261120170000";
    const area = { code: "350", name: "東京都２３区", intensity: "5-" };
    publish("VXSE51", intensityFlashTelegram({ areas: [area], eventId, reportedAt: tokyo() }));
    const [flash] = await decided(1);
    expect(flash).toMatchObject({ decision: "automatic", rule: "strongEarthquake" });
    const alert = await sent(alertOf(flash));
    publish(
      "VXSE53",
      earthquakeTelegram({ cities: [{ ...shinagawa, intensity: "4" }], eventId, reportedAt: tokyo() }),
    );
    expect((await decided(2))[0]).toMatchObject({
      decision: "nothing",
      reasons: [{ code: "laterReportLower" }],
    });
    expect(pushed().copies).toBe(people);

    const other = { areas: [area], eventId: "20261120180000", reportedAt: tokyo() };
    publish("VXSE51", intensityFlashTelegram(other));
    const [again] = await decided(3);
    await sent(alertOf(again));
    publish(
      "VXSE51",
      cancellationTelegram("震度速報", { eventId: other.eventId, reportedAt: tokyo(), infoType: "取消" }),
    );
    const [withdrawn] = await decided(4);
    expect(withdrawn).toMatchObject({ decision: "followUp", infoType: "cancellation" });
    expect(await sent(alertOf(withdrawn))).toMatchObject({
      kind: "correction",
      of: alertOf(again),
    });
    expect((await world.admin.get(`/alerts/${String(alert["id"])}`)).body).toMatchObject({ endedAt: null });
  }, 60_000);

  it("what was drafted under maintenance goes with the next telegram after it, unless a person threw the draft away", async () => {
    const duty = await world.staffWith("dutyOfficer");
    const maintenance = (on: boolean) => duty.put("/feeds/maintenance", { on });
    const stateOf = async (hazard: Json | undefined) =>
      (await world.admin.get(`/alerts/${alertOf(hazard)}`)).body["state"];

    await maintenance(true);
    rain([heavyRain5], { reportedAt: tokyo(5) });
    const [held] = await decided(1);
    expect(held).toMatchObject({ decision: "draft" });
    expect(await calledToDrafts()).toEqual([alertOf(held)]);
    await maintenance(false);
    rain([heavyRain5], { reportedAt: tokyo(4) });
    const [afresh] = await decided(2);
    expect(afresh).toMatchObject({ decision: "automatic" });
    await sent(alertOf(afresh));
    expect(await stateOf(held)).toBe("cancelled");
    expect(await calledToDrafts()).toEqual([]);
    expect(pushed()).toMatchObject({ users: people, copies: people, doubled: [] });

    await maintenance(true);
    rain([heavyRain4], { reportedAt: tokyo(3) });
    const [lowered] = await decided(3);
    expect(await stateOf(lowered)).toBe("draft");
    await duty.post(`/alerts/${alertOf(lowered)}/discard`);
    await maintenance(false);
    rain([heavyRain4], { reportedAt: tokyo(2) });
    expect((await decided(4))[0]).toMatchObject({
      decision: "nothing",
      reasons: [{ code: "same" }, { code: "draftedAlready" }],
    });
    expect(pushed().copies).toBe(people);

    rain([noWarning], { reportedAt: tokyo(1) });
    await sent(alertOf((await decided(5))[0]));
    expect(pushed()).toMatchObject({ users: people, copies: 2 * people, doubled: [] });
  }, 60_000);

  it("islands, drills, tests, what is old, and what is not understood send nothing", async () => {
    rain([heavyRain5], { city: hachijo });
    rain([heavyRain5], { status: "訓練" });
    rain([heavyRain5], { status: "試験" });
    for (let minutesAgo = 100; minutesAgo < 140; minutesAgo += 1)
      rain([heavyRain5], { reportedAt: tokyo(minutesAgo) });
    publish(
      "VTSE41",
      tsunamiTelegram({
        status: "訓練",
        areas: [{ ...tokyoBay, kind: tsunamiKinds.major }],
        reportedAt: tokyo(),
      }),
    );
    publish("VPBS50", flashTelegram({ tag: "未知の情報", reportedAt: tokyo() }));
    const all = await waitFor("the last of them", async () => {
      const found = await hazards();
      return found.some(({ type }) => type === "VPBS50") && found.length >= 43 ? found : undefined;
    });
    expect(all.filter(({ decision }) => decision === "automatic")).toEqual([]);
    expect(await alerts()).toMatchObject([{ state: "draft", template: "relayUnread" }]);
    expect(all.filter(({ called }) => called === "stale")).toHaveLength(1);
    expect(all).toContainEqual(
      expect.objectContaining({
        decision: "nothing",
        reasons: [expect.objectContaining({ code: "elsewhere" })],
      }),
    );
    expect(pushed().copies).toBe(0);
  }, 60_000);
});
