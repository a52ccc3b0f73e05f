import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { seedResidents } from "../support/seed.ts";
import { createMovableClock } from "../support/sending.ts";
import { findBarriers, openBrowser } from "./support/browser.ts";
import { type StaffDesk, sitDown, writeIn } from "./support/staff-desk.ts";

let browser: Browser;
let office: StaffedConsole;
let clock: ReturnType<typeof createMovableClock>;
let desks: StaffDesk[];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  clock = createMovableClock();
  desks = [];
  office = await openConsole({ overrides: { clock }, environment: { LINE_MULTICASTS_PER_SECOND: "1" } });
});
afterEach(async () => {
  for (const desk of desks) await desk.close();
  await office.world.end();
});

const buttons = { author: "作成者として入る", approver: "承認者として入る", viewer: "閲覧者として入る" };
const minute = 60_000;

async function sit(role: keyof typeof buttons): Promise<StaffDesk> {
  const desk = await sitDown(browser, office.world.kairan.url, buttons[role]);
  desks.push(desk);
  return desk;
}

/** Writes a notice for everybody; it stands on the page, saved or handed in. */
async function write(
  { page, go }: StaffDesk,
  button: "下書きを保存" | "保存して承認を頼む",
): Promise<string> {
  await go("/console/broadcasts/new");
  await page.getByRole("radio", { name: "登録者全員" }).check();
  await page.getByLabel("文面のないことばの人には").check();
  await writeIn(page, "日本語", "水道の工事", "水曜日です。");
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(/\/console\/broadcasts\/[0-9A-Z]{26}$/);
  return new URL(page.url()).pathname;
}

it("what was typed while the session lapsed is still there after signing in again, and is saved", async () => {
  const author = await sit("author");
  const { page } = author;
  await author.go("/console/broadcasts/new");
  await page.getByRole("radio", { name: "登録者全員" }).check();
  await page.getByLabel("文面のないことばの人には").check();
  await writeIn(page, "日本語", "夜に書いた題", "長い文章。");
  clock.advance(31 * minute);
  await page.getByRole("button", { name: "保存して承認を頼む" }).click();
  await page.getByText("ログインが切れました").waitFor();
  expect(await findBarriers(page)).toEqual([]);

  const tab = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "別のタブでログインする" }).click();
  const second = await tab;
  await second.getByRole("button", { name: buttons.author }).click();
  await second.getByRole("heading", { name: "あなたの番です" }).waitFor();
  await second.close();
  await page.getByText("ログインが切れました").waitFor({ state: "hidden" });
  expect(await page.getByLabel("本文", { exact: true }).first().inputValue()).toBe("長い文章。");
  await page.getByRole("button", { name: "保存して承認を頼む" }).click();
  await page.getByText("承認待ち").waitFor();
  await page.getByRole("heading", { level: 1, name: "夜に書いた題" }).waitFor();
});

it("what was typed after the session lapsed is offered again to the same person, also when the page was closed", async () => {
  const author = await sit("author");
  const { page } = author;
  await author.go("/console/broadcasts/new");
  clock.advance(31 * minute);
  await writeIn(page, "日本語", "閉じた題", "閉じた文章。");
  await page.getByText("ログインが切れました").waitFor();
  await author.go("/console");
  await page.getByRole("button", { name: buttons.approver }).click();
  await page.getByRole("heading", { name: "あなたの番です" }).waitFor();
  await page.getByRole("button", { name: "ログアウト" }).click();
  await page.getByRole("button", { name: buttons.author }).first().click();
  await author.go("/console/broadcasts/new");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "書きかけを入れる" }).click();
  expect(await page.getByLabel("本文", { exact: true }).first().inputValue()).toBe("閉じた文章。");
  await page.getByText("に自動で保存しました").waitFor();
  await author.go("/console/broadcasts/new");
  expect(await page.getByRole("button", { name: "書きかけを入れる" }).isVisible()).toBe(false);
  await page.getByRole("link", { name: "続きを書く" }).click();
  expect(await page.getByLabel("見出し", { exact: true }).first().inputValue()).toBe("閉じた題");
});

it("a browser that goes down while somebody writes takes nothing away", async () => {
  const author = await sit("author");
  await author.go("/console/broadcasts/new");
  await writeIn(author.page, "日本語", "途中の題", "途中まで");
  await author.page.getByText("に自動で保存しました").waitFor();
  await author.close();
  desks = [];

  const again = await sit("author");
  await again.page.getByRole("link", { name: "途中の題" }).click();
  await again.page.getByText("書きかけを開いています").waitFor();
  expect(await again.page.getByLabel("見出し", { exact: true }).first().inputValue()).toBe("途中の題");
  expect(await findBarriers(again.page)).toEqual([]);
});

