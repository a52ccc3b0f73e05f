import { expect, test } from "vitest";
import { refusal, replyToken, startLineAndBot, text } from "./support.ts";

async function withFriend(switches = {}) {
  const { line, bot } = await startLineAndBot({ switches });
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  return { ...line, bot, hanako };
}

test("following, blocking and coming back are told apart", async () => {
  const { platform, bot } = await withFriend();
  const taro = platform.addUser({ displayName: "太郎" });
  await platform.follow(taro);
  await platform.block(taro);
  await platform.unblock(taro);
  expect(bot.events).toMatchObject([
    { type: "follow", follow: { isUnblocked: false }, replyToken: expect.any(String) },
    { type: "unfollow" },
    { type: "follow", follow: { isUnblocked: true }, replyToken: expect.any(String) },
  ]);
  expect(bot.events[1]).not.toHaveProperty("replyToken");
});

test("who blocked the account cannot write to it, and a stranger cannot block it", async () => {
  const { platform, hanako } = await withFriend();
  await platform.block(hanako);
  expect(() => platform.say(hanako, "聞こえますか")).toThrow("has blocked the account");
  const taro = platform.addUser({ displayName: "太郎" });
  expect(() => platform.block(taro)).toThrow("is not a friend");
});

test("deleting an account is silent, unless the switch says otherwise", async () => {
  const { platform, bot, hanako } = await withFriend();
  expect(await platform.deleteAccount(hanako)).toBeUndefined();
  expect(bot.events).toEqual([]);
  platform.switches.unfollowOnAccountDeletion = true;
  const taro = platform.addUser({ displayName: "太郎", state: "friend" });
  await platform.deleteAccount(taro);
  expect(bot.events).toMatchObject([{ type: "unfollow", source: { userId: taro } }]);
});

test("stickers, pictures and places arrive as LINE describes them, and pictures can be fetched", async () => {
  const { platform, client, bot, hanako } = await withFriend();
  await platform.sendSticker(hanako, { packageId: "446", stickerId: "1988" });
  await platform.sendLocation(hanako, { title: "区役所", latitude: 35.6, longitude: 139.7 });
  await platform.sendImage(hanako, Buffer.from("picture"), "image/jpeg");
  expect(bot.events).toMatchObject([
    { message: { type: "sticker", packageId: "446", stickerId: "1988", stickerResourceType: "STATIC" } },
    { message: { type: "location", title: "区役所", latitude: 35.6, longitude: 139.7 } },
    { message: { type: "image", contentProvider: { type: "line" } } },
  ]);
  const picture = bot.events[2];
  if (picture?.type !== "message") throw new Error("no picture");
  const chunks: Uint8Array[] = [];
  for await (const chunk of await client.getMessageContent(picture.message.id))
    chunks.push(chunk as Uint8Array);
  expect(Buffer.concat(chunks).toString()).toBe("picture");

  await platform.unsend(hanako);
  expect(bot.events[3]).toMatchObject({ type: "unsend", unsend: { messageId: picture.message.id } });
  expect(await refusal(client.getMessageContent(picture.message.id))).toMatchObject({ status: 410 });
  expect(platform.inbox(hanako)[2]).toMatchObject({ act: { did: "image" }, unsent: true });
});

test("pressing a postback shows its text in the chat without sending it", async () => {
  const { platform, bot, hanako } = await withFriend();
  await platform.press(hanako, { type: "postback", data: "lang=ja", displayText: "日本語" });
  expect(bot.events).toMatchObject([{ type: "postback", postback: { data: "lang=ja" } }]);
  expect(platform.inbox(hanako)).toMatchObject([{ from: "user", act: { did: "press", shows: "日本語" } }]);
});

test("pressing a message says it; pressing a link only opens it", async () => {
  const { platform, bot, hanako } = await withFriend();
  await platform.press(hanako, { type: "message", text: "設定" });
  expect(bot.events).toMatchObject([{ type: "message", message: { type: "text", text: "設定" } }]);
  expect(await platform.press(hanako, { type: "uri", uri: "https://example.com/" })).toBeUndefined();
  expect(bot.events).toHaveLength(1);
  expect(platform.inbox(hanako).at(-1)).toMatchObject({ act: { did: "press", action: { type: "uri" } } });
});

test("a date picker tells what was picked, within its bounds", async () => {
  const { platform, bot, hanako } = await withFriend();
  const picker = {
    type: "datetimepicker",
    data: "born",
    mode: "date",
    min: "2020-01-01",
    max: "2027-03-31",
  } as const;
  await platform.press(hanako, picker, { pick: "2024-02-29" });
  expect(bot.events).toMatchObject([{ postback: { data: "born", params: { date: "2024-02-29" } } }]);
  await expect(platform.press(hanako, picker, { pick: "2028-01-01" })).rejects.toThrow("outside");
  await expect(platform.press(hanako, picker, { pick: "tomorrow" })).rejects.toThrow("not a date");
});

