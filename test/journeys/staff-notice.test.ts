import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBarriers, openBrowser, openPage } from "./support/browser.ts";
import { type Demo, startDemo } from "./support/demo.ts";
import { sitDown, writeIn } from "./support/staff-desk.ts";

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.end();
});

const texts = [
  [
    "やさしい日本語",
    "広場（ひろば）の 工事（こうじ）",
    "2月（がつ）まで 広場（ひろば）は 使（つか）えません。",
  ],
  ["English", "Square under repair", "The square is closed until February."],
  ["简体中文", "广场施工", "广场关闭至二月。"],
  ["한국어", "광장 공사", "2월까지 광장을 사용할 수 없습니다."],
  ["日本語", "広場の工事", "2月まで広場は使えません。"],
] as const;

it("a notice in five languages is written, returned with a comment, mended, approved, and arrives in each one's own", async () => {
  const author = await sitDown(browser, demo.apiUrl, "作成者として入る");
  const { page } = author;
  await page.getByRole("link", { name: "配信を書く" }).click();
  await page.getByRole("radio", { name: "登録者全員" }).check();
  for (const [language, heading, body] of texts) await writeIn(page, language, heading, body);
  const beside = page.getByRole("complementary", { name: "届く人数と見え方" });
  await beside.getByText("広場の工事").first().waitFor();
  const people = await beside.getByText(/^\d+人$/).innerText();
  expect(await page.getByRole("tab", { name: /記入済み/ }).count()).toBe(5);
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 720 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await beside.getByRole("button", { name: "暗い画面で見る" }).click();
  await beside.getByRole("tab", { name: /^한국어/ }).click();
  await beside.getByText("광장 공사").filter({ visible: true }).first().waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "保存して承認を頼む" }).click();
  await page.getByText("承認待ち").waitFor();

  const approver = await sitDown(browser, demo.apiUrl, "承認者として入る");
  await approver.page.getByRole("link", { name: "広場の工事" }).click();
  await approver.page.getByText("差し戻す…").click();
  await approver.page.getByLabel("差し戻す理由").fill("いつからかも書いてください。");
  expect(await findBarriers(approver.page)).toEqual([]);
  await approver.page.getByRole("button", { name: "差し戻す", exact: true }).click();
  await approver.page.getByText("差し戻し", { exact: true }).first().waitFor();

  await author.go("/console");
  await page.getByText("いつからかも書いてください。").waitFor();
  await page.getByRole("link", { name: "広場の工事" }).first().click();
  await page.getByRole("link", { name: "直す", exact: true }).click();
  await writeIn(page, "日本語", "広場の工事", "12月1日から2月まで広場は使えません。");
  await page.getByRole("button", { name: "保存して承認を頼む" }).click();
  await page.getByText("承認待ち").waitFor();

  await approver.go("/console");
  await approver.page.getByRole("link", { name: "広場の工事" }).click();
  const decision = approver.page.locator(".decision");
  await decision.locator("ins").getByText("12月1日").first().waitFor();
  await decision.getByText(new RegExp(`承認すると、${people}に\\dつのことばで、すぐに届きます`)).waitFor();
  expect(await findBarriers(approver.page)).toEqual([]);
  await decision.getByRole("button", { name: "承認する" }).click();
  await approver.page.getByText("送信済み").waitFor();
  await approver.page.getByRole("link", { name: "レポート" }).last().waitFor();

  const phones = await openPage(browser, { width: 1800, height: 1200 });
  await phones.page.goto(demo.phonesUrl);
  const phone = (name: string) =>
    phones.page
      .locator("section, article, li")
      .filter({ has: phones.page.getByRole("heading", { name }) })
      .last();
  for (const [name, heading] of [
    ["さくら", "広場の工事"],
    ["昭三", "広場（ひろば）の 工事（こうじ）"],
    ["Emily", "Square under repair"],
    ["王小梅", "广场施工"],
  ] as const) {
    await phone(name).getByText(heading).first().waitFor();
    for (const [, other] of texts)
      if (other !== heading) expect(await phone(name).getByText(other, { exact: true }).count()).toBe(0);
  }
  for (const { complaints } of [author, approver, phones]) expect(complaints).toEqual([]);
  await Promise.all([author.close(), approver.close(), phones.page.context().close()]);
});

it("a section's author can address its own categories only, and is told so", async () => {
  const author = await sitDown(browser, demo.apiUrl, "作成者（子育て支援課）として入る");
  const { page } = author;
  await page.getByRole("link", { name: "配信を書く" }).click();
  expect(await page.getByRole("radio", { name: "登録者全員" }).isDisabled()).toBe(true);
  expect(await page.getByRole("checkbox", { name: "防災・災害" }).isDisabled()).toBe(true);
  await page.getByRole("checkbox", { name: "子育て", exact: true }).check();
  await writeIn(page, "日本語", "親子の広場", "木曜日です。");
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByText("下書き", { exact: true }).first().waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await author.go("/console/broadcasts");
  await page.getByRole("link", { name: "秋の防災訓練のお知らせ" }).click();
  await page.getByRole("heading", { level: 1, name: "秋の防災訓練のお知らせ" }).waitFor();
  expect(await page.getByRole("link", { name: "直す", exact: true }).count()).toBe(0);
  expect(author.complaints).toEqual([]);
  await author.close();
});
