import { once } from "node:events";
import { tmpdir } from "node:os";
import { type AddressInfo, createServer } from "node:net";
import { Secret, TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createMovableClock } from "../support/sending.ts";
import { linkIn, runStaffCommand } from "../support/staff-command.ts";
import { goodPassphrase } from "../support/staff-office.ts";
import { type World, startWorld } from "../support/world.ts";
import { findBarriers, openBrowser, openPage } from "./support/browser.ts";

let browser: Browser;
let world: World;
let clock: ReturnType<typeof createMovableClock>;
let home: string;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  clock = createMovableClock();
  const port = await freePort();
  // Passkeys belong to a name, not to a number: staff come by one.
  home = `http://localhost:${port}`;
  world = await startWorld({
    overrides: { clock },
    environment: { PORT: String(port), CONSOLE_URL: home },
  });
});
afterEach(() => world.end());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The first administrator's link, as the command on the server prints it. */
async function linkOfFirst(email: string): Promise<string> {
  const environment = { DATABASE_URL: world.config.databaseUrl, CONSOLE_URL: home };
  const words = ["create-administrator", "--email", email];
  return linkIn((await runStaffCommand(words, environment, tmpdir())).said);
}

async function seeNoBarriers(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
}

function codeNow(secret: string): string {
  // No code is taken twice: the next one, half a minute later.
  clock.advance(30_000);
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() });
}

it("the first administrator comes in by the command's link, an authenticator and codes, and is asked again before rights change", async () => {
  const { page, complaints } = await openPage(browser, { width: 1280, height: 900 });
  await page.goto(await linkOfFirst("first@example.jp"));
  await seeNoBarriers(page);
  await page.getByLabel("新しいパスフレーズ", { exact: true }).fill("password");
  await page.getByLabel("新しいパスフレーズ（確認）").fill("password");
  await page.getByRole("button", { name: "次へ" }).click();
  await page.getByRole("alert").waitFor();
  await seeNoBarriers(page);
  await page.getByLabel("新しいパスフレーズ", { exact: true }).fill(goodPassphrase);
  await page.getByLabel("新しいパスフレーズ（確認）").fill(goodPassphrase);
  await page.getByRole("button", { name: "次へ" }).click();

  await page.getByRole("heading", { name: "もうひとつの確認方法" }).waitFor();
  await seeNoBarriers(page);
  const secret = (await page.locator("code.secret").innerText()).replaceAll(" ", "");
  await page.getByLabel("確認コード").fill(codeNow(secret));
  await page.getByRole("button", { name: "登録する", exact: true }).click();
  await page.getByRole("heading", { name: "復旧コード" }).waitFor();
  await seeNoBarriers(page);
  const codes = await page.locator(".codes code").allInnerTexts();
  expect(new Set(codes).size).toBe(codes.length);
  await page.getByRole("link", { name: "控えました" }).click();
  await page.getByRole("heading", { name: "あなたの番です" }).waitFor();

  await page.getByRole("button", { name: "ログアウト" }).click();
  await page.getByLabel("メールアドレス").fill("first@example.jp");
  await page.getByLabel("パスフレーズ").fill(goodPassphrase);
  await page.getByRole("button", { name: "次へ" }).click();
  await page.getByRole("heading", { name: "本人の確認" }).waitFor();
  await seeNoBarriers(page);
  await page.getByLabel("確認コード").fill(codeNow(secret));
  await page.getByRole("button", { name: "ログイン", exact: true }).click();
  await page.getByRole("heading", { name: "あなたの番です" }).waitFor();

  clock.advance(6 * 60_000);
  await page.goto(`${home}/console/staff/invite`);
  await page.getByLabel("名前").fill("二人目");
  await page.getByLabel("メールアドレス").fill("second@example.jp");
  await page.getByRole("checkbox", { name: /^作成者/ }).check();
  await page.getByRole("button", { name: "招待する" }).click();
  await page.getByRole("heading", { name: "もう一度、本人の確認" }).waitFor();
  await seeNoBarriers(page);
  await page.getByLabel("確認コード").fill(codeNow(secret));
  await page.getByRole("button", { name: "確認して続ける" }).click();
  await page.getByText("/console/invitation/").waitFor();
  await seeNoBarriers(page);
  await page.goto(`${home}/console/account`);
  await seeNoBarriers(page);
  expect(complaints.filter((each) => !/403|422/.test(each))).toEqual([]);
  await page.context().close();
});

it("whoever registers a passkey comes in with it, without a code", async () => {
  const { page, complaints } = await openPage(browser);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(await linkOfFirst("key@example.jp"));
  await page.getByLabel("新しいパスフレーズ", { exact: true }).fill(goodPassphrase);
  await page.getByLabel("新しいパスフレーズ（確認）").fill(goodPassphrase);
  await page.getByRole("button", { name: "次へ" }).click();
  await page.getByRole("button", { name: "パスキーを登録する" }).click();
  await page.getByRole("link", { name: "控えました" }).click();
  await page.getByRole("button", { name: "ログアウト" }).click();
  await page.getByLabel("メールアドレス").fill("key@example.jp");
  await page.getByLabel("パスフレーズ").fill(goodPassphrase);
  await page.getByRole("button", { name: "次へ" }).click();
  await page.getByRole("button", { name: "パスキーで確認する" }).waitFor();
  await seeNoBarriers(page);
  await page.getByRole("button", { name: "パスキーで確認する" }).click();
  await page.getByRole("heading", { name: "あなたの番です" }).waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});
