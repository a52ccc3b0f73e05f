import { type IncomingHttpHeaders, createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLine } from "../../src/line/line-client.ts";
import { createSendBatch } from "../../src/line/send-batch.ts";
import { closeServer, listen } from "../../src/shared/listen.ts";
import { createTestClock } from "../support/database.ts";

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** `hang`: no answer; `cut`: the connection is lost. */
type Behaviour = Answer | "hang" | "cut";

let behave: (path: string) => Behaviour;
let asked: { path: string; headers: IncomingHttpHeaders; body: string }[];
let server: ReturnType<typeof createServer>;
let url: string;
const clock = createTestClock();

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => {
      body += data.toString();
    });
    request.on("end", () => {
      const path = request.url ?? "";
      asked.push({ path, headers: request.headers, body });
      const answer = behave(path);
      if (answer === "hang") return;
      if (answer === "cut") {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
      response.end(answer.body ?? "{}");
    });
  });
  url = await listen(server, "127.0.0.1", 0);
});
afterEach(async () => {
  server.closeAllConnections();
  await closeServer(server);
});

const batch = {
  id: 1,
  retryKey: "123e4567-e89b-42d3-a456-426614174000",
  addresses: ["Ua", "Ub", "Uc"],
  body: '[{"type":"text","text":"x"}]',
};
const config = (credentials: { accessToken: string } | { channelId: string }) => ({
  channelSecret: "s",
  credentials,
  apiBaseUrl: url,
  dataApiBaseUrl: url,
  multicastsPerSecond: 200,
});

/** Only who waits for an answer that never comes has a short time limit: a busy machine may take its time with the others. */
const send = (timeoutMs = 5_000) =>
  createSendBatch(createLine(config({ accessToken: "token" }), clock, timeoutMs))(batch);
const id = { "x-line-request-id": "r1" };
const refusal = (message: string, ...properties: string[]) =>
  JSON.stringify({ message, details: properties.map((property) => ({ message: "bad", property })) });

describe("what an answer of LINE means", () => {
  it.each<[string, Behaviour, Record<string, unknown>]>([
    ["200 with LINE's request id", { status: 200, headers: id }, { kind: "accepted", requestId: "r1" }],
    ["200 without it: not LINE's answer", { status: 200 }, { kind: "unknown" }],
    ["200 that is no JSON", { status: 200, headers: id, body: "<html>" }, { kind: "unknown" }],
    [
      "409: an earlier attempt was taken",
      { status: 409, headers: { ...id, "x-line-accepted-request-id": "r0" } },
      { kind: "alreadyAccepted", requestId: "r0" },
    ],
    ["409 of a proxy", { status: 409, body: "<html>Conflict" }, { kind: "unknown" }],
    ["403 of a proxy", { status: 403, body: "<html>Blocked by policy" }, { kind: "unknown" }],
    ["413 of a proxy", { status: 413, body: '{"error":"too large"}' }, { kind: "unknown" }],
    ["400 of a proxy", { status: 400, body: "" }, { kind: "unknown" }],
    ["407 of a proxy", { status: 407, body: "<html>" }, { kind: "unknown" }],
    ["403 of LINE without words", { status: 403, headers: id, body: "" }, { kind: "rejected" }],
    [
      "429 by rate",
      { status: 429, body: refusal("The API rate limit has been exceeded. Try again later.") },
      { kind: "tryLater" },
    ],
    [
      "429 by allowance",
      { status: 429, body: refusal("You have reached your monthly limit.") },
      { kind: "quotaExhausted" },
    ],
    ["401", { status: 401, body: refusal("Authentication failed") }, { kind: "notAuthorised" }],
    ["403", { status: 403, body: refusal("no") }, { kind: "rejected" }],
    [
      "400 about the message",
      { status: 400, body: refusal("1 error", "messages[0].text") },
      { kind: "rejected" },
    ],
    [
      "400 about named recipients",
      { status: 400, body: refusal("x", "to[1]", "to[2]", "to[1]") },
      { kind: "recipientRefused", positions: [1, 2] },
    ],
    [
      "400 in the message's words only",
      {
        status: 400,
        body: refusal("The property, 'to[0]', in the request body is invalid (line: -, column: -)"),
      },
      { kind: "recipientRefused", positions: [0] },
    ],
    [
      "400 with a position outside the batch",
      { status: 400, body: refusal("x", "to[9]") },
      { kind: "recipientRefused", positions: [] },
    ],
    ["500", { status: 500 }, { kind: "unknown" }],
    ["503 of a proxy", { status: 503, body: "<html>" }, { kind: "unknown" }],
    ["408", { status: 408 }, { kind: "unknown" }],
    [
      "a redirect, as captive portals do",
      { status: 302, headers: { location: "/elsewhere" } },
      { kind: "unknown" },
    ],
    ["silence", "hang", { kind: "unknown" }],
    ["a lost connection", "cut", { kind: "unknown" }],
  ])("%s", async (_name, answer, outcome) => {
    behave = (path) => (path.includes("validate") ? { status: 200 } : answer);
    expect(await send(answer === "hang" ? 150 : undefined)).toMatchObject(outcome);
    expect(asked.filter(({ path }) => path === "/elsewhere")).toEqual([]);
  });

  it("a 400 that names nothing is the message's fault only if LINE does not take the message alone", async () => {
    const bare = { status: 400, body: refusal("bad") };
    behave = (path) => (path.includes("validate") ? { status: 200 } : bare);
    expect(await send()).toMatchObject({ kind: "recipientRefused", positions: [] });
    behave = () => bare;
    expect(await send()).toMatchObject({ kind: "rejected" });
  });

  it("the key stands in its header, recipients and messages in the body, and no user id in a detail", async () => {
    behave = () => ({ status: 403, body: refusal(`not U${"a".repeat(32)}`) });
    expect(JSON.stringify(await send())).not.toContain("aaaa");
    const [multicast] = asked;
    expect(multicast?.path).toBe("/v2/bot/message/multicast");
    expect(multicast?.headers).toMatchObject({
      "x-line-retry-key": batch.retryKey,
      authorization: "Bearer token",
    });
    expect(JSON.parse(multicast?.body ?? "")).toEqual({
      to: batch.addresses,
      messages: JSON.parse(batch.body) as unknown,
    });
  });
});

