import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPerson } from "../support/person.ts";
import { seedResidents } from "../support/seed.ts";
import { createMovableClock } from "../support/sending.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

let world: World;
let clock: ReturnType<typeof createMovableClock>;
let logins: { staffId: string; name: string; role: string }[];

async function begin(environment: Record<string, string> = {}): Promise<void> {
  clock = createMovableClock();
  logins = [];
  world = await startWorld({
    environment,
    simulator: { switches: { localPictures: true } },
    overrides: { clock, demoLogins: () => logins },
  });
  for (const [name, role] of [
    ["Hana", "author"],
    ["Kenta", "author"],
    ["Aoi", "approver"],
    ["Mika", "viewer"],
  ] as const) {
    const email = `${name.toLowerCase()}@example.jp`;
    const { body } = await world.admin.post("/staff", { name, email, roles: [role] });
    logins.push({ staffId: String(body["id"]), name, role });
  }
}
beforeEach(() => begin());
afterEach(async () => {
  await world.end();
});

async function enter(name: string): Promise<Visitor> {
  const visitor = visit(world);
  const staffId = logins.find((login) => login.name === name)?.staffId ?? "";
  expect(await visitor.post("/console/sign-in", { staffId })).toMatchObject({ status: 303 });
  return visitor;
}

const notice = {
  title: "Autumn",
  to: "everyone",
  when: "approved",
  fallback: "yes",
  "title.ja": "秋まつり",
  "body.ja": "土曜日です。",
};

/** The value of a hidden or text field as the page shows it. */
const valueIn = (html: string, name: string): string =>
  new RegExp(`name="${name.replaceAll(".", "\\.")}"[^>]*? value="([^"]*)"`).exec(html)?.[1] ?? "";
const keyIn = (html: string): string => valueIn(html, "copy");

async function write(author: Visitor, fields: Record<string, string | string[]> = {}): Promise<string> {
  const { status, to } = await author.post("/console/broadcasts", { ...notice, ...fields });
  expect(status).toBe(303);
  return to ?? "";
}

async function saved(path: string): Promise<Record<string, unknown>> {
  const { body } = await world.admin.get(`/broadcasts/${path.split("/").at(-1)}`);
  return body;
}

/** Posts a form as a browser posts one with a file in it. */
async function postFile(
  visitor: Visitor,
  path: string,
  file: Buffer | undefined,
  fields: Record<string, string> = {},
): Promise<{ status: number; to: string | null; text: string }> {
  const body = new FormData();
  // In the form the picture stands above the texts.
  body.append(
    "file.picture",
    new Blob(file === undefined ? [] : [new Uint8Array(file)]),
    file ? "a.jpg" : "",
  );
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(`${world.kairan.url}${path}`, {
    method: "POST",
    body,
    redirect: "manual",
    headers: {
      "sec-fetch-site": "same-origin",
      cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    },
  });
  return { status: response.status, to: response.headers.get("location"), text: await response.text() };
}

const plainPicture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#2a7" } });

