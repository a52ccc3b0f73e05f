import { createServer } from "node:http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenAlert } from "../../src/messages/open-alert.ts";
import { createNow } from "../../src/now/now.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { closeServer, listen } from "../../src/shared/listen.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { openAlert } from "../support/open-alerts.ts";
import { mihonProfile } from "../support/wards.ts";
import { findBarriers, openBrowser, openPage } from "./support/browser.ts";

const ward = loadWard(mihonProfile);
const at = Date.now();
const levels = [1, 2, 3, 4, 5].map((level) => openAlert(at - level, { id: `level${level}`, level }));
const tones = (["danger", "warning", "notice", "safe"] as const).map((tone) => {
  const { level: _, ...alert } = openAlert(at - 10, { id: tone, tone });
  return alert;
});
const everything: OpenAlert[] = [
  ...levels,
  ...tones,
  openAlert(at - 1, { id: "update", of: "level4", kind: "update" }),
  openAlert(at - 1, { id: "drill", mode: "publicDrill" }),
  openAlert(at - 1_000, { id: "ended", endedAt: at - 500 }),
];
let alerts: OpenAlert[] = [];
const now = createNow({
  ward,
  sentences: loadSentences(),
  clock: systemClock,
  log: createLogger("silent"),
  moreOpen: async () => 0,
  openAlerts: async () => alerts,
  endedSince: async () => [],
});
const server = createServer((request, response) => {
  if (!now.handle(request, response)) response.writeHead(404).end();
});
let url: string;
let browser: Browser;
beforeAll(async () => {
  url = await listen(server, "127.0.0.1", 0);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await closeServer(server);
});

describe("/now on a phone", () => {
  it.each(
    ward.languages.flatMap((language) =>
      (["light", "dark"] as const).flatMap((scheme) =>
        [[], everything].map((open) => ({ language, scheme, open, count: open.length })),
      ),
    ),
  )("has no barrier in $language, $scheme, with $count alerts", async ({ language, scheme, open }) => {
    alerts = open;
    await now.refresh();
    const { page, complaints } = await openPage(browser, { width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`${url}/now/${language}`);
    expect(await findBarriers(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(complaints.filter((each) => !each.includes("axe"))).toEqual([]);
    await page.context().close();
  });
});