it("what the server could not be told is offered when the page is opened again, with the days it does not go", async () => {
  const author = await sit("author");
  const { page } = author;
  await author.go("/console/broadcasts/new");
  await writeIn(page, "日本語", "途中の題", "途中まで");
  await page.getByText("に自動で保存しました").waitFor();
  const copy = await page.locator("input[name=copy]").inputValue();
  await page.route("**/console/working-copies", (route) => route.abort());
  await page.locator("input[name=when][value=repeat]").check();
  const days = ["2031-01-01", "2031-01-02", "2031-01-03"];
  await page.locator("[data-add-exception]").click();
  for (const [index, day] of days.entries()) await page.locator("input[name=except]").nth(index).fill(day);
  await page.waitForFunction((last) => Object.values(localStorage).join().includes(last), "2031-01-03");
  await author.go(`/console/broadcasts/new?copy=${copy}`);
  await page.locator("[data-left-here=take]").click();
  const shown = page.locator("input[name=except]");
  expect(await shown.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))).toEqual(days);
});

it("each mistake leads to what it is about, also where that is no field that can be typed in", async () => {
  const author = await sit("author");
  const { page } = author;
  await author.go("/console/broadcasts/new");
  await page.getByRole("button", { name: "下書きを保存" }).click();
  const mistakes = page.getByRole("alert").getByRole("link");
  await mistakes.first().waitFor();
  for (const mistake of await mistakes.all()) {
    const place = (await mistake.getAttribute("href")) ?? "";
    await mistake.click();
    expect([
      place,
      await page.locator(`[id="${place.slice(1)}"]:focus, ${place}:focus-within`).count(),
    ]).toEqual([place, 1]);
  }
});

it("a text whose button leads nowhere is not called finished", async () => {
  const { page, go } = await sit("author");
  await go("/console/broadcasts/new");
  await writeIn(page, "日本語", "水道の工事", "水曜日です。");
  await page.locator("[name='linkLabel.ja']").fill("くわしく");
  const mark = page.locator("[data-tabs=text] [data-language=ja] .mark");
  const link = page.locator("[name='linkUrl.ja']");
  // The mark is drawn in the very turn of the key.
  await link.fill("www.example.jp");
  expect(await mark.getAttribute("data-state")).toBe("partly");
  await link.fill("https://www.example.jp");
  expect(await mark.getAttribute("data-state")).toBe("complete");
});

it("two editors of one draft are told of each other, and the second chooses between both texts", async () => {
  await office.employ("author", "author");
  const [first, second] = [
    await sit("author"),
    await sitDown(browser, office.world.kairan.url, buttons.author),
  ];
  desks.push(second);
  const path = await write(first, "下書きを保存");
  // The other author signs in by the second button of that name.
  await second.page.context().clearCookies();
  await second.go("/console");
  await second.page.getByRole("button", { name: buttons.author }).nth(1).click();
  await second.page.waitForURL(/\/console$/);
  await first.go(`${path}/edit`);
  await second.go(`${path}/edit`);
  await second.page.getByText("いまこの配信を開いています").waitFor();

  await writeIn(first.page, "日本語", "水道の工事", "木曜日になりました。");
  await first.page.getByRole("button", { name: "下書きを保存" }).click();
  await first.page.waitForURL((url) => url.pathname === path);
  await writeIn(second.page, "日本語", "水道の工事", "金曜日になりました。");
  await second.page.getByRole("button", { name: "下書きを保存" }).click();
  await second.page.getByRole("heading", { name: "ほかの人の変更と重なりました" }).waitFor();
  for (const text of ["木曜日になりました。", "金曜日になりました。"])
    expect(await second.page.getByText(text).count()).toBeGreaterThan(0);
  expect(await findBarriers(second.page)).toEqual([]);
  for (const each of await second.page.getByRole("radio", { name: "あなたの内容" }).all()) await each.check();
  await second.page.getByRole("button", { name: "選んだ内容で保存" }).click();
  await second.page.waitForURL((url) => url.pathname === path);
  await second.page.getByText("金曜日になりました。").first().waitFor();
});

it("what is going out can be stopped from the page and resumed, and reaches everybody once", async () => {
  const { world } = office;
  const people = await seedResidents(world.config, world.line, 400);
  const [author, approver] = [await sit("author"), await sit("approver")];
  const path = await write(author, "保存して承認を頼む");
  const { page } = approver;
  await approver.go(path);
  await page.getByRole("button", { name: "承認する" }).click();
  await page.getByText("止める…").click();
  await page.getByLabel("止める理由").fill("日付の間違い");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "止める", exact: true }).click();
  await page.getByText("停止中").first().waitFor();
  await page.getByText("日付の間違い").first().waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "再開する" }).click();
  await page.getByText("送信済み").first().waitFor();
  const copies = people.map(
    (id) => world.line.platform.inbox(id).filter(({ from }) => from === "bot").length,
  );
  expect(copies.every((count) => count === 1)).toBe(true);
});

it("whoever may only look sees no button that acts, and is told when a page is not theirs", async () => {
  const author = await sit("author");
  const path = await write(author, "保存して承認を頼む");
  const viewer = await sit("viewer");
  await viewer.go(path);
  await viewer.page.getByRole("heading", { level: 1, name: "水道の工事" }).waitFor();
  expect(await viewer.page.locator("main form button").count()).toBe(0);
  await viewer.go("/console/staff");
  expect(await findBarriers(viewer.page)).toEqual([]);
  await viewer.page.getByRole("link", { name: "ホーム" }).last().click();
  await viewer.page.getByRole("heading", { name: "あなたの番です" }).waitFor();
});
