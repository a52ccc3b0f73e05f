import { expect, test } from "vitest";
import { LineBotClient, channelAccessToken } from "../support/line-sdk.ts";
import { refusal, startLine, text } from "./support.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const minutes = 60_000;

test("every answer carries its own request id, refusals included", async () => {
  const line = await startLine();
  line.platform.limits.set("botInfo", { count: 1, perMs: 60_000 });
  const answers = await Promise.all([
    line.request("GET", "/v2/bot/message/quota"),
    line.request("POST", "/v2/bot/message/push", { json: {} }),
    line.request("GET", "/v2/bot/message/quota", { headers: { authorization: "Bearer wrong" } }),
    line.request("GET", "/v2/bot/nothing/here"),
    line.request("POST", "/v2/bot/message/push", { json: { padding: "x".repeat(2_000_000) } }),
    line.request("POST", "/v2/bot/message/push", { body: "{}", headers: { "content-type": "text/plain" } }),
    line.request("GET", "/v2/bot/info"),
    line.request("GET", "/v2/bot/info"),
  ]);
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.sort((a, b) => a - b)).toEqual([200, 200, 400, 401, 404, 413, 415, 429]);
  const ids = answers.map((answer) => answer.headers.get("x-line-request-id") ?? "");
  for (const id of ids) expect(id).toMatch(uuid);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a wrong token is refused in LINE's words", async () => {
  const line = await startLine();
  const client = LineBotClient.fromChannelAccessToken({ channelAccessToken: "wrong", apiBaseURL: line.url });
  expect(await refusal(client.getBotInfo())).toEqual({
    status: 401,
    body: {
      message:
        "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.",
    },
  });
});

test("a stateless token works for 15 minutes of the platform's clock", async () => {
  const line = await startLine();
  const { channel, clock } = line.platform;
  const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: line.url });
  const issued = await tokens.issueStatelessChannelTokenByClientSecret(channel.id, channel.secret);
  expect(issued).toMatchObject({ token_type: "Bearer", expires_in: 900 });

  const client = LineBotClient.fromChannelAccessToken({
    channelAccessToken: issued.access_token,
    apiBaseURL: line.url,
  });
  clock.advance(15 * minutes - 1_000);
  await client.getBotInfo();
  clock.advance(1_001);
  expect(await refusal(client.getBotInfo())).toMatchObject({ status: 401 });
});

test("stateless tokens can be made to expire early, and not to be issued at all", async () => {
  const line = await startLine();
  const { channel, switches, tokens: control } = line.platform;
  const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: line.url });
  const { access_token } = await tokens.issueStatelessChannelTokenByClientSecret(channel.id, channel.secret);
  control.expireAll();
  const answer = await line.request("GET", "/v2/bot/info", {
    headers: { authorization: `Bearer ${access_token}` },
  });
  expect(answer.status).toBe(401);

  switches.tokenIssueFails = true;
  const attempt = tokens.issueStatelessChannelTokenByClientSecret(channel.id, channel.secret);
  expect(await refusal(attempt)).toMatchObject({ status: 500 });
});

test("a wrong channel secret gets no token", async () => {
  const line = await startLine();
  const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: line.url });
  expect(
    await refusal(tokens.issueStatelessChannelTokenByClientSecret(line.platform.channel.id, "x")),
  ).toEqual({
    status: 400,
    body: { error: "invalid_request", error_description: "Invalid 'client_credentials'." },
  });
});

test("hostile bodies are refused and harm nobody", async () => {
  const line = await startLine();
  const json = { "content-type": "application/json" };
  const push = (body: string, headers: Record<string, string> = json) =>
    line.request("POST", "/v2/bot/message/push", { body, headers });

  const broken = await push('{"to": \n oops');
  expect([broken.status, await broken.json()]).toEqual([
    400,
    {
      message: expect.stringMatching(
        /^The request body could not be parsed as JSON \(line: .+, column: .+\)$/,
      ),
    },
  ]);
  expect((await push("null")).status).toBe(400);
  expect((await push("[]")).status).toBe(400);
  expect((await push("")).status).toBe(400);
  expect((await push('{"__proto__":{"to":1}}')).status).toBe(400);
  const to = line.platform.addUser({ displayName: "花子", state: "friend" });
  const deep = `{"to":"${to}","messages":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  expect((await push(deep)).status).toBe(400);
  expect((await push("{}", { ...json, "content-encoding": "nonsense" })).status).toBe(400);
  expect((await line.request("GET", "/v2/bot/profile/%E0%A4%A")).status).toBe(400);
  expect((await line.request("GET", "/v2/bot/info")).status).toBe(200);
});

test("an endpoint that is not simulated is not found, and the bot's author is told", async () => {
  const line = await startLine();
  const answer = await line.request("GET", "/v2/bot/insight/followers?date=20260401");
  expect([answer.status, await answer.json()]).toEqual([404, { message: "Not found" }]);
  expect(line.platform.clientMistakes()).toMatchObject([{ kind: "unknownEndpoint" }]);
});

test("the request log knows time, endpoint, status and key of every request", async () => {
  const line = await startLine();
  const to = line.platform.addUser({ displayName: "花子", state: "friend" });
  const key = "0b8f9a52-6e0a-4f6c-9f5c-1c1c3b9d8e77";
  await line.client.pushMessage({ to, messages: [text("1")] }, key);
  await refusal(line.client.pushMessage({ to, messages: [text("1")] }, key));
  await line.platform.waitUntil(() => line.platform.requests("push").every((each) => each.durationMs));
  const [first, second] = line.platform.requests("push");
  expect(first).toMatchObject({ endpoint: "push", method: "POST", status: 200, decided: 200, retryKey: key });
  expect(second).toMatchObject({ status: 409, decided: 409, retryKey: key });
  expect(second?.at).toBeGreaterThan(first?.at ?? Infinity);
});
