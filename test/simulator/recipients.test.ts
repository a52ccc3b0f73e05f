import { expect, test } from "vitest";
import { refusal, startLine, text } from "./support.ts";

const nobody = `U${"0".repeat(31)}9`;
const days = 24 * 3_600_000;

async function lineWithEverybody() {
  const line = await startLine();
  const add = (state: "friend" | "blocked" | "deleted" | "neverFriend") =>
    line.platform.addUser({ displayName: state, state });
  return {
    ...line,
    friend: add("friend"),
    blocked: add("blocked"),
    deleted: add("deleted"),
    stranger: add("neverFriend"),
  };
}

test("a multicast is accepted for friends and former friends, and reaches the friends", async () => {
  const { client, platform, friend, blocked, deleted, stranger } = await lineWithEverybody();
  await client.multicast({ to: [blocked, friend, deleted, stranger], messages: [text("1")] });
  const [batch] = platform.ledger.batches();
  expect(batch?.to()).toEqual([blocked, friend, deleted, stranger]);
  expect(batch?.delivered()).toEqual([friend]);
  expect(batch?.notDelivered()).toEqual([
    { userId: blocked, why: "blocked" },
    { userId: deleted, why: "deleted" },
    { userId: stranger, why: "notAFriend" },
  ]);
  expect(platform.inbox(blocked)).toEqual([]);
});

test("a push to a user nobody knows fails; to one who blocked, it vanishes", async () => {
  const { client, platform, blocked } = await lineWithEverybody();
  await client.pushMessage({ to: blocked, messages: [text("1")] });
  expect(platform.ledger.summary()).toMatchObject({ batches: 1, copies: 0, notDelivered: 1 });
  expect(await refusal(client.pushMessage({ to: nobody, messages: [text("1")] }))).toEqual({
    status: 400,
    body: { message: "Failed to send messages" },
  });
});

test("who wrote to the account can be pushed to for seven days without being a friend", async () => {
  const { client, platform, stranger } = await lineWithEverybody();
  const push = () => client.pushMessage({ to: stranger, messages: [text("1")] });
  await push();
  await platform.say(stranger, "こんにちは");
  await push();
  platform.clock.advance(7 * days);
  await push();
  expect(platform.ledger.copiesOf(stranger)).toBe(1);
});

test("one unknown id refuses a whole multicast by name, unless the switch says it is left out", async () => {
  const { client, platform, friend } = await lineWithEverybody();
  const send = () => client.multicast({ to: [friend, nobody], messages: [text("1")] });
  expect(await refusal(send())).toEqual({
    status: 400,
    body: { message: "The property, 'to[1]', in the request body is invalid (line: -, column: -)" },
  });
  expect(platform.ledger.batches()).toEqual([]);

  platform.switches.multicastUnknownId = 200;
  await send();
  expect(platform.ledger.batches()[0]?.notDelivered()).toEqual([{ userId: nobody, why: "unknown" }]);
});

test.each(["Uabc", `U${"A".repeat(32)}`, `C${"0".repeat(32)}`, `U${"0".repeat(33)}`, ""])(
  "the malformed id %j refuses a whole multicast, and nobody receives",
  async (malformed) => {
    const { client, platform, friend } = await lineWithEverybody();
    const attempt = client.multicast({ to: [friend, malformed], messages: [text("1")] });
    expect(await refusal(attempt)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("'to[1]'") },
    });
    expect(platform.inbox(friend)).toEqual([]);
  },
);

test("the same user twice refuses a multicast, or gets one copy if the switch says so", async () => {
  const { client, platform, friend } = await lineWithEverybody();
  const send = () => client.multicast({ to: [friend, friend], messages: [text("1")] });
  expect(await refusal(send())).toMatchObject({ status: 400 });
  platform.switches.duplicateRecipients = 200;
  await send();
  expect(platform.ledger.copiesOf(friend)).toBe(1);
  expect(platform.clientMistakes().map((mistake) => mistake.kind)).toEqual([
    "duplicateRecipients",
    "duplicateRecipients",
  ]);
});

test("a multicast names 1 to 500 users", async () => {
  const { client, platform } = await lineWithEverybody();
  const from = `U${"a".repeat(32)}`;
  platform.addUserRange({ from, count: 501 });
  const ids = Array.from(
    { length: 501 },
    (_, index) => `U${(BigInt(`0x${from.slice(1)}`) + BigInt(index)).toString(16)}`,
  );
  await client.multicast({ to: ids.slice(0, 500), messages: [text("1")] });
  for (const to of [ids, []])
    expect(await refusal(client.multicast({ to, messages: [text("1")] }))).toEqual({
      status: 400,
      body: {
        message: "The request body has 1 error(s)",
        details: [{ message: "Size must be between 1 and 500", property: "to" }],
      },
    });
  expect(platform.clientMistakes()).toMatchObject([{ kind: "tooManyRecipients" }]);
});

test("a broadcast reaches all friends", async () => {
  const { client, platform, friend } = await lineWithEverybody();
  await client.broadcast({ messages: [text("1")] });
  expect(platform.ledger.batches()[0]?.delivered()).toEqual([friend]);
});

test("a profile is found for friends only, with the language if they tell it", async () => {
  const { client, platform, friend, blocked, deleted, stranger } = await lineWithEverybody();
  const li = platform.addUser({ displayName: "李", language: "zh-Hant", state: "friend" });
  expect(await client.getProfile(li)).toEqual({ displayName: "李", userId: li, language: "zh-Hant" });
  expect(await client.getProfile(friend)).toEqual({ displayName: "friend", userId: friend });
  for (const userId of [blocked, deleted, stranger, nobody])
    expect(await refusal(client.getProfile(userId))).toEqual({ status: 404, body: { message: "Not found" } });
  expect(await refusal(client.getProfile("Uabc"))).toEqual({
    status: 400,
    body: { message: "The value for the 'userId' parameter is invalid" },
  });
});

test("followers are listed page by page, friends only, and not for unverified accounts", async () => {
  const { client, platform, friend } = await lineWithEverybody();
  platform.addUserRange({ from: `U${"b".repeat(32)}`, count: 1_200 });
  const found: string[] = [];
  let next: string | undefined;
  let pages = 0;
  do {
    const page = await client.getFollowers(next, 500);
    found.push(...page.userIds);
    next = page.next;
    pages += 1;
  } while (next !== undefined);
  expect([pages, found.length, new Set(found).size, found.includes(friend)]).toEqual([3, 1_201, 1_201, true]);

  const { next: token } = await client.getFollowers();
  platform.clock.advance(days);
  expect(await refusal(client.getFollowers(token))).toEqual({
    status: 400,
    body: { message: "Invalid start param" },
  });
  platform.switches.verifiedAccount = false;
  expect(await refusal(client.getFollowers())).toMatchObject({ status: 403 });
});
