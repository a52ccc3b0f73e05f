import { deflateSync } from "node:zlib";
import type { messagingApi } from "@line/bot-sdk";
import { expect, test } from "vitest";
import { type Line, refusal, startLine, startLineAndBot } from "./support.ts";

const nobodysMenu = `richmenu-${"0".repeat(32)}`;

function menu(more: Partial<messagingApi.RichMenuRequest> = {}): messagingApi.RichMenuRequest {
  const bounds = { x: 0, y: 0, width: 400, height: 500 };
  return {
    size: { width: 800, height: 500 },
    selected: true,
    name: "main",
    chatBarText: "メニュー",
    areas: [
      { bounds, action: { type: "postback", label: "設定", data: "settings" } },
      {
        bounds: { ...bounds, x: 400 },
        action: { type: "richmenuswitch", richMenuAliasId: "second", data: "switch" },
      },
    ],
    ...more,
  };
}

/** A PNG as far as a header reader looks. */
function png(width: number, height: number, padding = 0): Blob {
  const header = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const rest = Buffer.concat([deflateSync(Buffer.alloc(10)), Buffer.alloc(padding)]);
  return new Blob([Buffer.concat([header, size, rest])], { type: "image/png" });
}

/** A JPEG as far as a header reader looks: an APP0 segment, then the frame. */
function jpeg(width: number, height: number): Blob {
  const frame = Buffer.from("ffc0001108000000000301220002110103110100", "hex");
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const start = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
  return new Blob([Buffer.concat([start, frame])], { type: "image/jpeg" });
}

async function drawnMenu({ client }: Line, more = {}): Promise<string> {
  const { richMenuId } = await client.createRichMenu(menu(more));
  await client.setRichMenuImage(richMenuId, png(800, 500));
  return richMenuId;
}

test("a menu is created, drawn, read back and deleted", async () => {
  const line = await startLine();
  const { client } = line;
  const richMenuId = await drawnMenu(line);
  expect(richMenuId).toMatch(/^richmenu-[0-9a-f]{32}$/);
  expect(await client.getRichMenu(richMenuId)).toEqual({ richMenuId, ...menu() });
  expect(await client.getRichMenuList()).toEqual({ richmenus: [{ richMenuId, ...menu() }] });
  const image = await line.request("GET", `/v2/bot/richmenu/${richMenuId}/content`);
  expect([image.headers.get("content-type"), (await image.arrayBuffer()).byteLength]).toEqual([
    "image/png",
    png(800, 500).size,
  ]);
  await client.deleteRichMenu(richMenuId);
  expect(await refusal(client.getRichMenu(richMenuId))).toEqual({
    status: 404,
    body: { message: "Not found" },
  });
});

test("a menu object that breaks a rule is refused in LINE's words", async () => {
  const { client } = await startLine();
  const { name: _name, ...nameless } = menu();
  expect(await refusal(client.createRichMenu(nameless))).toEqual({
    status: 400,
    body: {
      message: "The request body has 1 error(s)",
      details: [{ message: "must be specified", property: "name" }],
    },
  });
  const bounds = { x: 0, y: 0, width: 1, height: 1 };
  const ftp = menu({ areas: [{ bounds, action: { type: "uri", uri: "ftp://example.com/" } }] });
  expect(await refusal(client.validateRichMenuObject(ftp))).toMatchObject({
    body: { details: [{ message: "invalid uri", property: "areas[0].action.uri" }] },
  });
  for (const wrong of [
    { size: { width: 700, height: 300 } },
    { size: { width: 800, height: 600 } },
    { chatBarText: "あ".repeat(15) },
    {
      areas: Array.from({ length: 21 }, () => ({ bounds, action: { type: "postback" as const, data: "a" } })),
    },
  ])
    expect(await refusal(client.validateRichMenuObject(menu(wrong)))).toMatchObject({ status: 400 });
  expect(await client.validateRichMenuObject(menu())).toEqual({});
});

test("a picture has to be a PNG or JPEG of the right size, and cannot be replaced", async () => {
  const { client, request } = await startLine();
  const { richMenuId } = await client.createRichMenu(menu());
  const notAllowed = { status: 400, body: { message: "The image size is not allowed for richmenu" } };
  for (const image of [
    png(799, 500),
    png(2_501, 1_000),
    png(800, 249),
    png(800, 600),
    png(800, 500, 1_000_000),
    new Blob(["GIF89a"], { type: "image/png" }),
    new Blob([await jpeg(800, 500).arrayBuffer()], { type: "image/png" }),
  ])
    expect(await refusal(client.setRichMenuImage(richMenuId, image))).toEqual(notAllowed);
  const path = `/v2/bot/richmenu/${richMenuId}/content`;
  const gif = await request("POST", path, { body: "GIF89a", headers: { "content-type": "image/gif" } });
  expect(gif.status).toBe(415);
  expect(await refusal(client.setRichMenuImage(nobodysMenu, png(800, 500)))).toMatchObject({ status: 404 });

  await client.setRichMenuImage(richMenuId, jpeg(2_500, 1_686));
  expect(await refusal(client.setRichMenuImage(richMenuId, png(800, 500)))).toEqual({
    status: 400,
    body: { message: "An image has already been uploaded to the richmenu" },
  });
});