describe("pictures", () => {
  it("are re-encoded upright, no wider than LINE shows them, without the place where they were taken", async () => {
    const author = await enter("Hana");
    const taken = await plainPicture(2000, 1000)
      .withExif({ IFD0: { Copyright: "somebody" }, IFD3: { GPSLatitude: "35/1 40/1 0/1" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { status, text } = await postFile(author, "/console/pictures", taken);
    expect(status).toBe(200);
    const { url } = JSON.parse(text) as { url: string };
    const response = await fetch(`${world.kairan.url}${url}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    const jpeg = Buffer.from(await response.arrayBuffer());
    const { format, width, height, exif, orientation } = await sharp(jpeg).metadata();
    expect([format, width < height, height <= 1560, exif, orientation]).toEqual([
      "jpeg",
      true,
      true,
      undefined,
      undefined,
    ]);
    expect(jpeg.includes("somebody")).toBe(false);
    expect((await postFile(author, "/console/pictures", taken)).text).toBe(text);
  });

  it("take PNG and WebP too; anything else is refused in words, whatever it calls itself", async () => {
    const author = await enter("Hana");
    for (const file of [
      await plainPicture(10, 10).png().toBuffer(),
      await plainPicture(10, 10).webp().toBuffer(),
    ])
      expect(await postFile(author, "/console/pictures", file)).toMatchObject({ status: 200 });
    const jpeg = await plainPicture(10, 10).jpeg().toBuffer();
    for (const file of [
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
      Buffer.from("GIF89a, it says"),
      jpeg.subarray(0, 40),
      Buffer.concat([Buffer.from("ffd8ff", "hex"), Buffer.alloc(5_000, 7)]),
    ]) {
      const { status, text } = await postFile(author, "/console/pictures", file);
      expect([status, text]).toEqual([422, expect.stringContaining("写真として読めませんでした")]);
    }
  });

  it("that unfold to too much, or are too large, are refused before they are unfolded", async () => {
    const author = await enter("Hana");
    const bomb = await plainPicture(9_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await postFile(author, "/console/pictures", bomb)).toMatchObject({ status: 422 });
    expect(await postFile(author, "/console/pictures", Buffer.alloc(10_500_000))).toMatchObject({
      status: 422,
    });
    expect(await postFile(author, "/console/pictures", Buffer.alloc(13_000_000))).toMatchObject({
      status: 413,
    });
  });

  it("come along with the form where there are no scripts, and must be described", async () => {
    const author = await enter("Hana");
    const file = await plainPicture(100, 60).jpeg().toBuffer();
    const refused = await postFile(author, "/console/broadcasts", file, {
      ...notice,
      picture: "",
      point: "",
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("日本語の写真の説明を入れてください");
    const picture = valueIn(refused.text, "picture");
    expect(picture).toMatch(/^\/pictures\/[\w-]{43}\.jpg$/);
    const { status, to } = await postFile(author, "/console/broadcasts", undefined, {
      ...notice,
      picture,
      point: "",
      "pictureAlt.ja": "みどり",
    });
    expect(status).toBe(303);
    expect(await saved(to ?? "")).toMatchObject({
      contents: { ja: { image: { url: picture, alt: "みどり" } } },
    });
  });

  it("that are too large take nothing of what was typed away", async () => {
    const author = await enter("Hana");
    const refused = await postFile(author, "/console/broadcasts", Buffer.alloc(10_500_000), notice);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("写真が大きすぎます");
    expect(refused.text).toContain("土曜日です。");
  });

  it("are one for all languages, but another or none where a language says so", async () => {
    const author = await enter("Hana");
    const [shared, own] = [`/pictures/${"a".repeat(43)}.jpg`, `/pictures/${"b".repeat(43)}.jpg`];
    const path = await write(author, {
      picture: shared,
      point: "",
      "pictureAlt.ja": "絵",
      "title.en": "Autumn",
      "body.en": "Saturday",
      "picture.en": own,
      "pictureAlt.en": "picture",
      "title.ko": "가을",
      "body.ko": "토요일",
      "withoutPicture.ko": "yes",
    });
    const { contents } = await saved(path);
    expect(contents).toMatchObject({ ja: { image: { url: shared } }, en: { image: { url: own } } });
    expect((contents as Record<string, object>)["ko"]).not.toHaveProperty("image");
    const { html } = await author.get(`${path}/edit`);
    expect([valueIn(html, "picture"), valueIn(html, "picture.en")]).toEqual([shared, own]);
    expect(html).toMatch(/name="withoutPicture.ko" value="yes" checked/);
  });

  it.each([
    ["on no public address: the text goes without it", {}, false],
    ["on this machine, to a local LINE", { PUBLIC_URL: "http://127.0.0.1:3000" }, true],
    ["on a public address", { PUBLIC_URL: "https://ward.example" }, true],
  ] as [string, { PUBLIC_URL?: string }, boolean][])(
    "are sent as phones can fetch them: %s",
    async (_, environment, shown) => {
      await world.end();
      await begin({ ...environment });
      const [user = ""] = await seedResidents(world.config, world.line, 1);
      const author = await enter("Hana");
      const picture = `/pictures/${"a".repeat(43)}.jpg`;
      const path = await write(author, { picture, point: "", "pictureAlt.ja": "絵", next: "submit" });
      await (await enter("Aoi")).post(`${path}/approve`, { version: "2" });
      const { platform } = world.line;
      await waitFor("the notice", () => JSON.stringify(platform.inbox(user)).includes("秋まつり"));
      const url = `${environment.PUBLIC_URL}${picture}`;
      expect(JSON.stringify(platform.inbox(user)).includes(url)).toBe(shown);
    },
  );

  it("cannot be uploaded by who may not write, nor found by guessing", async () => {
    const file = await plainPicture(10, 10).jpeg().toBuffer();
    expect(await postFile(await enter("Mika"), "/console/pictures", file)).toMatchObject({ status: 403 });
    for (const name of ["x.jpg", `${"a".repeat(43)}.jpg`, `${"a".repeat(43)}.png`, "..%2f..%2fetc%2fpasswd"])
      expect((await fetch(`${world.kairan.url}/pictures/${name}`)).status).toBe(404);
  });
});

describe("what is typed is kept", () => {
  const keep = (visitor: Visitor, fields: Record<string, string>) =>
    visitor.post("/console/working-copies", fields, { "hx-request": "true" });

  it("although it is not valid yet, and is offered when one comes back", async () => {
    const author = await enter("Hana");
    const copy = keyIn((await author.get("/console/broadcasts/new")).html);
    const answer = await keep(author, { copy, "title.ja": "まだ途中<b>", when: "time" });
    expect(JSON.parse(answer.html)).toMatchObject({
      savedAt: expect.stringMatching(/^\d+:\d\d$/),
      others: [],
    });
    const { html } = await author.get("/console/broadcasts/new");
    expect(html).toContain("まだ途中&lt;b>");
    expect(keyIn(html.slice(html.indexOf('id="draft"')))).not.toBe(copy);
    expect((await author.get(`/console/broadcasts/new?copy=${copy}`)).html).toContain(
      'value="まだ途中&lt;b>"',
    );
    // Nobody else's.
    const other = await enter("Kenta");
    expect((await other.get("/console/broadcasts/new")).html).not.toContain("まだ途中");
    expect((await other.get(`/console/broadcasts/new?copy=${copy}`)).html).not.toContain("まだ途中");
    await author.post("/console/working-copies/discard", { copy, back: "//elsewhere.example" });
    expect((await author.get("/console/broadcasts/new")).html).not.toContain("まだ途中");
  });

  it("is forgotten as well when somebody went back, and two versions of it met", async () => {
    const author = await enter("Hana");
    const copy = keyIn((await author.get("/console/broadcasts/new")).html);
    const path = await write(author, { copy });
    await write(author, { copy, "title.ja": "冬まつり" });
    const late = { ...notice, copy, "title.ja": "春まつり" };
    await keep(author, late);
    const { status, html } = await author.post("/console/broadcasts", late);
    expect(status).toBe(422);
    const choice = { ...late, version: valueIn(html, "version"), resolve: "yes", "pick.title.ja": "mine" };
    expect(await author.post(`${path}/edit`, choice)).toMatchObject({ status: 303 });
    expect((await author.get("/console/broadcasts/new")).html).not.toContain('id="unsaved-title"');
  });

  it("is forgotten once it is saved, and after thirty days", async () => {
    const author = await enter("Hana");
    const copy = keyIn((await author.get("/console/broadcasts/new")).html);
    await keep(author, { ...notice, copy });
    const path = await write(author, { copy });
    expect((await author.get("/console/broadcasts/new")).html).not.toContain('id="unsaved-title"');
    await keep(author, { ...notice, copy: path.split("/").at(-1) ?? "", "title.ja": "未保存", version: "1" });
    expect((await author.get(`${path}/edit`)).html).toContain("未保存");
    const left = keyIn((await author.get("/console/broadcasts/new")).html);
    await keep(author, { ...notice, copy: left });
    clock.advance(29 * day);
    await world.restart();
    const back = await enter("Hana");
    expect((await back.get("/console/broadcasts/new")).html).toContain(left);
    clock.advance(2 * day);
    await world.restart();
    const later = await enter("Hana");
    await waitFor(
      "it to be forgotten",
      async () => !(await later.get("/console/broadcasts/new")).html.includes(left),
    );
  });

  it("is refused with 401 when the session is over, so that the page can say so", async () => {
    const author = await enter("Hana");
    const copy = keyIn((await author.get("/console/broadcasts/new")).html);
    clock.advance(31 * minute);
    expect(await keep(author, { ...notice, copy })).toMatchObject({ status: 401 });
  });

  it("only under a key of ours", async () => {
    const author = await enter("Hana");
    for (const copy of ["", "new-x", `new-7${"Z".repeat(25)}`, "../x", "__proto__", "x".repeat(5_000)])
      expect(await keep(author, { ...notice, copy })).toMatchObject({ status: 404 });
    const copy = keyIn((await author.get("/console/broadcasts/new")).html);
    expect(await keep(author, { copy, "body.ja": "x".repeat(400_000) })).toMatchObject({ status: 413 });
  });

  it("others who have the same draft open are named", async () => {
    const [hana, kenta] = [await enter("Hana"), await enter("Kenta")];
    const path = await write(hana);
    const copy = path.split("/").at(-1) ?? "";
    await keep(hana, { copy, look: "yes", version: "1" });
    expect((await kenta.get(`${path}/edit`)).html).toContain("Hana さんも");
    const { html } = await keep(kenta, { ...notice, copy, version: "1" });
    expect(JSON.parse(html)).toMatchObject({ others: ["Hana"], newer: false });
    clock.advance(11 * minute);
    expect((await kenta.get(`${path}/edit`)).html).not.toContain("Hana さんも");
  });
});

describe("two people change one draft", () => {
  it("see both texts for what differs, and each choice is done as it was made", async () => {
    const [hana, kenta] = [await enter("Hana"), await enter("Kenta")];
    const path = await write(hana);
    const fields = { ...notice, picture: "", point: "", version: "1" };
    await kenta.post(`${path}/edit`, { ...fields, "title.ja": "Kentaの見出し", "body.ja": "Kentaの本文" });
    const mine = { ...fields, title: "Winter", "title.ja": "Hanaの見出し", "body.ja": "Hanaの本文" };
    const { status, html } = await hana.post(`${path}/edit`, mine);
    expect(status).toBe(422);
    for (const text of ["Hanaの見出し", "Kentaの見出し", "Hanaの本文", "Kentaの本文", "Winter"])
      expect(html).toContain(text);
    expect(html).not.toMatch(/type="radio"[^>]* checked/);
    expect(html).not.toContain('name="pick.audience"');

    const version = valueIn(html, "version");
    const picked = { "pick.title": "mine", "pick.title.ja": "theirs" };
    const undecided = await hana.post(`${path}/edit`, { ...mine, version, resolve: "yes", ...picked });
    expect(undecided.status).toBe(422);
    expect(undecided.html).toContain("Hanaの本文");
    expect(
      await hana.post(`${path}/edit`, {
        ...mine,
        version,
        resolve: "yes",
        ...picked,
        "pick.body.ja": "mine",
      }),
    ).toMatchObject({ status: 303 });
    expect(await saved(path)).toMatchObject({
      title: "Winter",
      contents: { ja: { title: "Kentaの見出し", body: "Hanaの本文" } },
    });
  });

  it("see of a repeat, and of what is ticked, in words what differs", async () => {
    const [hana, kenta] = [await enter("Hana"), await enter("Kenta")];
    const weekly = { when: "repeat", repeatKind: "week", weekday: ["1", "4"] };
    const fields = { ...notice, ...weekly, picture: "", point: "", version: "1" };
    const path = await write(hana, { ...weekly, until: "2031-03-31" });
    await kenta.post(`${path}/edit`, { ...fields, until: "2032-03-31", except: "2031-12-29" });
    const mine = { ...fields, until: "2033-03-31", fallback: "", "withoutPicture.ja": "yes" };
    const { status, html } = await hana.post(`${path}/edit`, mine, { "accept-language": "en" });
    expect(status).toBe(422);
    expect(html).toContain("Until 2033-03-31");
    expect(html).toContain("Not on: 2031-12-29 Until 2032-03-31");
    expect(html).toContain("A translation is needed before approval");
    const shown = [...html.matchAll(/class="version-text"[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(shown.join()).not.toMatch(/、|yes/);
    expect(html).toContain("<legend>日本語: ");
  });

  it("nothing of it is lost either when the form names a language that there is none", async () => {
    const [hana, kenta] = [await enter("Hana"), await enter("Kenta")];
    const path = (await hana.post("/console/broadcasts", notice)).to ?? "";
    await kenta.post(`${path}/edit`, { ...notice, "title.ja": "一", version: "1" });
    const late = { ...notice, to: "chosen", language: "nowhere", "body.ja": "わたしの本文", version: "1" };
    const { status, html } = await hana.post(`${path}/edit`, late);
    expect(status).toBe(422);
    expect(html).toContain("わたしの本文");
  });

  it("a choice made on a text that has changed once more is asked for again", async () => {
    const [hana, kenta] = [await enter("Hana"), await enter("Kenta")];
    const path = await write(hana);
    await kenta.post(`${path}/edit`, { ...notice, "title.ja": "一", version: "1" });
    await kenta.post(`${path}/edit`, { ...notice, "title.ja": "二", version: "2" });
    const late = { ...notice, "title.ja": "三", version: "2", resolve: "yes", "pick.title.ja": "mine" };
    const { status, html } = await hana.post(`${path}/edit`, late);
    expect([status, html.includes("二"), html.includes("三")]).toEqual([422, true, true]);
    expect(await saved(path)).toMatchObject({ contents: { ja: { title: "二" } } });
  });
});

describe("a new notice", () => {
  it("whose button was pressed twice is made once, and one changed after going back is not lost", async () => {
    const author = await enter("Hana");
    const copy = keyIn((await author.get("/console/broadcasts/new")).html);
    const path = await write(author, { copy, next: "submit" });
    expect(await write(author, { copy, next: "submit" })).toBe(path);
    const list = await world.admin.get("/broadcasts");
    expect(JSON.stringify(list.body).match(/"title":"Autumn"/g)).toHaveLength(1);

    const second = keyIn((await author.get("/console/broadcasts/new")).html);
    const draft = await write(author, { copy: second });
    expect(await write(author, { copy: second, "title.ja": "冬まつり" })).toBe(draft);
    expect(await saved(draft)).toMatchObject({ contents: { ja: { title: "冬まつり" } } });
    // What is sent to readers of a language without a text is part of it, too.
    const third = keyIn((await author.get("/console/broadcasts/new")).html);
    const other = await write(author, { copy: third });
    expect(await write(author, { copy: third, fallback: "" })).toBe(other);
    expect(await saved(other)).toMatchObject({ missingTranslations: "refuse" });
    // Another person's key makes another notice.
    expect(await write(await enter("Kenta"), { copy: second })).not.toBe(draft);
  });

  it("begins as a copy of an earlier one, but for its time", async () => {
    const author = await enter("Hana");
    const path = await write(author, { when: "time", sendAt: "2030-01-07T10:00", category: ["childcare"] });
    const { html } = await author.get(`/console/broadcasts/new?from=${path.split("/").at(-1)}`);
    expect(html).toContain('value="秋まつり"');
    expect(html).not.toContain("2030-01-07");
    expect(valueIn(html, "version")).toBe("");
    expect((await author.get("/console/broadcasts/new?from=nope")).status).toBe(404);
    expect((await author.get(path)).html).toContain(`/console/broadcasts/new?from=${path.split("/").at(-1)}`);
  });

  it("stands in lists by when it was made, whatever id a form made by hand names", async () => {
    const author = await enter("Hana");
    const copy = `new-7${"Z".repeat(25)}`;
    const { status, to } = await author.post("/console/broadcasts", { ...notice, copy });
    expect(status).toBe(303);
    expect(to).not.toContain(copy.slice("new-".length));
  });

  it("without a subject is called by its heading", async () => {
    const author = await enter("Hana");
    expect(await saved(await write(author, { title: " " }))).toMatchObject({ title: "秋まつり" });
    const none = { ...notice, title: "", "title.ja": "" };
    expect((await author.post("/console/broadcasts", none)).html).toContain("件名を入れてください");
  });

  it("takes a place without a point, and a point as maps write it", async () => {
    const author = await enter("Hana");
    const place = { picture: "", point: "", "placeName.ja": "公園", "placeAddress.ja": "中央1-1" };
    expect(await saved(await write(author, place))).toMatchObject({
      contents: { ja: { place: { name: "公園", address: "中央1-1" } } },
    });
    const path = await write(author, { ...place, point: "35.6812，139.7671" });
    expect(await saved(path)).toMatchObject({
      contents: { ja: { place: { latitude: 35.6812, longitude: 139.7671 } } },
    });
    expect(valueIn((await author.get(`${path}/edit`)).html, "point")).toBe("35.6812, 139.7671");
    for (const point of ["35.6", "north", "100, 200"])
      expect((await author.post("/console/broadcasts", { ...notice, ...place, point })).status).toBe(422);
  });
});

describe("a repeat", () => {
  it.each([
    [{ repeatKind: "month", monthDay: ["1", "11", "21"], repeatTime: "09:00" }, "0 9 1,11,21 * *"],
    [{ repeatKind: "week", weekday: ["1", "4"], repeatTime: "18:30" }, "30 18 * * 1,4"],
    [{ repeatKind: "cron", cron: "15 8 10 1-7,9-12 *" }, "15 8 10 1-7,9-12 *"],
  ])("is chosen without knowing patterns, and shown again as it was chosen: %j", async (chosen, cron) => {
    const author = await enter("Hana");
    const except = ["2030-08-11", "", "2030-12-31"];
    const path = await write(author, { when: "repeat", ...chosen, except, until: "2031-03-31" });
    expect(await saved(path)).toMatchObject({
      repeat: { cron, except: ["2030-08-11", "2030-12-31"], until: "2031-03-31" },
    });
    const { html } = await author.get(`${path}/edit`);
    expect(html).toContain(`name="repeatKind" value="${chosen.repeatKind}" checked`);
    expect(html).toContain('name="except" value="2030-12-31"');
    for (const value of "monthDay" in chosen ? chosen.monthDay : "weekday" in chosen ? chosen.weekday : [])
      expect(html).toMatch(new RegExp(`name="(monthDay|weekday)" value="${value}" checked`));
  });

  it("without a day is asked for one, and its next dates are shown with their holidays", async () => {
    const author = await enter("Hana");
    const none = await author.post("/console/broadcasts", { ...notice, when: "repeat", repeatKind: "week" });
    expect(none.status).toBe(422);
    expect(none.html).toContain("くり返す日を、一つ以上選んでください");
    const more = { ...notice, "title.ja": "", when: "repeat", repeatKind: "week" };
    const { html: all } = await author.post("/console/broadcasts", more);
    for (const said of ["くり返す日を、一つ以上選んでください", 'href="#f-title.ja"'])
      expect(all).toContain(said);
    const { html } = await author.post("/console/beside", {
      ...notice,
      when: "repeat",
      repeatKind: "month",
      monthDay: ["3"],
    });
    expect(html).toMatch(/class="holiday-mark">(憲法記念日|文化の日)</);
  });
});

describe("templates", () => {
  it("keep a notice that cannot be sent, are renamed, used and deleted; each act stands in the audit", async () => {
    const author = await enter("Hana");
    const { to } = await author.post("/console/broadcasts", { ...notice, "body.ja": "", next: "template" });
    expect(to).toMatch(/^\/console\/templates\?saved=/);
    expect((await author.get("/console/broadcasts")).html).toContain("まだ配信がありません");
    const { html } = await author.get("/console/templates");
    const id = /template=(\w+)/.exec(html)?.[1] ?? "";
    expect((await author.get(`/console/broadcasts/new?template=${id}`)).html).toContain('value="秋まつり"');
    expect((await author.post(`/console/templates/${id}/rename`, { title: " " })).status).toBe(422);
    expect((await author.post(`/console/templates/${id}/rename`, { title: "毎年の秋" })).status).toBe(303);
    expect((await author.get("/console/templates")).html).toContain("<h2>毎年の秋</h2>");
    expect((await author.post(`/console/templates/${id}/delete`)).status).toBe(303);
    expect((await author.post(`/console/templates/${id}/delete`)).status).toBe(404);
    expect((await author.get(`/console/broadcasts/new?template=${id}`)).status).toBe(404);
    expect((await author.get("/console/templates")).html).toContain("ひな形はまだありません");
  });

  it("are only for those who write", async () => {
    const viewer = await enter("Mika");
    expect((await viewer.get("/console/templates")).status).toBe(403);
    expect((await viewer.post("/console/templates/x/delete")).status).toBe(403);
  });
});

describe("beside the form", () => {
  it("says what to look at twice, the messages of this week too", async () => {
    await seedResidents(world.config, world.line, 30);
    const author = await enter("Hana");
    const beside = async (fields: Record<string, string | string[]> = {}) =>
      (await author.post("/console/beside", { ...notice, ...fields })).html;
    expect(await beside()).toContain("文面のないことばがあります");
    expect(await beside({ "body.ja": "2月30日に" })).toContain("2月30日");
    expect(await beside({ when: "time", sendAt: "2030-01-01T23:00" })).toContain("元日");
    expect(await beside()).not.toContain("この1週間で");
    const approver = await enter("Aoi");
    for (let index = 0; index < 5; index += 1) {
      const path = await write(author, { next: "submit" });
      await approver.post(`${path}/approve`, { version: "2" });
    }
    expect(await beside()).toContain("この1週間で6件");
  });

  it("draws the text, whatever stands for a picture", async () => {
    const author = await enter("Hana");
    for (const picture of ["/pictures/../x", "/pictures/", "nowhere"]) {
      const { status, html } = await author.post("/console/beside", { ...notice, picture });
      expect([picture, status]).toEqual([picture, 200]);
      expect(html).toContain("秋まつり");
    }
  });
});

describe("beside the form of a notice to the recipients of an earlier one", () => {
  it("stand who they are and the phone, and on its page how many they are", async () => {
    await seedResidents(world.config, world.line, 3);
    const author = await enter("Hana");
    const approver = await enter("Aoi");
    const original = await write(author, { next: "submit" });
    await approver.post(`${original}/approve`, { version: "2" });
    await waitFor("it to be sent", async () => (await saved(original))["state"] === "sent");
    const api = await world.staffWith("author");
    const { body: made } = await api.post("/broadcasts", {
      title: "Correction",
      audience: { recipientsOf: original.split("/").at(-1) },
      contents: { ja: { title: "訂正", body: "日曜日です。" } },
      missingTranslations: "fallback",
    });
    const fields = { ...notice, to: "kept", copy: String(made["id"]), "title.ja": "お詫びと訂正" };
    const { html } = await author.post("/console/beside", fields);
    expect(html).toContain("前の配信を受け取った人");
    expect(html).toContain("お詫びと訂正");
    const onItsPage = (await author.get(`/console/broadcasts/${String(made["id"])}`)).html;
    expect(onItsPage).toContain('<p class="total">3人</p>');
  });
});

describe("a test send", () => {
  const written = { ...notice, "title.en": "Autumn festival", "body.en": "On Saturday." };
  const send = async (visitor: Visitor, fields: Record<string, string | string[]> = {}) =>
    (await visitor.post("/console/test-send", { ...written, ...fields }, { "hx-request": "true" })).html;
  const codeOf = async (visitor: Visitor) => {
    await visitor.post("/console/account/phone");
    return /class="total">([\w-]+)</.exec((await visitor.get("/console/account/phone")).html)?.[1] ?? "";
  };

  it("goes to the writer's own phone only, each language marked as a test, and stands in the audit", async () => {
    const others = await seedResidents(world.config, world.line, 5);
    const person = createPerson(world);
    await person.follow();
    const author = await enter("Hana");
    expect(await send(author)).toContain("まだスマートフォンが登録されていません");
    await person.say(` ${(await codeOf(author)).toLowerCase()} `);
    expect(person.reads().join("")).toContain("Hana");
    expect(await send(author, { testLanguage: ["ja", "en"] })).toContain("日本語、English");
    const pushed = person.pushed();
    expect(pushed.map((text) => /【テスト】|秋まつり|Autumn festival/.exec(text)?.[0])).toEqual([
      "【テスト】",
      "秋まつり",
      "【テスト】",
      "Autumn festival",
    ]);
    for (const user of others) expect(world.line.platform.inbox(user)).toEqual([]);
    // Nobody else's phone: Kenta has none.
    expect(await send(await enter("Kenta"))).toContain("まだスマートフォンが登録されていません");
    expect((await (await enter("Mika")).post("/console/test-send", written)).status).toBe(403);
  });

  it("is refused when something is missing, after twenty in an hour, and once the phone has left", async () => {
    const person = createPerson(world);
    await person.follow();
    const author = await enter("Hana");
    await person.say(await codeOf(author));
    expect(await send(author, { "body.ja": "", testLanguage: "ja" })).toContain("日本語の本文");
    expect(await send(author, { testLanguage: "ko" })).toContain("送る文面がまだありません");
    const place = { point: "north", "placeName.ja": "公園", testLanguage: "ja" };
    expect(await send(author, place)).toContain("地図の位置");
    for (let sent = 0; sent < 20; sent += 1)
      expect(await send(author, { testLanguage: "ja" })).toContain("送りました");
    expect(await send(author, { testLanguage: "ja" })).toContain("1時間に20回まで");
    clock.advance(61 * minute);
    const back = await enter("Hana");
    expect(await send(back, { testLanguage: "ja" })).toContain("送りました");
    await person.block();
    await waitFor("the phone to be forgotten", async () =>
      (await send(back, { testLanguage: "ja" })).includes("登録されていません"),
    );
  });

  it("a code is worth nothing after ten minutes, nor twice", async () => {
    const [person, thief] = [createPerson(world), createPerson(world, { displayName: "thief" })];
    await person.follow();
    await thief.follow();
    const author = await enter("Hana");
    const code = await codeOf(author);
    clock.advance(11 * minute);
    await person.say(code);
    expect(person.reads().join("")).not.toContain("Hana");
    const fresh = await codeOf(author);
    await person.say(fresh);
    await thief.say(fresh);
    expect(thief.reads().join("")).not.toContain("Hana");
    await send(author, { testLanguage: "ja" });
    expect([person.pushed().length, thief.pushed().length]).toEqual([2, 0]);
  });
});
