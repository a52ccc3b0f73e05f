import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { confirmOnPage, hiddenIn, raiseOnPage, textOf } from "../support/alert-pages.ts";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { type Person, createPerson } from "../support/person.ts";
import { createMovableClock } from "../support/sending.ts";
import type { Visitor } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";

let staffed: StaffedConsole;
let clock: ReturnType<typeof createMovableClock>;
let officer: Visitor;
let other: Visitor;
let resident: Person;

beforeEach(async () => {
  clock = createMovableClock();
  staffed = await openConsole({ overrides: { clock } });
  resident = createPerson(staffed.world, { language: "en" });
  await resident.follow();
  officer = await staffed.enter("dutyOfficer");
  other = await staffed.enter(await staffed.employ("second", "dutyOfficer"));
});
afterEach(() => staffed.world.end());

const enter = (who: Visitor, kind: string, minutes = "30") => who.post("/console/drill", { kind, minutes });
const modeOn = async (who: Visitor, path: string) =>
  /<body data-mode="(\w+)">/.exec((await who.get(path)).html)?.[1];

/** A phone of the staff, linked by the code that the account page shows. */
async function linkPhone(who: Visitor): Promise<Person> {
  const phone = createPerson(staffed.world, { language: "ja" });
  await phone.follow();
  await who.post("/console/account/phone");
  const code = /[A-HJ-NP-Z2-9]{4}-?[A-HJ-NP-Z2-9]{4}(?=<)/.exec(
    (await who.get("/console/account/phone")).html,
  )?.[0];
  await phone.say(code ?? "");
  return phone;
}

describe("drill mode", () => {
  it("shows on every page of whoever is in it, and of nobody else, until they leave it", async () => {
    const pages = [
      "/console",
      "/console/alerts",
      "/console/alerts/new",
      "/console/broadcasts",
      "/console/account",
      "/console/nowhere",
    ];
    expect(await enter(officer, "rehearsal")).toMatchObject({ status: 303 });
    for (const page of pages) {
      const { html } = await officer.get(page);
      expect([page, html.includes('data-mode="rehearsal"')]).toEqual([page, true]);
      expect([page, html.includes("<title>【訓練】"), html.includes("訓練中：リハーサル")]).toEqual([
        page,
        true,
        true,
      ]);
      expect([page, await modeOn(other, page)]).toEqual([page, "live"]);
    }
    await enter(officer, "publicDrill");
    expect(await modeOn(officer, "/console")).toBe("publicDrill");
    await officer.post("/console/drill/end");
    expect(await modeOn(officer, "/console")).toBe("live");
  });

  it("takes no other kind and no other length than are offered", async () => {
    for (const [kind, minutes] of [
      ["live", "60"],
      ["rehearsal", "29"],
      ["rehearsal", "241"],
      ["rehearsal", "60.5"],
      ["rehearsal", "x"],
    ])
      expect(await enter(officer, kind ?? "", minutes)).toMatchObject({ status: 422 });
    expect(await modeOn(officer, "/console")).toBe("live");
    expect(
      await (await staffed.enter("author")).post("/console/drill", { kind: "rehearsal", minutes: "60" }),
    ).toMatchObject({ status: 403 });
  });

  it("closes itself, and discards what nobody confirmed", async () => {
    await enter(officer, "publicDrill", "30");
    const path = await raiseOnPage(officer);
    clock.advance(29 * 60_000);
    expect(await modeOn(officer, "/console")).toBe("publicDrill");
    expect(await modeOn(other, path)).toBe("publicDrill");
    clock.advance(2 * 60_000);
    expect(await modeOn(officer, "/console")).toBe("live");
    await waitFor("the drill to be discarded", async () =>
      (await officer.get(path)).html.includes('class="standing discarded"'),
    );
    expect(await confirmOnPage(other, path)).toMatchObject({ status: 409 });
    expect(resident.pushed()).toEqual([]);
  });

  it("makes what is raised a drill, whatever the form says, and keeps a form whose mode has changed", async () => {
    const { html } = await officer.get("/console/alerts/new?template=evacuationLevel4");
    const live = {
      ...hiddenIn(html),
      template: "evacuationLevel4",
      where: "ward",
      "b.cause": "flood",
      next: "raise",
    };
    await enter(officer, "rehearsal");
    const refused = await officer.post("/console/alerts/new", live);
    expect([refused.status, textOf(refused.html).includes("いまはリハーサル中です")]).toEqual([409, true]);
    expect(/value="flood" checked/.test(refused.html)).toBe(true);
    const { to } = await officer.post("/console/alerts/new", { ...live, ...hiddenIn(refused.html) });
    const { body } = await staffed.world.admin.get(`/alerts/${to?.split("/").at(-1) ?? ""}`);
    expect(body["mode"]).toBe("rehearsal");

    const drill = await officer.get("/console/alerts/new?template=evacuationLevel3");
    await officer.post("/console/drill/end");
    const over = await officer.post("/console/alerts/new", {
      ...hiddenIn(drill.html),
      template: "evacuationLevel3",
      where: "ward",
      "b.cause": "flood",
      next: "raise",
    });
    expect([over.status, textOf(over.html).includes("訓練モードは終わっています")]).toEqual([409, true]);
  });

  it("draws the whole page anew when another template is chosen after it has ended", async () => {
    await enter(officer, "rehearsal");
    const { html } = await officer.get("/console/alerts/new?template=evacuationLevel4");
    const choosing = { ...hiddenIn(html), template: "evacuationLevel3" };
    const byScript = { "hx-request": "true" };
    const within = await officer.post("/console/alerts/new", choosing, byScript);
    expect(within.headers.get("hx-redirect")).toBeNull();
    await officer.post("/console/drill/end");
    const after = await officer.post("/console/alerts/new", choosing, byScript);
    expect(after.headers.get("hx-redirect")).toBe("/console/alerts/new?template=evacuationLevel3");
    expect(after.html).toBe("");
  });

  it("keeps somebody in it from sending what is meant, until they leave it", async () => {
    const path = await raiseOnPage(officer);
    const version = hiddenIn((await other.get(path)).html)["version"] ?? "";
    await enter(other, "rehearsal");
    const { html } = await other.get(path);
    expect([html.includes('data-mode="live"'), html.includes(`${path}/confirm`)]).toEqual([true, false]);
    expect(textOf(html)).toContain("先に訓練モードを終えてください");
    expect(await other.post(`${path}/confirm`, { version })).toMatchObject({ status: 409 });
    expect(await other.post(`${path}/follow-up`, { kind: "allClear" })).toMatchObject({ status: 409 });
    await other.post("/console/drill/end");
    expect(await other.post(`${path}/confirm`, { version })).toMatchObject({ status: 303 });
  });
});

