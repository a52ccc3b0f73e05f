import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBarriers, openBrowser, openPage } from "./support/browser.ts";
import { type Demo, startDemo } from "./support/demo.ts";
import { type StaffDesk, sitDown } from "./support/staff-desk.ts";

let demo: Demo;
let browser: Browser;
let officer: StaffDesk;
let second: StaffDesk;
let phones: Page;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
  officer = await sitDown(browser, demo.apiUrl, "当直として入る", { width: 390, height: 844 });
  second = await sitDown(browser, demo.apiUrl, "もう一人の当番として入る", { width: 390, height: 844 });
  ({ page: phones } = await openPage(browser, { width: 1800, height: 1200 }));
  await phones.goto(demo.phonesUrl);
});
afterAll(async () => {
  await browser.close();
  await demo.end();
});

const phone = (name: string) =>
  phones
    .locator("section, article, li")
    .filter({ has: phones.getByRole("heading", { name }) })
    .last();

/** Neither barriers nor a page that scrolls sideways. */
async function look({ page }: StaffDesk): Promise<string[]> {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [...(await findBarriers(page)), ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : [])];
}

/** The page has been loaded anew by itself, since all of it was handed over. */
const sent = ({ page }: StaffDesk) => page.locator("section.progress:not([sse-connect])").waitFor();

const header = ({ page }: StaffDesk) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

it("on a phone a duty officer raises level 4 in four decisions, another confirms, and residents read it in their languages", async () => {
  const { page } = officer;
  const found: string[] = [];
  const began = Date.now();
  await officer.go("/console/alerts/new");
  await page.getByText("避難指示（警戒レベル４）").click();
  await page.getByText("みほん区全域", { exact: true }).click();
  await page.getByText("洪水", { exact: true }).click();
  await page.locator("#reach-short", { hasText: "みほん区全域の324人" }).waitFor();
  await page.getByRole("button", { name: "確認に進む（まだ送りません）" }).click();
  await page.getByText("別の人の確認を待っています").waitFor();
  const address = new URL(page.url()).pathname;
  await second.go(address);
  await second.page.getByText("324人に、今すぐ配信します").waitFor();
  await second.page.getByRole("button", { name: "今すぐ配信する" }).click();
  await second.page.getByText("次に知らせること").waitFor();
  expect(Date.now() - began).toBeLessThan(20_000);

  await phone("Emily").getByText("Evacuation Order").first().waitFor();
  await phone("王小梅").getByText("避难指示").first().waitFor();
  // Whoever raised it watches it go without touching anything.
  await Promise.all([sent(officer), sent(second)]);
  found.push(...(await look(officer)), ...(await look(second)));
  // On a phone no column of the figures is cut.
  expect(
    await page.locator(".progress .scrolls").evaluate((each) => each.scrollWidth - each.clientWidth),
  ).toBe(0);

  await second.page.getByRole("link", { name: "訂正を送る" }).click();
  await second.page.getByText("もとの配信を渡した人のうち").first().waitFor();
  found.push(...(await look(second)));
  await second.page.getByRole("button", { name: "確認に進む" }).click();
  await second.page.getByText("別の人の確認を待っています").waitFor();
  await officer.go(new URL(second.page.url()).pathname);
  await page.getByRole("button", { name: "今すぐ配信する" }).click();
  await phone("Emily").getByText("CORRECTION").first().waitFor();
  await sent(officer);
  expect(found).toEqual([]);
});

it("a rehearsal looks like one on every page, is quite another phrase, and reaches no resident", async () => {
  const { page } = officer;
  await officer.go("/console/alerts");
  const meant = await header(officer);
  const found: string[] = [];
  await officer.go("/console/drill");
  found.push(...(await look(officer)));
  await page.getByText("リハーサル", { exact: true }).click();
  await page.getByRole("button", { name: "訓練モードに入る" }).click();
  for (const path of ["/console", "/console/broadcasts", "/console/alerts", "/console/alerts/new"]) {
    await officer.go(path);
    await page.getByText("訓練中：リハーサル").waitFor();
    expect(await page.title()).toMatch(/^【訓練】/);
    expect(await header(officer)).not.toBe(meant);
    found.push(...(await look(officer)));
  }
  await page.getByText("緊急安全確保").click();
  await page.getByText("みほん区全域", { exact: true }).click();
  await page.getByText("洪水", { exact: true }).click();
  found.push(...(await look(officer)));
  await page.getByRole("button", { name: "リハーサルの確認に進む" }).click();
  await page.getByText("ほかに人がいない").click();
  found.push(...(await look(officer)));
  await page.getByLabel("「訓練配信」と入力してください").fill("緊急配信");
  await page.getByLabel("一人で送る理由").fill("練習");
  await page.getByRole("button", { name: "リハーサルを一人で送る" }).click();
  await page.getByText("「訓練配信」と、そのまま入力してください").waitFor();
  found.push(...(await look(officer)));
  await page.getByLabel("「訓練配信」と入力してください").fill("訓練配信");
  await page.getByRole("button", { name: "リハーサルを一人で送る" }).click();
  await page.getByRole("heading", { name: "訓練の成績" }).waitFor();
  await sent(officer);
  found.push(...(await look(officer)));
  expect(
    await phone("Emily")
      .getByText(/DRILL|Emergency Safety/)
      .count(),
  ).toBe(0);
  await page.getByRole("button", { name: "訓練モードを終える" }).click();
  await page.waitForURL(/\/console\/alerts$/);
  expect(await header(officer)).toBe(meant);
  expect(found).toEqual([]);
});