test("a menu without a picture cannot be shown to anybody", async () => {
  const { client, platform } = await startLine();
  const hanako = platform.addUser({ displayName: "花子", state: "friend" });
  const { richMenuId } = await client.createRichMenu(menu());
  const withoutImage = {
    status: 400,
    body: { message: "must upload richmenu image before applying it to user", details: [] },
  };
  expect(await refusal(client.setDefaultRichMenu(richMenuId))).toEqual(withoutImage);
  expect(await refusal(client.linkRichMenuIdToUser(hanako, richMenuId))).toEqual(withoutImage);
  expect(await refusal(client.linkRichMenuIdToUsers({ richMenuId, userIds: [hanako] }))).toEqual(
    withoutImage,
  );
  expect(await refusal(client.createRichMenuAlias({ richMenuAliasId: "a", richMenuId }))).toMatchObject({
    body: { message: "richmenu not found" },
  });
});

test("a user's own menu goes before the default one", async () => {
  const line = await startLine();
  const { client, platform } = line;
  const hanako = platform.addUser({ displayName: "花子", state: "friend" });
  const general = await drawnMenu(line);
  const own = await drawnMenu(line, { name: "own" });
  expect(await refusal(client.getDefaultRichMenuId())).toEqual({
    status: 404,
    body: { message: "no default richmenu", details: [] },
  });
  await client.setDefaultRichMenu(general);
  expect(await client.getDefaultRichMenuId()).toEqual({ richMenuId: general });
  expect(platform.richMenuOf(hanako)).toMatchObject({ by: "default", menu: { richMenuId: general } });
  expect(await refusal(client.getRichMenuIdOfUser(hanako))).toEqual({
    status: 404,
    body: { message: "the user has no richmenu", details: [] },
  });

  await client.linkRichMenuIdToUser(hanako, own);
  expect(platform.richMenuOf(hanako)).toMatchObject({ by: "user", menu: { richMenuId: own } });
  expect(await client.getRichMenuIdOfUser(hanako)).toEqual({ richMenuId: own });
  await client.unlinkRichMenuIdFromUser(hanako);
  expect(platform.richMenuOf(hanako)).toMatchObject({ by: "default" });
  await client.cancelDefaultRichMenu();
  expect(platform.richMenuOf(hanako)).toBeUndefined();
});

test("linking to somebody who is no friend is accepted and does nothing", async () => {
  const line = await startLine();
  const own = await drawnMenu(line);
  const blocked = line.platform.addUser({ displayName: "太郎", state: "blocked" });
  await line.client.linkRichMenuIdToUser(blocked, own);
  await line.client.linkRichMenuIdToUser(`U${"0".repeat(32)}`, own);
  expect(line.platform.richMenuOf(blocked)).toBeUndefined();
  expect(await refusal(line.client.linkRichMenuIdToUser("Uabc", own))).toEqual({
    status: 400,
    body: { message: "The value for the 'userId' parameter is invalid" },
  });
});

test("a link is lost by blocking, unless the switch says it survives", async () => {
  const line = await startLine();
  const own = await drawnMenu(line);
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  for (const survives of [false, true]) {
    line.platform.switches.menuLinkSurvivesBlock = survives;
    await line.client.linkRichMenuIdToUser(hanako, own);
    await line.platform.block(hanako);
    await line.platform.unblock(hanako);
    expect(line.platform.richMenuOf(hanako) !== undefined).toBe(survives);
  }
});

test("bulk linking is done in the background", async () => {
  const line = await startLine({ switches: { menuJobDelayMs: 5_000 } });
  const { client, platform } = line;
  platform.clock.freeze();
  const own = await drawnMenu(line);
  const hanako = platform.addUser({ displayName: "花子", state: "friend" });
  const answer = await line.request("POST", "/v2/bot/richmenu/bulk/link", {
    json: { richMenuId: own, userIds: [hanako] },
  });
  expect(answer.status).toBe(202);
  expect(platform.richMenuOf(hanako)).toBeUndefined();
  platform.clock.advance(5_000);
  expect(platform.richMenuOf(hanako)).toMatchObject({ by: "user" });
  await client.unlinkRichMenuIdFromUsers({ userIds: [hanako] });
  platform.clock.advance(5_000);
  expect(platform.richMenuOf(hanako)).toBeUndefined();

  const invalid = client.linkRichMenuIdToUsers({ richMenuId: own, userIds: [hanako, "Uabc"] });
  expect(await refusal(invalid)).toEqual({
    status: 400,
    body: { message: "The property, 'userIds[1]', in the request body is invalid (line: -, column: -)" },
  });
  const unknown = client.linkRichMenuIdToUsers({ richMenuId: nobodysMenu, userIds: [hanako] });
  expect(await refusal(unknown)).toMatchObject({ status: 404, body: { message: "richmenu not found" } });
});