describe("tokens that live 15 minutes", () => {
  let issued: number;
  const tokens = (path: string): Answer | undefined =>
    path.includes("/oauth2/v3/token")
      ? {
          status: 200,
          body: JSON.stringify({ token_type: "Bearer", access_token: `t${++issued}`, expires_in: 900 }),
        }
      : undefined;
  const used = () =>
    asked.filter(({ path }) => path.includes("multicast")).map(({ headers }) => headers.authorization);
  const open = () => createSendBatch(createLine(config({ channelId: "1" }), clock, 5_000));
  beforeEach(() => {
    issued = 0;
  });

  it("are asked for once by many requests, and replaced before they die", async () => {
    behave = (path) => tokens(path) ?? { status: 200, headers: id };
    const sending = open();
    await Promise.all([sending(batch), sending(batch), sending(batch)]);
    clock.advance(12 * 60_000);
    await sending(batch);
    clock.advance(2 * 60_000);
    await sending(batch);
    expect(used()).toEqual(["Bearer t1", "Bearer t1", "Bearer t1", "Bearer t1", "Bearer t2"]);
  });

  it("one that is refused before its time is replaced at once, and the request repeated with the same key", async () => {
    let refused = false;
    behave = (path) => {
      const token = tokens(path);
      if (token !== undefined || refused) return token ?? { status: 200, headers: id };
      refused = true;
      return { status: 401 };
    };
    expect(await open()(batch)).toMatchObject({ kind: "accepted" });
    expect(used()).toEqual(["Bearer t1", "Bearer t2"]);
    expect(
      new Set(
        asked
          .filter(({ path }) => path.includes("multicast"))
          .map(({ headers }) => headers["x-line-retry-key"]),
      ).size,
    ).toBe(1);
  });

  it("a channel that LINE does not know is told as such; a LINE that is away is not", async () => {
    behave = () => ({ status: 400, body: '{"error":"invalid_client"}' });
    expect(await open()(batch)).toMatchObject({ kind: "notAuthorised" });
    behave = () => ({ status: 503 });
    expect(await open()(batch)).toMatchObject({ kind: "unknown" });
  });
});
