import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Stage, setStage } from "./support/phones-bot.ts";

let stage: Stage;
let hanako: string;

beforeEach(async () => {
  stage = await setStage(() => undefined);
  hanako = stage.simulator.platform.addUser({ displayName: "<b>花子</b>", language: "ja", state: "friend" });
});
afterEach(async () => await stage.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${stage.simulator.url}${path}`, { headers });
const post = (path: string, headers: Record<string, string>) =>
  fetch(`${stage.simulator.url}${path}`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ text: "hello", minutes: "5" }),
  });

test("only the pages themselves may press buttons: another site's request is refused", async () => {
  const { platform, url } = stage.simulator;
  for (const headers of [
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { origin: "https://elsewhere.example" },
    { origin: "null" },
  ])
    expect((await post(`/phones/${hanako}/text`, headers)).status).toBe(403);
  expect(platform.inbox(hanako)).toEqual([]);

  expect((await post(`/phones/${hanako}/text`, { origin: url })).status).toBe(204);
  expect((await post(`/phones/${hanako}/text`, { "sec-fetch-site": "same-origin" })).status).toBe(204);
  expect(platform.inbox(hanako)).toHaveLength(2);
});

test("looking changes nothing", async () => {
  const { platform } = stage.simulator;
  for (const path of [
    `/phones/${hanako}/block`,
    `/phones/${hanako}/text?text=x`,
    "/phones/world/outage?down=yes",
  ])
    expect((await get(path)).status).toBe(404);
  expect(platform.inbox(hanako)).toEqual([]);
  expect(platform.network.down).toBe(false);
});

test("every page forbids scripts and styles that are not files of its own", async () => {
  const policy = (await get("/phones")).headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe");
  const html = await (await get("/phones")).text();
  expect(html).not.toMatch(/ style=| on\w+="|<script(?! src=)|https?:\/\//);
});

test("names are escaped", async () => {
  const html = await (await get("/phones")).text();
  expect(html).toContain("&lt;b>花子");
  expect(html).not.toContain("<b>");
});

test("the page speaks the language that is asked for, else the browser's, else Japanese", async () => {
  const language = async (path: string, headers?: Record<string, string>) =>
    /<html lang="(\w+)"/.exec(await (await get(path, headers)).text())?.[1];
  expect(await language("/phones?lang=en")).toBe("en");
  expect(await language("/phones", { "accept-language": "en-GB,en;q=0.9" })).toBe("en");
  expect(await language("/phones", { "accept-language": "fr" })).toBe("ja");
});

test("what LINE does not let a user do is refused with a sentence", async () => {
  const { platform, url } = stage.simulator;
  await platform.block(hanako);
  const answered = await post(`/phones/${hanako}/text`, { origin: url });
  expect(answered.status).toBe(409);
  expect(await answered.text()).toContain("unblock");
  expect((await post(`/phones/U${"0".repeat(32)}/text`, { origin: url })).status).toBe(409);
});

test("a page of an earlier run is told to load again", async () => {
  const answered = await get(`/phones/live?boot=another&show=${hanako}`);
  expect(await answered.text()).toContain("event: reload");
});

test("a menu's picture is there also for a page that was drawn just before another menu took its place", async () => {
  const { platform, url } = stage.simulator;
  const authorization = `Bearer ${platform.channel.accessToken}`;
  const make = async (name: string): Promise<string> => {
    const menu = {
      size: { width: 1200, height: 405 },
      selected: true,
      name,
      chatBarText: name,
      areas: [{ bounds: { x: 0, y: 0, width: 1200, height: 405 }, action: { type: "message", text: "a" } }],
    };
    const made = (await (await stage.call("/v2/bot/richmenu", menu)).json()) as { richMenuId: string };
    await fetch(`${url}/v2/bot/richmenu/${made.richMenuId}/content`, {
      method: "POST",
      headers: { authorization, "content-type": "image/png" },
      body: new Uint8Array(
        await sharp({ create: { ...menu.size, channels: 3, background: "#fff" } })
          .png()
          .toBuffer(),
      ),
    });
    return made.richMenuId;
  };
  const [first, second] = [await make("first"), await make("second")];
  await stage.call(`/v2/bot/user/${hanako}/richmenu/${first}`, {});
  const picture = /src="([^"]+\/menus\/[^"]+)"/.exec(await (await get("/phones")).text())?.[1] ?? "";
  await stage.call(`/v2/bot/user/${hanako}/richmenu/${second}`, {});
  expect(platform.richMenuOf(hanako)?.menu.richMenuId).toBe(second);
  const answered = await get(picture);
  expect([answered.status, answered.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect((await get("/phones/menus/richmenu-none")).status).toBe(404);
});