it("a session that ends in the middle of raising takes nothing away, and one alert is raised", async () => {
  const { page } = officer;
  const endSession = async () => {
    const session = (await page.context().cookies()).find(({ name }) => name === "kairan");
    if (session !== undefined) await page.context().addCookies([{ ...session, value: "over" }]);
  };
  const signInAgain = async () => {
    await page.waitForURL(/\/console\/sign-in/);
    await page.getByRole("button", { name: "当直として入る" }).first().click();
    await page.getByText("ログアウトする前に入力した内容です").waitFor();
  };
  await officer.go("/console/alerts/new");
  await page.getByText("行方不明者", { exact: true }).click();
  await page.getByText("地区を選ぶ", { exact: true }).click();
  await page.getByText("川端", { exact: true }).click();
  await page.locator("#reach-short", { hasText: "川端" }).waitFor();
  await endSession();
  await page.getByLabel("特徴", { exact: false }).first().fill("紺の上着の'<b>方");
  await signInAgain();
  expect(await page.getByLabel("川端", { exact: true }).isChecked()).toBe(true);
  const key = await page.locator("[name=key]").inputValue();
  await endSession();
  await page.getByRole("button", { name: "確認に進む（まだ送りません）" }).click();
  await signInAgain();
  expect(await page.getByLabel("特徴", { exact: false }).first().inputValue()).toBe("紺の上着の'<b>方");
  const found = await look(officer);
  await page.getByRole("button", { name: "確認に進む（まだ送りません）" }).click();
  await page.getByText("別の人の確認を待っています").waitFor();
  expect(`new-${page.url().split("/").at(-1) ?? ""}`).toBe(key);
  // Somebody else at the same browser finds nothing of it.
  await officer.go("/console/alerts/new?template=waterFailure");
  await endSession();
  await page.getByText("みほん区全域", { exact: true }).click();
  await page.waitForURL(/\/console\/sign-in/);
  await page.getByRole("button", { name: "もう一人の当番として入る" }).first().click();
  await page.waitForURL(/\/console\/alerts\/new/);
  await page.waitForFunction(() => sessionStorage.getItem("kairan.form") === null);
  expect(await page.getByLabel("みほん区全域", { exact: true }).isChecked()).toBe(false);
  expect(found).toEqual([]);
});

it("who has only a keyboard passes along the templates, chooses one, and always sees where they are", async () => {
  const desk = await sitDown(browser, demo.apiUrl, "当直として入る", { width: 390, height: 844 });
  const { page } = desk;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const chosen = (name: string) => page.locator(".chosen-template > summary", { hasText: name }).waitFor();
  await desk.go("/console/alerts/new");
  await page.getByLabel("緊急安全確保").focus();
  await press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
  expect(await page.getByLabel("津波").isChecked()).toBe(true);
  expect(await page.locator(".chosen-template").count()).toBe(0);
  await press("Tab");
  await chosen("津波");
  await page.waitForFunction(() => document.activeElement?.matches("#template > summary"));
  await press("Enter", "Tab", "ArrowDown", "Space");
  await chosen("地震");
  await page.waitForFunction(() => document.activeElement?.matches("#template > summary"));
  const covered: string[] = [];
  for (let stop = ""; !stop.startsWith("確認に進む");) {
    await press("Tab");
    stop = await page.evaluate(() => document.activeElement?.textContent ?? "");
    const isCovered = await page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const { left, top, height } = focused.getBoundingClientRect();
      return (
        document.elementFromPoint(left + 10, top + height / 2)?.closest(".finish") !==
        focused.closest(".finish")
      );
    });
    if (isCovered) covered.push(await page.evaluate(() => document.activeElement?.outerHTML ?? ""));
  }
  expect(covered).toEqual([]);
  expect(desk.complaints).toEqual([]);
  await desk.close();
});

it("the page says at the narrowest width, and in English, what is wrong and where", async () => {
  const desk = await sitDown(browser, demo.apiUrl, "管理者として入る", { width: 320 });
  const { page } = desk;
  await page.getByRole("button", { name: "English" }).click();
  await desk.go("/console/alerts/new?template=evacuationLevel4");
  await page.getByRole("button", { name: /Go on to confirmation/ }).click();
  await page.getByRole("link", { name: "Choose where." }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("problems");
  expect(await look(desk)).toEqual([]);
  // A field is touched from outside, as by a password manager: drawing it anew copies no inline style.
  await page.locator("[name='b.note']").evaluate((field: HTMLElement) => {
    field.style.setProperty("color", "red");
    field.style.removeProperty("color");
  });
  await page.locator(".chosen-template > summary").click();
  await page.getByText("Large fire").first().click();
  await page.locator(".chosen-template > summary", { hasText: "Large fire" }).waitFor();
  await page.locator("#f-b\\.note").waitFor();
  expect(
    [...officer.complaints, ...second.complaints, ...desk.complaints].filter((each) => !/4\d\d/.test(each)),
  ).toEqual([]);
});
