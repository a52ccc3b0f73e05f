import { mkdirSync } from "node:fs";
import { projectPath } from "../../src/shared/project-root.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { startDemo } from "./support/demo.ts";

// Makes the picture of the README: the demo's phones, a moment after a notice has arrived.

const folder = projectPath("test", "journeys", "pictures");
mkdirSync(folder, { recursive: true });
const demo = await startDemo();
const browser = await openBrowser();
try {
  const { page } = await openPage(browser, { width: 1800, height: 970 });
  await page.goto(demo.phonesUrl);
  await page.getByText("健診を予約する").first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(1_500);
  await page.screenshot({ path: `${folder}/phones.png` });
} finally {
  await browser.close();
  await demo.end();
}
