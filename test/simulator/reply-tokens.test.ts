import { expect, test } from "vitest";
import { refusal, replyToken, startLineAndBot, text } from "./support.ts";

const invalid = { status: 400, body: { message: "Invalid reply token" } };
const seconds = 1_000;
const minutes = 60 * seconds;

async function afterAMessage(switches = {}) {
  const { line, bot } = await startLineAndBot({ switches });
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  line.platform.clock.freeze();
  await line.platform.say(hanako, "こんにちは");
  const reply = () => line.client.replyMessage({ replyToken: replyToken(bot), messages: [text("はい")] });
  return { ...line, bot, hanako, reply };
}

test("a reply token works once", async () => {
  const { reply, platform, hanako } = await afterAMessage();
  const sent = await reply();
  expect(sent.sentMessages).toMatchObject([
    { id: expect.stringMatching(/^\d{17,20}$/), quoteToken: expect.any(String) },
  ]);
  expect(await refusal(reply())).toEqual(invalid);
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
  expect(platform.clientMistakes()).toMatchObject([{ kind: "replyTokenUsedTwice" }]);
});

test("a reply token works for a minute", async () => {
  const { reply, platform } = await afterAMessage();
  platform.clock.advance(60 * seconds + 1);
  expect(await refusal(reply())).toEqual(invalid);
  expect(platform.clientMistakes()).toMatchObject([{ kind: "replyTokenExpired" }]);
});

test("an invented reply token does not work", async () => {
  const { client } = await afterAMessage();
  expect(await refusal(client.replyMessage({ replyToken: "invented", messages: [text("はい")] }))).toEqual(
    invalid,
  );
});

test("messages that are refused do not use the token up", async () => {
  const { client, bot, reply } = await afterAMessage();
  const attempt = client.replyMessage({ replyToken: replyToken(bot), messages: [text("")] });
  expect(await refusal(attempt)).toMatchObject({ status: 400 });
  await reply();
});

test("a redelivered webhook gives the token another minute, but not once the event is 20 minutes old", async () => {
  const redeliver = async (afterMs: number) => {
    const { line, bot } = await startLineAndBot({
      switches: { redelivery: true, redeliveryAfterMs: [afterMs] },
    });
    const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
    bot.answer = 500;
    line.platform.clock.freeze();
    await line.platform.say(hanako, "こんにちは");
    line.platform.clock.advance(afterMs);
    await line.platform.webhook.settled();
    expect(bot.events.map((event) => event.deliveryContext.isRedelivery)).toEqual([false, true]);
    line.platform.clock.advance(59 * seconds);
    return line.client.replyMessage({ replyToken: replyToken(bot), messages: [text("はい")] });
  };
  await redeliver(19 * minutes);
  expect(await refusal(redeliver(21 * minutes))).toEqual(invalid);
});

test("a reply reaches somebody who is no friend but wrote, and not somebody who blocked meanwhile", async () => {
  const { platform, client, bot, hanako } = await afterAMessage();
  await platform.block(hanako);
  const token = bot.events[0];
  if (token?.type !== "message" || token.replyToken === undefined) throw new Error("no token");
  await client.replyMessage({ replyToken: token.replyToken, messages: [text("はい")] });
  expect(platform.ledger.batches()[0]?.notDelivered()).toMatchObject([{ why: "blocked" }]);

  const stranger = platform.addUser({ displayName: "通りすがり" });
  await platform.say(stranger, "ここは?");
  await client.replyMessage({ replyToken: replyToken(bot), messages: [text("区役所です")] });
  expect(platform.ledger.copiesOf(stranger)).toBe(1);
});
