import type { Browser, Page } from "playwright-core";
import { type OpenPage, type PageOptions, openPage } from "./browser.ts";

export interface StaffDesk extends OpenPage {
  /** Goes to a page of the staff by its path. */
  go(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Somebody of the staff at a computer of their own, signed in by the button of the demo's sign-in page. */
export async function sitDown(
  browser: Browser,
  baseUrl: string,
  button: string,
  options: PageOptions = {},
): Promise<StaffDesk> {
  const opened = await openPage(browser, { width: 1280, height: 900, ...options });
  const { page } = opened;
  await page.goto(`${baseUrl}/console`);
  await page.getByRole("button", { name: button }).first().click();
  await page.waitForURL(/\/console$/);
  return {
    ...opened,
    go: async (path) => void (await page.goto(`${baseUrl}${path}`)),
    close: () => page.context().close(),
  };
}

/** Opens the tab of a language and fills in its notice. */
export async function writeIn(page: Page, language: string, heading: string, body: string): Promise<void> {
  await page
    .getByRole("tablist", { name: "文面のことば" })
    .getByRole("tab", { name: new RegExp(`^${language}`) })
    .click();
  await page.getByLabel("見出し", { exact: true }).filter({ visible: true }).fill(heading);
  await page.getByLabel("本文", { exact: true }).filter({ visible: true }).fill(body);
}
