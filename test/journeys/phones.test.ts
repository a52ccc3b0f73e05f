import { type messagingApi } from "@line/bot-sdk";
import { type Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type OpenPage, type PageOptions, findBarriers, openBrowser, openPage } from "./support/browser.ts";
import { type Stage, setStage } from "./support/phones-bot.ts";

const question: messagingApi.Message = {
  type: "text",
  text: "ことばを選んでください。",
  quickReply: {
    items: [
      {
        type: "action",
        action: { type: "postback", label: "日本語", data: "lang=ja", displayText: "日本語" },
      },
      { type: "action", action: { type: "postback", label: "English", data: "lang=en" } },
    ],
  },
};

const notice: messagingApi.Message = {
  type: "flex",
  altText: "避難訓練のお知らせ",
  contents: {
    type: "bubble",
    hero: { type: "image", url: "https://pictures.invalid/hero.jpg", size: "full", aspectRatio: "20:13" },
    body: {
      type: "box",
      layout: "vertical",
      paddingAll: "23px",
      contents: [
        { type: "text", text: "避難訓練", weight: "bold", size: "xl" },
        { type: "text", text: "日曜日の朝9時です。", wrap: true, color: "#333333" },
      ],
    },
    footer: {
      type: "box",
      layout: "vertical",
      contents: [
        {
          type: "button",
          style: "primary",
          color: "#115a36",
          action: { type: "message", label: "参加する", text: "参加します" },
        },
        {
          type: "button",
          action: {
            type: "datetimepicker",
            label: "日にち",
            data: "day",
            mode: "date",
            initial: "2026-12-06",
            min: "2026-12-01",
            max: "2026-12-31",
          },
        },
      ],
    },
  },
};

let browser: Browser;
let stage: Stage;
let opened: OpenPage | undefined;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => await browser.close());

