import { expect, test } from "vitest";
import { replyToken, startLineAndBot, text } from "./support.ts";

test("a new friend, a reply, a push and a multicast meet in the user's chat, in that order", async () => {
  const { line, bot } = await startLineAndBot();
  const { platform, client } = line;
  const hanako = platform.addUser({ displayName: "花子", language: "ja" });

  expect((await platform.follow(hanako)).status).toBe(200);
  expect(bot.events).toMatchObject([
    { type: "follow", follow: { isUnblocked: false }, source: { type: "user", userId: hanako } },
  ]);

  await client.replyMessage({ replyToken: replyToken(bot), messages: [text("ようこそ")] });
  await client.pushMessage({ to: hanako, messages: [text("お知らせ")] });
  await client.multicast({ to: [hanako], messages: [text("一斉配信")] });

  expect(platform.inbox(hanako)).toMatchObject([
    { from: "user", act: { did: "follow" } },
    { from: "bot", via: "reply", messages: [{ text: "ようこそ" }] },
    { from: "bot", via: "push", messages: [{ text: "お知らせ" }] },
    { from: "bot", via: "multicast", messages: [{ text: "一斉配信" }] },
  ]);
  expect(platform.ledger.summary()).toMatchObject({ batches: 3, copies: 3, users: 1, doubled: [] });
  expect(platform.clientMistakes()).toEqual([]);
});

test("who asks twice is answered twice: only what was sent unasked can be doubled", async () => {
  const { line, bot } = await startLineAndBot();
  const { platform, client } = line;
  const hanako = platform.addUser({ displayName: "花子", language: "ja", state: "friend" });
  for (const question of ["使い方", "使い方は？"]) {
    await platform.say(hanako, question);
    await client.replyMessage({ replyToken: replyToken(bot), messages: [text("使い方")] });
  }
  expect(platform.ledger.summary()).toMatchObject({ batches: 2, copies: 2, doubled: [] });
  for (let each = 0; each < 2; each++) await client.pushMessage({ to: hanako, messages: [text("お知らせ")] });
  expect(platform.ledger.summary().doubled).toMatchObject([{ userId: hanako, copies: 2 }]);
});
