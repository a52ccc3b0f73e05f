import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { projectPath } from "../../src/shared/project-root.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { startDemo } from "./support/demo.ts";
import { sitDown, writeIn } from "./support/staff-desk.ts";

// Makes the pictures of the README from the demo: the residents' phones a moment after a notice has arrived, how staff
// write, approve and look back, how a duty officer raises an alert, and the public page of what is in force. With
// names (`npm run picture -- alert now`) only those.

const folder = projectPath("test", "journeys", "pictures");
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const browser = await openBrowser();
const take = (page: Page, name: string) => page.screenshot({ path: `${folder}/${name}.png` });
const desk = { width: 1280, height: 960 };

async function takePhones(): Promise<void> {
  const { page } = await openPage(browser, { width: 1800, height: 970 });
  await page.goto(demo.phonesUrl);
  await page.getByText("健診を予約する").first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
  await take(page, "phones");
}

async function takeWriting(): Promise<void> {
  const { page, go } = await sitDown(browser, demo.apiUrl, "作成者として入る", desk);
  await go("/console/broadcasts/new");
  await page.getByRole("checkbox", { name: "子育て", exact: true }).check();
  await page.getByLabel("文面のないことばの人には").check();
  await writeIn(
    page,
    "English",
    "Reading hour for small children",
    "Picture books and songs, every Saturday.",
  );
  await writeIn(
    page,
    "日本語",
    "親子のおはなし会",
    "絵本の読み聞かせと手遊びです。\n土曜日 10時から、みほん図書館で。申し込みはいりません。",
  );
  await page.getByText("に自動で保存しました").waitFor();
  await page.getByText("文面", { exact: true }).scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 620));
  await take(page, "write");
  await page.getByRole("button", { name: "保存して承認を頼む" }).click();
  await page.getByText("承認待ち").waitFor();
}

async function takeDeciding(): Promise<void> {
  const { page, go } = await sitDown(browser, demo.apiUrl, "承認者として入る", desk);
  await page.getByRole("link", { name: "親子のおはなし会" }).click();
  await page.getByRole("button", { name: "承認する" }).waitFor();
  await take(page, "approve");
  await go("/console/broadcasts");
  await page.getByRole("link", { name: "秋の防災訓練のお知らせ" }).click();
  await page.getByRole("link", { name: "レポート" }).last().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await take(page, "report");
}

async function takeRaising(): Promise<void> {
  const { page, go } = await sitDown(browser, demo.apiUrl, "当直として入る", desk);
  await go("/console/alerts/new");
  await page.getByText("避難指示（警戒レベル４）").click();
  await page.getByText("地区を選ぶ", { exact: true }).click();
  await page.getByText("川端", { exact: true }).click();
  await page.getByText("洪水", { exact: true }).click();
  await page.getByText("みほん第二中学校").click();
  await page.locator("#beside", { hasText: "川端" }).waitFor();
  await page.waitForTimeout(1_500);
  await page.locator("#beside").getByRole("tab", { name: "English" }).click();
  await take(page, "alert");
  await page.getByRole("button", { name: "確認に進む（まだ送りません）" }).click();
  await page.getByText("別の人の確認を待っています").waitFor();
  const second = await sitDown(browser, demo.apiUrl, "もう一人の当番として入る", desk);
  await second.go(new URL(page.url()).pathname);
  await second.page.getByRole("button", { name: "今すぐ配信する" }).click();
  await second.page.getByText("次に知らせること").waitFor();
}

async function takeNow(): Promise<void> {
  const { page } = await openPage(browser, { width: 480, height: 720 });
  await page.goto(`${demo.apiUrl}/now/en`);
  await page.getByText("Evacuation Order").first().waitFor();
  await take(page, "now");
}

const pictures: Record<string, () => Promise<void>> = {
  phones: takePhones,
  write: takeWriting,
  approve: takeDeciding,
  alert: takeRaising,
  now: takeNow,
};
const wanted = process.argv.slice(2);

try {
  for (const [name, make] of Object.entries(pictures))
    if (wanted.length === 0 || wanted.includes(name)) await make();
} finally {
  await browser.close();
  await demo.end();
}
