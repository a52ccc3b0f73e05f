import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBarriers, openBrowser, openPage } from "./support/browser.ts";
import { type Demo, startDemo } from "./support/demo.ts";

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.end();
});

async function enter(role: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, { width: 1280, height: 900 });
  await opened.page.goto(demo.consoleUrl);
  expect(await findBarriers(opened.page)).toEqual([]);
  await opened.page.getByRole("button", { name: role }).click();
  await opened.page.getByRole("heading", { name: "あなたの番です" }).waitFor();
  return opened;
}

it("a notice is written once, seen as residents will see it, approved by somebody else, and arrives on the phones", async () => {
  const author = await enter("作成者として入る");
  const { page } = author;
  await page.getByRole("link", { name: "配信を書く" }).click();
  await page.getByLabel("件名（職員用）").fill("避難訓練");
  await page.getByRole("checkbox", { name: "防災・災害" }).check();
  await page.getByLabel("見出し").first().fill("避難訓練を行います");
  await page.getByLabel("本文").first().fill("12月5日、みほん小学校で。");
  await page.getByLabel("文面のないことばの人には").check();
  const beside = page.getByRole("complementary", { name: "届く人数と見え方" });
  await beside.getByText("避難訓練を行います").first().waitFor();
  const people = await beside.getByText(/^\d+人$/).innerText();
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 720 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "保存して承認を頼む" }).click();
  await page.getByText("承認待ち").waitFor();
  expect(await findBarriers(page)).toEqual([]);

  const approver = await enter("承認者として入る");
  await approver.page.getByRole("link", { name: "避難訓練" }).click();
  await approver.page.getByText(`承認すると、${people}`).waitFor();
  expect(await findBarriers(approver.page)).toEqual([]);
  await approver.page.getByRole("button", { name: "承認する" }).click();
  await approver.page.getByText("送信済み").waitFor();
  expect(await findBarriers(approver.page)).toEqual([]);

  const phones = await openPage(browser, { width: 1800, height: 1200 });
  await phones.page.goto(demo.phonesUrl);
  await phones.page.getByText("避難訓練を行います").first().waitFor();
  for (const { complaints } of [author, approver, phones]) expect(complaints).toEqual([]);
  for (const each of [author, approver, phones]) await each.page.context().close();
});
