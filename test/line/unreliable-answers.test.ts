import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLine } from "../../src/line/line-client.ts";
import { createSendBatch } from "../../src/line/send-batch.ts";
import type { SealedBatch, SendOutcome } from "../../src/outbox/outcome.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { type AnsweringServer, lineConfig, startAnsweringServer } from "../support/answering-server.ts";

const multicast = "/v2/bot/message/multicast";
const validation = "/v2/bot/message/validate/multicast";
const timeoutMs = 300;

const batch: SealedBatch = {
  id: 7,
  retryKey: "123e4567-e89b-42d3-a456-426614174000",
  addresses: ["a", "b", "c", "d"].map((letter) => `U${letter.repeat(32)}`),
  body: JSON.stringify([{ type: "text", text: "こんにちは👍" }]),
};

let server: AnsweringServer;
beforeEach(async () => {
  server = await startAnsweringServer();
});
afterEach(() => server.close());

const send = (sealed: SealedBatch = batch): Promise<SendOutcome> =>
  createSendBatch(createLine(lineConfig(server.url), systemClock, timeoutMs))(sealed);

type Headers = Record<string, string>;
const fromLine: Headers = { "x-line-request-id": "req-1", "content-type": "application/json" };
const refusal = (message: string, ...properties: string[]) =>
  JSON.stringify({
    message,
    ...(properties.length === 0
      ? {}
      : { details: properties.map((property) => ({ property, message: "?" })) }),
  });

interface Case {
  when: string;
  status: number;
  headers?: Headers;
  body?: string;
  outcome: Record<string, unknown>;
}

const cases: Case[] = [
  { when: "200 cut short", status: 200, body: '{"sentMess', outcome: { kind: "unknown" } },
  {
    when: "409 from LINE that does not say which request was accepted",
    status: 409,
    body: refusal("The retry key is already accepted"),
    outcome: { kind: "alreadyAccepted" },
  },
  { when: "429 without a word", status: 429, body: "", outcome: { kind: "tryLater" } },
  {
    when: "400 that names a message and a recipient: the message is wrong for all",
    status: 400,
    body: refusal("The request body has 2 error(s)", "to[1]", "messages[0]"),
    outcome: { kind: "rejected" },
  },
  {
    when: "400 that names recipients in its details, one of them twice",
    status: 400,
    body: refusal("The request body has 3 error(s)", "to[3]", "to[1]", "to[3]"),
    outcome: { kind: "recipientRefused", positions: [3, 1] },
  },
  {
    when: "400 that names a recipient in its text without quotes",
    status: 400,
    body: refusal("The property, to[0], in the request body is invalid (line: -, column: -)"),
    outcome: { kind: "recipientRefused", positions: [0] },
  },
  { when: "404", status: 404, body: refusal("Not found"), outcome: { kind: "rejected" } },
  { when: "413", status: 413, body: refusal("Too large"), outcome: { kind: "rejected" } },
  { when: "502 of something in between", status: 502, headers: {}, outcome: { kind: "unknown" } },
];

describe("rarer answers of LINE, in the outbox's words", () => {
  it.each(cases)("$when → $outcome.kind", async ({ status, headers = fromLine, body = "", outcome }) => {
    server.answer = (_, response) => void response.writeHead(status, headers).end(body);
    expect(await send()).toMatchObject(outcome);
    expect(server.asked.map(({ path }) => path)).toEqual([multicast]);
  });

  it.each([
    ["LINE finds the message in order: a recipient", 200, "{}", "recipientRefused"],
    ["LINE refuses the message as well: the message", 400, refusal("no", "messages[0]"), "rejected"],
    ["LINE cannot say now: a recipient, for nothing is given up then", 500, "", "recipientRefused"],
    ["LINE is too busy to say: a recipient as well", 429, "", "recipientRefused"],
  ])("400 that names nobody is asked about; %s", async (_, status, body, kind) => {
    for (const answer of [
      refusal("The request body has 1 error(s)"),
      "<html>",
      "null",
      "7",
      refusal("x", "to[4]"),
    ]) {
      server.asked.length = 0;
      server.answer = ({ path }, response) => {
        if (path === validation) response.writeHead(status, fromLine).end(body);
        else response.writeHead(400, fromLine).end(answer);
      };
      expect(await send()).toMatchObject(kind === "rejected" ? { kind } : { kind, positions: [] });
      expect(server.asked.map(({ path }) => path)).toEqual([multicast, validation]);
      expect(JSON.parse(server.asked[1]?.body ?? "")).toEqual({
        messages: JSON.parse(batch.body) as unknown,
      });
      expect(server.asked[1]?.headers).not.toHaveProperty("x-line-retry-key");
    }
  });
});

