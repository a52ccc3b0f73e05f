import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("the demo, as a newcomer sees it", () => {
  it("shows four phones, and a notice arrives by itself only on those whose choices match, in their language", async () => {
    const { page, complaints } = await openPage(browser, { width: 1800, height: 1200 });
    await page.goto(demo.phonesUrl);
    const phone = (name: string) =>
      page
        .locator("section, article, li")
        .filter({ has: page.getByRole("heading", { name }) })
        .last();
    await phone("Emily").getByText("Book a health check").first().waitFor({ timeout: 60_000 });
    await phone("さくら").getByText("健診を予約する").first().waitFor();
    expect(await phone("昭三").getByText("予約（よやく）する").count()).toBe(0);
    expect(await phone("王小梅").getByText("预约体检").count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("lets a resident open the rich menu's settings and change a topic", async () => {
    const { page, complaints } = await openPage(browser, { width: 420, height: 900 });
    await page.goto(demo.phonesUrl);
    const phone = page
      .locator("section, article, li")
      .filter({ has: page.getByRole("heading", { name: "Emily" }) })
      .last();
    await phone.getByRole("button", { name: "My settings" }).last().click();
    await phone.getByText("Childcare", { exact: false }).last().waitFor();
    await phone.getByRole("button", { name: "Change topics" }).last().click();
    await phone.getByRole("button", { name: "Garbage and recycling: on" }).last().click();
    await phone.getByRole("button", { name: "Garbage and recycling: off" }).last().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
