import { expect, test } from "vitest";
import { refusal, startLine, text } from "./support.ts";

const from = `U${"c".repeat(32)}`;
const nth = (index: number) =>
  `U${(BigInt(`0x${from.slice(1)}`) + BigInt(index)).toString(16).padStart(32, "0")}`;

test("a million friends take no time to add, and each of them is there", async () => {
  const { platform, client } = await startLine();
  const before = process.memoryUsage().heapUsed;
  platform.addUserRange({ from, count: 1_000_000, language: ["ja", "en"] });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000);
  expect(await client.getProfile(nth(0))).toMatchObject({ language: "ja" });
  expect(await client.getProfile(nth(999_999))).toMatchObject({ language: "en" });
  expect(await refusal(client.getProfile(nth(1_000_000)))).toMatchObject({ status: 404 });
  expect(await refusal(client.getProfile(nth(-1)))).toMatchObject({ status: 404 });
});

test("a range may cross any border, but no other range", async () => {
  const { platform, client } = await startLine();
  const edge = `U${"1".repeat(20)}fffffffffffe`;
  platform.addUserRange({ from: edge, count: 4 });
  for (const id of [edge, `U${"1".repeat(20)}ffffffffffff`, `U${"1".repeat(19)}2000000000000`])
    expect((await client.getProfile(id)).userId).toBe(id);
  expect(() => platform.addUserRange({ from: `U${"1".repeat(20)}ffffffffffff`, count: 1 })).toThrow(
    "overlaps",
  );
  expect(() => platform.addUserRange({ from: "Uabc", count: 1 })).toThrow("not a LINE user id");
  expect(() => platform.addUserRange({ from: `U${"f".repeat(32)}`, count: 2 })).toThrow("last possible");
});

test("one user of a range, or before it, has a life of their own", async () => {
  const { platform, client } = await startLine();
  platform.addUser({ id: nth(3), displayName: "花子", state: "blocked" });
  platform.addUserRange({ from, count: 10 });
  await platform.block(nth(5));
  platform.addUser({ id: nth(7), displayName: "太郎", state: "friend", language: "ko" });
  await client.multicast({ to: [3, 4, 5, 7].map(nth), messages: [text("1")] });
  expect(platform.ledger.batches()[0]?.delivered()).toEqual([nth(4), nth(7)]);
  expect(await client.getProfile(nth(7))).toMatchObject({ displayName: "太郎", language: "ko" });
  expect((await client.getFollowers()).userIds.sort()).toEqual([0, 1, 2, 4, 6, 7, 8, 9].map(nth));
  await client.broadcast({ messages: [text("2")] });
  expect(platform.ledger.summary()).toMatchObject({ users: 8, copies: 10, notDelivered: 2 });
});

test("the summary finds everybody who got the same messages twice", async () => {
  const { platform, client } = await startLine();
  platform.addUserRange({ from, count: 10 });
  const send = (words: string, ...indexes: number[]) =>
    client.multicast({ to: indexes.map(nth), messages: [text(words)] });
  await send("ja", 0, 1, 2);
  await send("en", 3, 4);
  await send("ja", 5, 1);
  const summary = platform.ledger.summary();
  expect(summary).toMatchObject({ batches: 3, copies: 7, users: 6, notDelivered: 0 });
  const [ja] = platform.ledger.batches();
  expect(summary.doubled).toEqual([{ userId: nth(1), fingerprint: ja?.fingerprint, copies: 2 }]);
  expect(summary.messages).toMatchObject([
    { batches: 2, copies: 5, users: 4, doubled: [nth(1)] },
    { batches: 1, copies: 2, users: 2, doubled: [] },
  ]);
  expect(platform.ledger.summary((batch) => batch.fingerprint !== ja?.fingerprint)).toMatchObject({
    copies: 2,
  });
});

test("a big send is kept in little room, and every inbox can still be read", async () => {
  const { platform, request } = await startLine();
  platform.limits.off();
  platform.addUserRange({ from, count: 100_000 });
  const messages = [text("お知らせ")];
  for (let batch = 0; batch < 200; batch += 1) {
    const to = Array.from({ length: 500 }, (_, index) => nth(batch * 500 + index));
    expect((await request("POST", "/v2/bot/message/multicast", { json: { to, messages } })).status).toBe(200);
  }
  expect(platform.ledger.summary()).toMatchObject({
    batches: 200,
    copies: 100_000,
    users: 100_000,
    doubled: [],
  });
  expect(platform.inbox(nth(77_777))).toMatchObject([{ via: "multicast", messages }]);
  const batches = platform.ledger.batches();
  expect(batches.every((batch) => batch.messages === batches[0]?.messages)).toBe(true);
  expect(batches[0]?.recipients.byteLength).toBe(2_000);
  expect(platform.clientMistakes()).toEqual([]);
});

test("what happened can be forgotten, while the people stay", async () => {
  const { platform, client } = await startLine();
  platform.addUserRange({ from, count: 2 });
  await client.pushMessage({ to: nth(0), messages: [text("1")] });
  platform.forget();
  expect(platform.inbox(nth(0))).toEqual([]);
  expect(platform.requests()).toEqual([]);
  await client.pushMessage({ to: nth(1), messages: [text("1")] });
  expect(platform.ledger.copiesOf(nth(1))).toBe(1);
});
