import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { projectPath } from "../../src/shared/project-root.ts";
import { type Line, refusal, startLine, startLineAndBot, text } from "./support.ts";

/** One call of a control endpoint: status and body. */
async function control({ url }: Line, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}/_simulator${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as never };
}

test("a test in another process can play people and read what they got", async () => {
  const { line, bot } = await startLineAndBot();
  const { body: user } = await control(line, "POST", "/users", { displayName: "花子", language: "ja" });
  const { userId } = user as { userId: string };
  const followed = await control(line, "POST", `/users/${userId}/follow`);
  expect(followed).toMatchObject({ status: 200, body: { sent: true, status: 200 } });
  await control(line, "POST", `/users/${userId}/say`, { text: "こんにちは" });
  await control(line, "POST", `/users/${userId}/sticker`, { packageId: "1", stickerId: "2" });
  await control(line, "POST", `/users/${userId}/image`, { base64: "aGk=", contentType: "image/png" });
  await control(line, "POST", `/users/${userId}/location`, { latitude: 35.6, longitude: 139.7 });
  await control(line, "POST", `/users/${userId}/unsend`);
  const postback = { type: "postback", label: "はい", data: "yes" } as const;
  await control(line, "POST", `/users/${userId}/press`, { action: postback });
  await line.client.pushMessage({
    to: userId,
    messages: [{ ...text("どれ?"), quickReply: { items: [{ type: "action", action: postback }] } }],
  });
  expect(await control(line, "GET", `/users/${userId}/offers`)).toMatchObject({
    body: [{ label: "はい", where: "quickReply" }],
  });
  await control(line, "POST", `/users/${userId}/press-label`, { label: "はい" });
  expect(bot.events.map((event) => event.type)).toEqual([
    "follow",
    "message",
    "message",
    "message",
    "message",
    "unsend",
    "postback",
    "postback",
  ]);
  expect(await control(line, "GET", `/users/${userId}/inbox`)).toMatchObject({
    body: expect.arrayContaining([expect.objectContaining({ from: "bot", via: "push" })]),
  });
  expect(await control(line, "GET", "/ledger")).toMatchObject({ body: { batches: 1, copies: 1, users: 1 } });
  expect(await control(line, "GET", "/ledger/batches")).toMatchObject({
    body: [{ via: "push", to: [userId], notDelivered: [], messages: [{ type: "text" }] }],
  });
  expect(await control(line, "GET", "/requests?endpoint=push")).toMatchObject({
    body: [{ endpoint: "push" }],
  });
  expect(await control(line, "GET", "/mistakes")).toMatchObject({ body: [] });
  expect(await control(line, "GET", "/webhook/deliveries?limit=1")).toMatchObject({
    body: [{ status: 200, body: expect.stringContaining("postback") }],
  });
});

