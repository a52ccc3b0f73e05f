import { expect, test } from "vitest";
import { HTTPFetchError } from "../support/line-sdk.ts";
import { refusal, startLine, text } from "./support.ts";

const key = "0b8f9a52-6e0a-4f6c-9f5c-1c1c3b9d8e77";
const hours = 3_600_000;

async function lineWithFriend() {
  const line = await startLine();
  return { ...line, hanako: line.platform.addUser({ displayName: "花子", state: "friend" }) };
}

test("a push repeated under its key is not sent again, and the answer says what was sent", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  const first = await client.pushMessageWithHttpInfo({ to: hanako, messages: [text("1")] }, key);
  const repeat = client
    .pushMessage({ to: hanako, messages: [text("1")] }, key)
    .catch((error: unknown) => error);
  const error = await repeat;
  if (!(error instanceof HTTPFetchError)) throw new Error("The repeat was accepted.");
  expect(error.status).toBe(409);
  const acceptedId = first.httpResponse.headers.get("x-line-request-id");
  expect(error.headers.get("x-line-accepted-request-id")).toBe(acceptedId);
  expect(error.headers.get("x-line-request-id")).not.toBe(acceptedId);
  expect(JSON.parse(error.body)).toEqual({
    message: "The retry key is already accepted",
    sentMessages: first.body.sentMessages,
  });
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
  expect(platform.clientMistakes()).toEqual([]);
});

test("a multicast repeated under its key tells no sent messages", async () => {
  const { client, hanako } = await lineWithFriend();
  await client.multicast({ to: [hanako], messages: [text("1")] }, key);
  expect(await refusal(client.multicast({ to: [hanako], messages: [text("1")] }, key))).toEqual({
    status: 409,
    body: { message: "The retry key is already accepted" },
  });
});

test("a key is forgotten 24 hours after its first request, and then sends again", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  const send = () => client.multicast({ to: [hanako], messages: [text("1")] }, key);
  platform.clock.freeze();
  await send();
  platform.clock.advance(24 * hours - 1);
  expect(await refusal(send())).toMatchObject({ status: 409 });
  platform.clock.advance(1);
  await send();
  expect(platform.ledger.summary().doubled).toMatchObject([{ userId: hanako, copies: 2 }]);
});

test("a refused request does not use up its key", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "refuse500", times: 1 });
  platform.faults.add({ on: "push", does: "refuse429", times: 1 });
  const send = () => client.pushMessage({ to: hanako, messages: [text("1")] }, key);
  expect(await refusal(send())).toMatchObject({ status: 500 });
  expect(await refusal(send())).toMatchObject({ status: 429 });
  await send();
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
});

test("of two requests under one key at the same time, one is accepted", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "delay", ms: 20 });
  const send = () => client.pushMessage({ to: hanako, messages: [text("1")] }, key);
  const outcomes = await Promise.allSettled([send(), send(), send()]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
});

test("another body under an accepted key is answered 409 too, and noted as the bot's mistake", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  await client.pushMessage({ to: hanako, messages: [text("1")] }, key);
  expect(await refusal(client.pushMessage({ to: hanako, messages: [text("2")] }, key))).toMatchObject({
    status: 409,
  });
  expect(platform.clientMistakes()).toMatchObject([{ kind: "retryKeyWithChangedBody" }]);
});

test("a body that changes after a refusal is noted as well", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "refuse500", times: 1 });
  await refusal(client.pushMessage({ to: hanako, messages: [text("1")] }, key));
  await client.pushMessage({ to: hanako, messages: [text("2")] }, key);
  expect(platform.clientMistakes()).toMatchObject([{ kind: "retryKeyWithChangedBody" }]);
});

test.each(["/v2/bot/message/reply", "/v2/bot/message/validate/push", "/v2/bot/chat/loading/start"])(
  "%s refuses a retry key",
  async (path) => {
    const line = await startLine();
    const answer = await line.request("POST", path, {
      json: { messages: [text("1")] },
      headers: { "x-line-retry-key": key },
    });
    expect(answer.status).toBe(400);
    expect(line.platform.clientMistakes()).toMatchObject([{ kind: "retryKeyOnWrongEndpoint" }]);
  },
);

test("a retry key has to be a UUID", async () => {
  const { client, platform, hanako } = await lineWithFriend();
  const attempt = client.pushMessage({ to: hanako, messages: [text("1")] }, "notice-42");
  expect(await refusal(attempt)).toMatchObject({ status: 400 });
  expect(platform.ledger.copiesOf(hanako)).toBe(0);
});