describe("no answer that can be relied on is unknown, and never thrown", () => {
  const broken: Record<string, (response: ServerResponse) => void> = {
    "the connection is cut": (response) => void response.socket?.destroy(),
    "the answer is cut in its head": (response) =>
      void response.socket?.end("HTTP/1.1 200 OK\r\nx-line-requ"),
    "the answer is cut in its body": (response) => {
      response.writeHead(200, { ...fromLine, "content-length": 100 });
      response.write("{", () => response.socket?.destroy());
    },
    "the answer is not HTTP": (response) => void response.socket?.end("SSH-2.0-OpenSSH_9.6\r\n"),
  };
  it.each(Object.entries(broken))("%s", async (_, act) => {
    server.answer = (__, response) => act(response);
    expect(await send()).toMatchObject({ kind: "unknown" });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ["before the answer begins", false],
    ["in the middle of the answer", true],
  ])("the time limit is over %s", async (_, begins) => {
    server.answer = (__, response) => {
      if (begins) response.writeHead(200, fromLine).write("{");
    };
    expect(await send()).toMatchObject({ kind: "unknown", detail: expect.stringContaining("TimeoutError") });
  });

  it.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
    server.answer = ({ path }, response) => {
      if (path === multicast) response.writeHead(status, { ...fromLine, location: "/portal" }).end();
      else response.writeHead(200, fromLine).end("{}");
    };
    expect(await send()).toMatchObject({ kind: "unknown" });
    expect(server.asked.map(({ path }) => path)).toEqual([multicast]);
  });
});

describe("what never found a connection was certainly not taken", () => {
  it.each([
    ["nobody listens there", "127.0.0.1"],
    ["nobody listens at any address of the name", "localhost"],
  ])("%s", async (_, host) => {
    await server.close();
    const line = createLine(lineConfig(server.url.replace("127.0.0.1", host)), systemClock, 5_000);
    expect(await createSendBatch(line)(batch)).toMatchObject({
      kind: "notReached",
      detail: expect.stringContaining("ECONNREFUSED"),
    });
  });

  const failed = (syscall: string) => Object.assign(new Error("no"), { syscall });
  it.each([
    ["nobody knows the name", failed("getaddrinfo"), "notReached"],
    ["each address refuses", new AggregateError([failed("connect"), failed("connect")]), "notReached"],
    [
      "but one was lost after it had begun",
      new AggregateError([failed("connect"), failed("read")]),
      "unknown",
    ],
    ["but nothing is said about why", new AggregateError([]), "unknown"],
  ])("%s", async (_, cause, kind) => {
    const fetching = vi
      .spyOn(globalThis, "fetch")
      .mockRejectedValue(new TypeError("fetch failed", { cause }));
    expect(await send()).toMatchObject({ kind });
    fetching.mockRestore();
  });
});

describe("what is asked of LINE", () => {
  it("is the sealed batch under its key, with the same bytes at every attempt (invariant 5)", async () => {
    server.answer = (_, response) => void response.writeHead(500).end();
    const sendBatch = createSendBatch(createLine(lineConfig(server.url), systemClock, timeoutMs));
    await sendBatch(batch);
    await sendBatch({ ...batch, body: JSON.stringify([{ type: "text", text: "something else" }]) });
    await sendBatch(batch);
    const [first, other, again] = server.asked;
    expect(first).toMatchObject({ method: "POST", path: multicast });
    expect(first?.headers).toMatchObject({
      authorization: "Bearer long-lived",
      "x-line-retry-key": batch.retryKey,
    });
    expect(JSON.parse(first?.body ?? "")).toEqual({
      to: batch.addresses,
      messages: [{ type: "text", text: "こんにちは👍" }],
    });
    expect(other?.body).toContain("something else");
    expect(again?.body).toBe(first?.body);
  });
});