beforeEach(async () => {
  stage = await setStage((event) => {
    if (event.type === "follow") return [{ type: "text", text: "ようこそ。" }, question];
    if (event.type === "postback")
      return [
        {
          type: "text",
          text: `受け取りました：${event.postback.data} ${event.postback.params?.["date"] ?? ""}`,
        },
      ];
    if (event.type === "message" && event.message.type === "text")
      return [{ type: "text", text: `「${event.message.text}」` }];
    return undefined;
  });
});
afterEach(async () => {
  // A page that had to break its own security policy, or a script that failed, spoils every journey.
  const complaints = opened?.complaints ?? [];
  await opened?.page.context().close();
  opened = undefined;
  await stage.close();
  if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join("; ")}`);
});

const people = {
  hanako: { displayName: "田中 花子", language: "ja" },
  john: { displayName: "John Smith", language: "en" },
};

async function visit(options: PageOptions = {}, query = "") {
  opened = await openPage(browser, options);
  const { page } = opened;
  await page.goto(`${stage.simulator.url}/phones${query}`);
  const phoneOf = (name: string) => page.locator(`.phone[data-name="${name}"]`);
  return { page, phoneOf };
}

test("a resident follows, taps a chip and is answered, all on the phone", async () => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser(people.hanako);
  const { page, phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);

  await phone.getByRole("button", { name: "友だち追加" }).click();
  await phone.getByText("ことばを選んでください。").waitFor();
  expect(platform.user(hanako)?.state).toBe("friend");
  expect(await findBarriers(page)).toEqual([]);

  await phone.getByRole("button", { name: "日本語" }).click();
  await phone.getByText("受け取りました：lang=ja").waitFor();
  // What was tapped stands on the right; the chips are gone.
  await phone.locator(".lp-sent").getByText("日本語").waitFor();
  expect(await phone.locator(".lp-chip").count()).toBe(0);
});

test("a push is noticed without disturbing somebody who is writing", async () => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser({ ...people.hanako, state: "friend" });
  const { page, phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);
  const line = phone.getByRole("textbox");
  await line.fill("書きかけ");

  await stage.push(hanako, notice);
  await phone.locator(".banner").getByText("避難訓練のお知らせ").waitFor();
  await phone.getByText("未読 1件").waitFor();
  expect(await page.locator("#announcer").textContent()).toBe("田中 花子さんに通知：避難訓練のお知らせ");
  expect(await line.inputValue()).toBe("書きかけ");
  expect(await line.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await findBarriers(page)).toEqual([]);

  await phone.getByText("避難訓練", { exact: true }).click();
  await phone.getByText("未読 1件").waitFor({ state: "hidden" });
});

test("a reply is no news for who is looking at the chat, and a silent push makes no noise", async () => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser({ ...people.hanako, state: "friend" });
  const { phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);

  await phone.getByRole("textbox").fill("こんにちは");
  await phone.getByRole("button", { name: "送信" }).click();
  await phone.getByText("「こんにちは」").waitFor();
  expect(await phone.getByRole("textbox").inputValue()).toBe("");

  await stage.call("/v2/bot/message/push", { to: hanako, messages: [notice], notificationDisabled: true });
  await phone.getByText("避難訓練", { exact: true }).waitFor();
  expect(await phone.locator(".banner").count()).toBe(0);
});

test("a flex message looks as it was written, under a policy without inline styles", async () => {
  const hanako = stage.simulator.platform.addUser({ ...people.hanako, state: "friend" });
  await stage.push(hanako, notice);
  const { page, phoneOf } = await visit();
  const body = phoneOf(people.hanako.displayName).locator(".lp-block-body > .lp-box");
  expect(await body.evaluate((element) => getComputedStyle(element).paddingTop)).toBe("23px");
  const button = phoneOf(people.hanako.displayName).getByRole("button", { name: "参加する" });
  expect(await button.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
    "rgb(17, 90, 54)",
  );
  // The picture's address leads nowhere: its frame says so.
  await page.locator(".lp-block-hero .lp-broken").waitFor();
});

test("a button in a message speaks for the resident", async () => {
  const hanako = stage.simulator.platform.addUser({ ...people.hanako, state: "friend" });
  await stage.push(hanako, notice);
  const { phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);
  await phone.getByRole("button", { name: "参加する" }).click();
  await phone.getByText("「参加します」").waitFor();
  expect(await phone.locator(".lp-sent").getByText("参加します").count()).toBe(1);
});

test("a date is picked within its limits", async () => {
  const hanako = stage.simulator.platform.addUser({ ...people.hanako, state: "friend" });
  await stage.push(hanako, notice);
  const { page, phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);
  await phone.getByRole("button", { name: "日にち" }).click();
  const input = page.locator("#date-dialog input");
  expect(await input.inputValue()).toBe("2026-12-06");
  expect(await findBarriers(page)).toEqual([]);

  await input.fill("2027-01-01");
  await page.getByRole("button", { name: "決定" }).click();
  expect(await page.locator("#date-dialog").isVisible()).toBe(true);

  await input.fill("2026-12-13");
  await page.getByRole("button", { name: "決定" }).click();
  await phone.getByText("受け取りました：day 2026-12-13").waitFor();
});

test("a resident who blocks keeps the chat but gets nothing more, until they unblock", async () => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser({ ...people.hanako, state: "friend" });
  const { page, phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);
  await phone.getByRole("button", { name: "ブロックする" }).click();
  await phone.getByText("このアカウントをブロックしています。").waitFor();
  expect(platform.user(hanako)?.state).toBe("blocked");
  expect(await findBarriers(page)).toEqual([]);

  await stage.push(hanako, notice);
  await page.locator(".figures").getByText("1通").waitFor();
  expect(await phone.getByText("避難訓練", { exact: true }).count()).toBe(0);

  await phone.getByRole("button", { name: "ブロックを解除" }).click();
  await phone.getByText("ようこそ。").waitFor();
});

test("stickers, places and photos can be sent from the plus menu", async () => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser({ ...people.hanako, state: "friend" });
  const { page, phoneOf } = await visit();
  const phone = phoneOf(people.hanako.displayName);
  await phone.getByRole("button", { name: "スタンプ・写真・位置情報を送る" }).click();
  expect(await findBarriers(page)).toEqual([]);

  await phone.getByRole("button", { name: "スタンプ1988を送る" }).click();
  await phone.getByText("スタンプ 446 / 1988").waitFor();

  await phone.getByRole("button", { name: "位置情報", exact: true }).click();
  await page.getByRole("button", { name: "この場所を送る" }).click();
  await phone.locator(".lp-sent .lp-location").waitFor();

  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
  const file = { name: "a.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") };
  const chooser = page.waitForEvent("filechooser");
  await phone.getByRole("button", { name: "写真", exact: true }).click();
  await (await chooser).setFiles(file);
  await phone.getByAltText("送信した写真").waitFor();
  const acts = platform.inbox(hanako).flatMap((entry) => (entry.from === "user" ? [entry.act.did] : []));
  expect(acts).toEqual(["sticker", "location", "image"]);
});

test("the knobs turn the world: time, an outage, and errors", async () => {
  const { platform } = stage.simulator;
  platform.addUser({ ...people.hanako, state: "friend" });
  const { page, phoneOf } = await visit();
  await page.getByRole("button", { name: "1時間進める" }).click();
  await phoneOf(people.hanako.displayName).locator(".device-clock").getByText("10:41").waitFor();

  await page.getByRole("button", { name: "障害を起こす" }).click();
  await page.getByText("障害が起きています").waitFor();
  expect(platform.network.down).toBe(true);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "障害を直す" }).click();
  await page.getByText("正常に動いています").waitFor();

  await page.getByRole("slider").fill("40");
  await platform.waitUntil(() => platform.faults.list()[0]?.probability === 0.4);
  await page.getByRole("slider").fill("0");
  await platform.waitUntil(() => platform.faults.list().length === 0);
});

test("a new phone appears beside the others, with a name and a language of its own", async () => {
  stage.simulator.platform.addUser(people.hanako);
  const { page, phoneOf } = await visit();
  await page.getByRole("textbox", { name: "名前" }).fill("김 민준");
  await page.locator(".add-phone select").selectOption("ko");
  await page.getByRole("button", { name: "追加する" }).click();
  await phoneOf("김 민준").waitFor();
  await phoneOf(people.hanako.displayName).waitFor();
  expect(await phoneOf("김 민준").locator("select").inputValue()).toBe("ko");
});

test("a phone set to another language speaks it at once, and the bot can ask for it", async () => {
  const { platform } = stage.simulator;
  const john = platform.addUser({ ...people.john, state: "friend" });
  const { phoneOf } = await visit();
  const phone = phoneOf(people.john.displayName);
  await phone.getByPlaceholder("Enter a message").waitFor();
  await phone.locator("select").selectOption("ja");
  await phone.getByPlaceholder("メッセージを入力").waitFor();
  expect(platform.user(john)?.language).toBe("ja");
});

test("a page that lost its connection catches up", async () => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser({ ...people.hanako, state: "friend" });
  const { page, phoneOf } = await visit();
  await stage.push(hanako, { type: "text", text: "一つ目" });
  const chat = phoneOf(people.hanako.displayName).locator(".chat");
  await chat.getByText("一つ目").waitFor();
  await page.context().setOffline(true);
  await stage.simulator.goOffline();
  await page.locator("#offline").waitFor();
  await stage.simulator.goOnline();
  await stage.push(hanako, { type: "text", text: "二つ目" });
  await page.context().setOffline(false);
  await chat.getByText("二つ目").waitFor();
  expect(await chat.getByText("一つ目").count()).toBe(1);
  await page.locator("#offline").waitFor({ state: "hidden" });
  // htmx writes the loss itself into the console.
  opened?.complaints.splice(0);
});

test.each([
  { width: 390, locale: "ja-JP", theme: "light" },
  { width: 320, locale: "en-GB", theme: "dark" },
  { width: 1400, locale: "en-GB", theme: "dark" },
])("nothing sticks out and axe finds nothing: %o", async ({ width, locale, theme }) => {
  const { platform } = stage.simulator;
  const hanako = platform.addUser({ ...people.hanako, state: "friend" });
  platform.addUser(people.john);
  await stage.push(hanako, question);
  const { page } = await visit({ width, locale, reducedMotion: true }, `?theme=${theme}`);
  await stage.push(hanako, notice);
  await page.locator(".banner").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
});
