import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBarriers, openBrowser, openPage } from "./support/browser.ts";
import { type Demo, startDemo } from "./support/demo.ts";
import { type StaffDesk, sitDown } from "./support/staff-desk.ts";

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await demo.end();
});

const pages = {
  "": [
    "/console",
    "/console/calendar",
    "/console/broadcasts",
    "/console/broadcasts?state=cancelled",
    "/console/broadcasts/new",
    "/console/reports",
    "/console/residents",
    "/console/account",
    "/console/account/phone",
    "/console/nowhere",
  ],
  作成者として入る: ["/console/templates"],
  管理者として入る: [
    "/console/catalogue",
    "/console/catalogue/add/categories",
    "/console/sections",
    "/console/sections/new",
    "/console/staff",
    "/console/staff/invite",
  ],
  監査担当として入る: ["/console/audit", "/console/audit/chain"],
};

/** What leads on from a page to one of its kind. */
const details: Record<string, [list: string, link: string][]> = {
  作成者として入る: [["/console/broadcasts", ".list a"]],
  管理者として入る: [
    ["/console/staff", ".people a"],
    ["/console/sections", 'main a[href^="/console/sections/0"]'],
    ["/console/catalogue", 'main a[href^="/console/catalogue/categories/"]'],
    ["/console/catalogue", 'main a[href$="/retire"]'],
    ["/console/reports", 'main a[href$="/report"]'],
  ],
};

async function look({ page, go }: StaffDesk, path: string): Promise<string[]> {
  await go(path);
  const found = await findBarriers(page);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [...found, ...(wide > 0 ? [`scrolls sideways by ${wide} px`] : [])].map(
    (each) => `${path}: ${each}`,
  );
}

describe.each([
  { width: 1280, locale: "ja-JP" },
  { width: 320, locale: "ja-JP" },
  { width: 390, locale: "en-US" },
])("at $width px in $locale", ({ width, locale }) => {
  it("every page of the staff has no barriers, does not scroll sideways, and runs what it should", async () => {
    const found: string[] = [];
    for (const [button, theirs] of Object.entries(pages)) {
      const desk = await sitDown(browser, demo.apiUrl, button === "" ? "作成者として入る" : button, {
        width,
      });
      const { page } = desk;
      if (locale === "en-US") await page.getByRole("button", { name: "English" }).click();
      for (const path of theirs) found.push(...(await look(desk, path)));
      for (const [list, link] of Object.entries(details).flatMap(([who, all]) =>
        who === button ? all : [],
      )) {
        await desk.go(list);
        const to = await page.locator(link).last().getAttribute("href");
        found.push(...(await look(desk, to ?? "")));
      }
      expect(desk.complaints.filter((each) => !each.includes("404"))).toEqual([]);
      await desk.close();
    }
    expect(found).toEqual([]);
  });

  it("so has the sign-in page, also when somebody was wrong", async () => {
    const { page, complaints } = await openPage(browser, { width, locale });
    await page.goto(demo.consoleUrl);
    expect(await findBarriers(page)).toEqual([]);
    await page.locator("summary").click();
    await page.locator("input[type=email]").fill("nobody@example.jp");
    await page.locator("input[type=password]").fill("no such passphrase");
    await page.locator("input[type=password]").press("Enter");
    await page.getByRole("alert").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints.filter((each) => !/40[0-9]|422/.test(each))).toEqual([]);
    await page.context().close();
  });
});

it("what is seldom used stands in a menu that Escape and a click elsewhere close", async () => {
  const desk = await sitDown(browser, demo.apiUrl, "管理者として入る");
  const { page } = desk;
  const button = page.getByText("ひな形・設定");
  const staff = page.getByRole("link", { name: "職員", exact: true });
  await button.click();
  await staff.waitFor();
  await page.keyboard.press("Escape");
  await staff.waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("ひな形・設定");
  await page.keyboard.press("Enter");
  await staff.waitFor();
  await page.getByRole("heading", { name: "システムの状態" }).click();
  await staff.waitFor({ state: "hidden" });
  await desk.close();
});