describe("a rehearsal", () => {
  it("reaches the linked phones of staff and no resident, and is scored", async () => {
    const phone = await linkPhone(officer);
    expect(textOf((await officer.get("/console/drill")).html)).toContain(
      "登録された職員のスマートフォン：1台",
    );
    await enter(officer, "rehearsal");
    const path = await raiseOnPage(officer);
    // Whoever opens it sees that it is a drill, and is asked for another phrase.
    expect(await modeOn(other, path)).toBe("rehearsal");
    expect(textOf((await other.get(path)).html)).toMatch(
      /職員のスマートフォン1台だけに送ります。.*リハーサルを今すぐ送る/,
    );
    const alone = { alone: "yes", reason: "練習" };
    expect(await confirmOnPage(officer, path, { ...alone, phrase: "緊急配信" })).toMatchObject({
      status: 409,
    });
    expect(await confirmOnPage(officer, path, { ...alone, phrase: "訓練配信" })).toMatchObject({
      status: 303,
    });
    await waitFor("the staff phone to get it", () => phone.pushed().some((each) => each.includes("訓練")));
    await waitFor("the score", async () =>
      /訓練の成績.*起案から確認まで \d+\.\d秒.*確認から最初の送信まで \d+\.\d秒.*確認から最後の受付まで \d+\.\d秒/.test(
        textOf((await officer.get(path)).html),
      ),
    );
    expect(resident.pushed()).toEqual([]);
  });
});

describe("a public drill", () => {
  it("reaches residents, marked in their language, and its page looks like a drill to everybody", async () => {
    await enter(officer, "publicDrill");
    const path = await raiseOnPage(officer);
    expect(await confirmOnPage(other, path)).toMatchObject({ status: 303 });
    await waitFor("the phone to get it", () => resident.pushed().length === 1);
    expect(resident.pushed()[0]).toMatch(/^\[?DRILL|^【/i);
    expect(await modeOn(await staffed.enter("viewer"), path)).toBe("publicDrill");
    const { html } = await (await staffed.enter("viewer")).get("/console/alerts");
    expect(html.includes('class="mode-mark">公開訓練')).toBe(true);
  });
});
