import { existsSync, readFileSync } from "node:fs";
import { type Browser, type Page, chromium } from "playwright-core";
import { projectPath } from "../../../src/shared/project-root.ts";

const executables = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Nothing of the browser's own may go out: journeys run on closed networks.
const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openBrowser(): Promise<Browser> {
  const executablePath = executables.find(existsSync);
  if (executablePath === undefined) throw new Error("Journeys need Chromium: apt-get install chromium.");
  return await chromium.launch({ executablePath, args: quiet });
}

export interface PageOptions {
  width?: number;
  height?: number;
  /** The browser's language. */
  locale?: string;
  reducedMotion?: boolean;
}

export interface OpenPage {
  page: Page;
  /** What the page complained about: script errors and violations of its Content-Security-Policy. */
  complaints: string[];
}

export async function openPage(browser: Browser, options: PageOptions = {}): Promise<OpenPage> {
  const { width = 1400, height = 1000, locale = "ja-JP", reducedMotion = false } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // Pictures that cannot be fetched are part of the journey; a refused style or script is not.
    if (message.type() === "error" && !message.text().includes("net::ERR"))
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  return { page, complaints };
}

const axe = readFileSync(projectPath("node_modules/axe-core/axe.min.js"), "utf8");

interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** What is fading in is faint: waits until it is there. */
const settled = `Promise.all(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime < 1_000)
  .map((each) => each.finished.catch(() => undefined))).then(() => undefined)`;

/** What axe-core finds wrong with the page as it is now, in a form that reads well when a test fails. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(settled);
  await page.evaluate(axe);
  const results: AxeResults = await page.evaluate("axe.run()");
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}