test("what cannot be done is answered with a sentence", async () => {
  const line = await startLine();
  expect(await control(line, "POST", "/users", { displayNam: "花子" })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("displayNam") },
  });
  const { body: user } = await control(line, "POST", "/users", { displayName: "花子" });
  const { userId } = user as { userId: string };
  expect(await control(line, "POST", `/users/${userId}/tap-menu`, { area: 0 })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("no rich menu") },
  });
  expect((await control(line, "POST", "/users/Uabc/follow")).status).toBe(400);
  expect((await control(line, "GET", "/nothing")).status).toBe(404);
  const garbage = await fetch(`${line.url}/_simulator/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{nonsense",
  });
  expect(garbage.status).toBe(400);
});

test("conditions can be changed while the bot runs", async () => {
  const line = await startLine();
  const { client, platform } = line;
  const to = platform.addUser({ displayName: "花子", state: "friend" });
  const push = () => client.pushMessage({ to, messages: [text("1")] });

  const { body: rule } = await control(line, "POST", "/faults", { on: "push", does: "refuse503", times: 1 });
  expect(await refusal(push())).toMatchObject({ status: 503 });
  await control(line, "DELETE", `/faults/${(rule as { id: string }).id}`);
  await control(line, "POST", "/faults", { does: "refuse500" });
  await control(line, "DELETE", "/faults");
  await push();
  expect((await control(line, "POST", "/faults", { does: "explode" })).status).toBe(400);

  await control(line, "PUT", "/network", { down: true });
  await expect(push()).rejects.toThrow("fetch failed");
  await control(line, "PUT", "/network", { down: false });

  await control(line, "PUT", "/quota", { type: "limited", value: 1 });
  expect(await refusal(push())).toMatchObject({ status: 429 });
  expect(await control(line, "GET", "/quota")).toMatchObject({ body: { used: 1 } });
  await control(line, "PUT", "/quota", { type: "none" });

  await control(line, "PUT", "/limits", { endpoint: { name: "push", count: 1, perMs: 60_000 } });
  await push();
  expect(await refusal(push())).toMatchObject({ status: 429 });
  await control(line, "POST", "/clock", { advanceMs: 60_000 });
  await push();
  await control(line, "PUT", "/limits", { enforced: false });
  await push();

  const before = platform.clock.now();
  await control(line, "POST", "/clock", { freeze: true, moveTo: new Date(before + 90_000).toISOString() });
  expect(await control(line, "GET", "/clock")).toMatchObject({
    body: { now: before + 90_000, frozen: true },
  });

  await control(line, "PATCH", "/switches", { multicastUnknownId: 200 });
  expect(platform.switches).toMatchObject({ multicastUnknownId: 200, duplicateRecipients: 400 });
  expect((await control(line, "PATCH", "/switches", { multicastUnknownId: 500 })).status).toBe(400);
  expect((await control(line, "PATCH", "/switches", { unheardOf: true })).status).toBe(400);

  await control(line, "POST", "/tokens", { longLivedRevoked: true });
  expect(await refusal(push())).toMatchObject({ status: 401 });
});

test("the whole address can refuse connections for a while", async () => {
  const line = await startLine();
  const answer = await control(line, "PUT", "/network", { refuseForMs: 80 }).catch(() => undefined);
  expect(answer?.status ?? 200).toBe(200);
  await expect(fetch(`${line.url}/_simulator/network`)).rejects.toThrow("fetch failed");
  await line.platform.waitUntil(
    () =>
      fetch(`${line.url}/_simulator/network`).then(
        () => true,
        () => false,
      ),
    { what: "The address" },
  );
});

test("webhooks can be pointed, spoiled and sent by hand", async () => {
  const { line, bot } = await startLineAndBot();
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  await control(line, "PUT", "/webhook", { url: null });
  expect(await control(line, "POST", `/users/${hanako}/say`, { text: "1" })).toMatchObject({
    body: { status: 0, reason: "NO_WEBHOOK_URL" },
  });
  await control(line, "PUT", "/webhook", { url: bot.url });
  await control(line, "POST", "/webhook/faults", { does: "badSignature", times: 1 });
  expect(await control(line, "POST", `/users/${hanako}/say`, { text: "2" })).toMatchObject({
    body: { status: 401 },
  });
  await control(line, "DELETE", "/webhook/faults");
  expect(await control(line, "POST", "/webhook/ping")).toMatchObject({ body: { status: 200 } });
  expect(await control(line, "POST", "/webhook/replay")).toMatchObject({ body: { status: 200 } });
  expect(await control(line, "POST", "/webhook/raw", { body: "{}", signature: "x" })).toMatchObject({
    body: { status: 401 },
  });
});

test("every control endpoint of the README exists", async () => {
  const line = await startLine();
  const readme = readFileSync(projectPath("src/simulator/README.md"), "utf8");
  const table = readme.slice(
    readme.indexOf("## Control endpoints"),
    readme.indexOf("**Faults of the API.**"),
  );
  const endpoints = Array.from(table.matchAll(/`(GET|POST|PUT|PATCH|DELETE) (\/[^`?]*)/g));
  expect(endpoints.length).toBeGreaterThan(40);
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  for (const [, method = "", path = ""] of endpoints) {
    const { status } = await control(line, method, path.replace("{id}", hanako).replace("{rule}", "none"));
    expect([method, path, status]).not.toContain(404);
  }
});