test("a person presses what they read: quick replies first, then the newest message", async () => {
  const { platform, client, bot, hanako } = await withFriend();
  const postback = (label: string, data: string) => ({ type: "postback" as const, label, data });
  const box = (...contents: object[]) => ({ type: "box" as const, layout: "vertical" as const, contents });
  const flex = (data: string) => ({
    type: "flex" as const,
    altText: "お知らせ",
    contents: {
      type: "bubble" as const,
      body: {
        ...box(),
        contents: [
          { type: "button" as const, action: postback("詳しく", data) },
          {
            ...box(),
            contents: [{ type: "text" as const, text: "地図を見る" }],
            action: { type: "uri" as const, uri: "https://example.com/map" },
          },
        ],
      },
    },
  });
  await client.pushMessage({ to: hanako, messages: [flex("old")] as never });
  await client.pushMessage({ to: hanako, messages: [flex("new")] as never });
  const quick = {
    ...text("どれ?"),
    quickReply: { items: [{ type: "action", action: postback("詳しく", "quick") }] },
  };
  await client.pushMessage({ to: hanako, messages: [quick] });

  await platform.pressLabel(hanako, "詳しく");
  await platform.say(hanako, "うん");
  await platform.pressLabel(hanako, "詳しく");
  expect(bot.events.map((event) => (event.type === "postback" ? event.postback.data : event.type))).toEqual([
    "quick",
    "message",
    "new",
  ]);
  await platform.pressLabel(hanako, "地図を見る");
  await expect(platform.pressLabel(hanako, "無い")).rejects.toThrow('There is: "詳しく", "地図を見る"');
});

test("the loading animation is seen until the next message or its end", async () => {
  const { platform, client, bot, hanako } = await withFriend();
  await platform.say(hanako, "調べて");
  await client.showLoadingAnimation({ chatId: hanako, loadingSeconds: 5 });
  expect(platform.isLoading(hanako)).toBe(true);
  await client.replyMessage({ replyToken: replyToken(bot), messages: [text("はい")] });
  expect(platform.isLoading(hanako)).toBe(false);

  await client.showLoadingAnimation({ chatId: hanako });
  platform.clock.advance(20_000);
  expect(platform.isLoading(hanako)).toBe(false);
  for (const [loadingSeconds, message] of [
    [4, "Must be between 5 and 60"],
    [7, "must be a multiple of five"],
  ] as const)
    expect(await refusal(client.showLoadingAnimation({ chatId: hanako, loadingSeconds }))).toMatchObject({
      body: { details: [{ message, property: "loadingSeconds" }] },
    });
});

test("messages are marked as read with the token of their webhook", async () => {
  const { platform, client, bot, hanako } = await withFriend();
  await platform.say(hanako, "1");
  await platform.say(hanako, "2");
  const event = bot.events[0];
  if (event?.type !== "message" || event.message.type !== "text") throw new Error("no text");
  await client.markMessagesAsReadByToken({ markAsReadToken: event.message.markAsReadToken ?? "" });
  expect(platform.inbox(hanako)).toMatchObject([{ read: true }, { read: false }]);
  expect(await refusal(client.markMessagesAsReadByToken({ markAsReadToken: "x" }))).toMatchObject({
    status: 400,
  });
});

test("a waiting test is woken by what it waits for, and told what did not come", async () => {
  const { platform, client, hanako } = await withFriend();
  const waiting = platform.waitUntil(() => platform.inbox(hanako).at(-1));
  await client.pushMessage({ to: hanako, messages: [text("来た")] });
  expect(await waiting).toMatchObject({ messages: [{ text: "来た" }] });
  await expect(platform.waitUntil(() => false, { timeoutMs: 20, what: "The answer" })).rejects.toThrow(
    "The answer did not come within 20 ms.",
  );
});

test("a phone is told of what its user sees, and not of others", async () => {
  const { platform, client, hanako } = await withFriend();
  const taro = platform.addUser({ displayName: "太郎", state: "friend" });
  let changes = 0;
  const stop = platform.watchUser(hanako, () => {
    changes += 1;
  });
  await client.pushMessage({ to: taro, messages: [text("太郎へ")] });
  expect(changes).toBe(0);
  await client.multicast({ to: [taro, hanako], messages: [text("みんなへ")] });
  expect(changes).toBe(1);
  stop();
  await client.pushMessage({ to: hanako, messages: [text("花子へ")] });
  expect(changes).toBe(1);
});