test("a batch moves everybody by the menu they had when it began", async () => {
  const line = await startLine();
  const { client, platform } = line;
  platform.clock.freeze();
  const [a, b, c] = [await drawnMenu(line), await drawnMenu(line), await drawnMenu(line)];
  const users = [a, b, c].map((_, index) =>
    platform.addUser({ displayName: String(index), state: "friend" }),
  );
  for (const [index, id] of [a, b, c].entries()) await client.linkRichMenuIdToUser(users[index] ?? "", id);

  const { httpResponse } = await client.richMenuBatchWithHttpInfo({
    operations: [
      { type: "link", from: a, to: b },
      { type: "link", from: b, to: c },
      { type: "unlink", from: c },
    ],
  });
  const requestId = httpResponse.headers.get("x-line-request-id") ?? "";
  expect(await client.getRichMenuBatchProgress(requestId)).toMatchObject({ phase: "ongoing" });
  platform.clock.advance(100);
  expect(await client.getRichMenuBatchProgress(requestId)).toMatchObject({
    phase: "succeeded",
    completedTime: expect.any(String),
  });
  expect(users.map((user) => platform.richMenuOf(user)?.menu.richMenuId)).toEqual([b, c, undefined]);

  const twice = [
    { type: "unlink" as const, from: a },
    { type: "unlink" as const, from: a },
  ];
  expect(await refusal(client.validateRichMenuBatchRequest({ operations: twice }))).toMatchObject({
    body: { details: [{ message: `from richmenu (${a}) is duplicated`, property: "operations[].from" }] },
  });
});

test("an alias leads to its menu, with a lag after a change if the switch says so", async () => {
  const { line, bot } = await startLineAndBot();
  const { client, platform } = line;
  const hanako = platform.addUser({ displayName: "花子", state: "friend" });
  const [first, second, third] = [await drawnMenu(line), await drawnMenu(line), await drawnMenu(line)];
  await client.setDefaultRichMenu(first);
  const pressSwitch = async () => {
    await client.unlinkRichMenuIdFromUser(hanako);
    await platform.tapMenu(hanako, 1);
    const event = bot.events.at(-1);
    return event?.type === "postback" ? event.postback.params : undefined;
  };
  expect(await pressSwitch()).toEqual({ status: "RICHMENU_ALIAS_ID_NOTFOUND" });

  await client.createRichMenuAlias({ richMenuAliasId: "second", richMenuId: second });
  expect(await refusal(client.createRichMenuAlias({ richMenuAliasId: "second", richMenuId: third }))).toEqual(
    {
      status: 400,
      body: { message: "conflict richmenu alias id", details: [] },
    },
  );
  expect(await pressSwitch()).toEqual({ status: "SUCCESS", newRichMenuAliasId: "second" });
  expect(platform.richMenuOf(hanako)?.menu.richMenuId).toBe(second);

  platform.switches.aliasLagMs = 60_000;
  await client.updateRichMenuAlias("second", { richMenuId: third });
  expect(await client.getRichMenuAlias("second")).toEqual({ richMenuAliasId: "second", richMenuId: third });
  await pressSwitch();
  expect(platform.richMenuOf(hanako)?.menu.richMenuId).toBe(second);
  platform.clock.advance(60_000);
  await pressSwitch();
  expect(platform.richMenuOf(hanako)?.menu.richMenuId).toBe(third);

  platform.switches.menuSwitchFails = true;
  expect(await pressSwitch()).toEqual({ status: "FAILED" });
  platform.switches.menuSwitchFails = false;
  await client.deleteRichMenu(third);
  expect(await pressSwitch()).toEqual({ status: "RICHMENU_NOTFOUND" });

  expect(await client.getRichMenuAliasList()).toMatchObject({ aliases: [{ richMenuAliasId: "second" }] });
  await client.deleteRichMenuAlias("second");
  expect(await refusal(client.getRichMenuAlias("second"))).toEqual({
    status: 404,
    body: { message: "richmenu alias not found", details: [] },
  });
});

test("a tap on the menu does what its area says", async () => {
  const { line, bot } = await startLineAndBot();
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  await expect(line.platform.tapMenu(hanako, 0)).rejects.toThrow("sees no rich menu");
  await line.client.setDefaultRichMenu(await drawnMenu(line));
  await line.platform.tapMenu(hanako, 0);
  await line.platform.pressLabel(hanako, "設定");
  expect(bot.events).toMatchObject([{ postback: { data: "settings" } }, { postback: { data: "settings" } }]);
  await expect(line.platform.tapMenu(hanako, 2)).rejects.toThrow("has 2 areas");
});

test("an hour allows a hundred new menus, and an account a thousand", async () => {
  const { client, platform } = await startLine();
  platform.clock.freeze();
  for (let count = 0; count < 100; count += 1) await client.createRichMenu(menu());
  expect(await refusal(client.createRichMenu(menu()))).toMatchObject({ status: 429 });
  platform.limits.off();
  for (let count = 100; count < 1_000; count += 1) await client.createRichMenu(menu());
  expect(await refusal(client.createRichMenu(menu()))).toMatchObject({ status: 400 });
});
