import { expect, test } from "vitest";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";
import { refusal, startLine } from "./support.ts";

/** What LINE complains about, as `property: message`; empty when it takes the messages. */
function complaints(...messages: unknown[]): string[] {
  const { refusal: refused } = validateMessages(messages);
  return (refused?.details ?? []).map(({ property, message }) => `${property}: ${message}`);
}

const say = (words: string) => ({ type: "text", text: words });
const flex = (contents: unknown, altText = "お知らせ") => ({ type: "flex", altText, contents });
const box = (...contents: unknown[]) => ({ type: "box", layout: "vertical", contents });
const bubble = (...contents: unknown[]) => ({ type: "bubble", body: box(...contents) });
const words = (text: string) => ({ type: "text", text });
const postback = { type: "postback", label: "はい", data: "yes" };
const button = (action: unknown) => ({ type: "button", action });
const quickReply = (...actions: unknown[]) => ({
  ...say("どれ?"),
  quickReply: { items: actions.map((action) => ({ type: "action", action })) },
});
const template = (inside: unknown) => ({ type: "template", altText: "選んでください", template: inside });
const family = "👨‍👩‍👧‍👦";

test("the refusal is worded as LINE words it", async () => {
  const { client } = await startLine();
  const messages = [say(""), { type: "picture" }] as never;
  expect(await refusal(client.validatePush({ messages }))).toEqual({
    status: 400,
    body: {
      message: "The request body has 2 error(s)",
      details: [
        { message: "May not be empty", property: "messages[0].text" },
        {
          message: expect.stringMatching(/^Must be one of the following values: \[text, .*flex.*\]$/),
          property: "messages[1].type",
        },
      ],
    },
  });
});

test("what is wrong inside a Flex message is named from its container", async () => {
  const { client } = await startLine();
  const messages = [say("1"), flex(bubble(words("")))] as never;
  expect(await refusal(client.validateMulticast({ messages }))).toEqual({
    status: 400,
    body: {
      message: "A message (messages[1]) in the request body is invalid",
      details: [{ message: "must be non-empty text", property: "/body/contents/0/text" }],
    },
  });
});

test("validation sends nothing and costs nothing", async () => {
  const { client, platform } = await startLine();
  platform.quota.limit = { type: "limited", value: 0 };
  const messages = [say("1")] as never;
  for (const validate of [
    client.validateReply,
    client.validatePush,
    client.validateMulticast,
    client.validateNarrowcast,
    client.validateBroadcast,
  ])
    expect(await validate.call(client, { messages })).toEqual({});
  expect(platform.ledger.batches()).toEqual([]);
});

test("a request carries one to five messages", () => {
  expect(complaints()).toEqual(["messages: Size must be between 1 and 5"]);
  expect(complaints(...Array.from({ length: 5 }, () => say("1")))).toEqual([]);
  expect(complaints(...Array.from({ length: 6 }, () => say("1")))).toEqual([
    "messages: Size must be between 1 and 5",
  ]);
  expect(validateMessages("text").refusal?.details).toEqual([
    { message: "May not be empty", property: "messages" },
  ]);
});

test("a text is measured in UTF-16 units", () => {
  expect(complaints(say("あ".repeat(5_000)))).toEqual([]);
  expect(complaints(say("👍".repeat(2_500)))).toEqual([]);
  expect(complaints(say(`${"👍".repeat(2_500)}!`))).toEqual([
    "messages[0].text: Length must be between 0 and 5000",
  ]);
});

test("a label is measured in what people see as characters", () => {
  expect(complaints(quickReply({ ...postback, label: family.repeat(20) }))).toEqual([]);
  expect(complaints(quickReply({ ...postback, label: family.repeat(21) }))).toEqual([
    "messages[0].quickReply.items[0].action.label: Length must be between 0 and 20",
  ]);
});

test("postback data and texts have their limits", () => {
  const where = "messages[0].quickReply.items[0].action";
  expect(
    complaints(quickReply({ ...postback, data: "x".repeat(300), displayText: family.repeat(300) })),
  ).toEqual([]);
  expect(complaints(quickReply({ ...postback, data: "x".repeat(301) }))).toEqual([
    `${where}.data: Length must be between 0 and 300`,
  ]);
  expect(complaints(quickReply({ ...postback, displayText: "x".repeat(301) }))).toEqual([
    `${where}.displayText: Length must be between 0 and 300`,
  ]);
  expect(complaints(quickReply({ ...postback, displayText: "a", text: "b" }))).toEqual([
    `${where}.text: displayText and text can't both be used`,
  ]);
  expect(complaints(quickReply({ type: "message", label: "a", text: "x".repeat(301) }))).toHaveLength(1);
});

test("there are at most 13 quick replies, and each needs a label", () => {
  expect(complaints(quickReply(...Array.from({ length: 13 }, () => postback)))).toEqual([]);
  expect(complaints(quickReply(...Array.from({ length: 14 }, () => postback)))).toEqual([
    "messages[0].quickReply.items: Size must be between 1 and 13",
  ]);
  expect(complaints(quickReply({ type: "postback", data: "yes" }))).toEqual([
    "messages[0].quickReply.items[0].action.label: May not be empty",
  ]);
});

test("a rich menu switch belongs into rich menus only, a camera into quick replies only", () => {
  const menuSwitch = { type: "richmenuswitch", label: "次", richMenuAliasId: "a", data: "b" };
  expect(complaints(quickReply(menuSwitch))).toHaveLength(1);
  expect(complaints(quickReply({ type: "camera", label: "撮る" }))).toEqual([]);
  expect(complaints(flex(bubble(button({ type: "camera", label: "撮る" }))))).toHaveLength(1);
});

test.each([
  ["https://example.com/a?b=c", []],
  ["http://example.com/", []],
  ["tel:0312345678", []],
  ["line://app/1", []],
  ["ftp://example.com/", ["/body/contents/0/action/uri: invalid uri scheme"]],
  ["/relative", ["/body/contents/0/action/uri: invalid uri scheme"]],
  ["https://example.com/区役所", ["/body/contents/0/action/uri: invalid uri"]],
  ["https://example.com/a b", ["/body/contents/0/action/uri: invalid uri"]],
  [
    `https://example.com/${"a".repeat(981)}`,
    ["/body/contents/0/action/uri: size must be between 0 and 1000"],
  ],
])("a tap opens %s or not", (uri, expected) => {
  expect(complaints(flex(bubble(button({ type: "uri", label: "開く", uri }))))).toEqual(expected);
});

test("a Flex picture comes by https, with an address of at most 2,000 characters", () => {
  const hero = (url: string) => flex({ ...bubble(words("1")), hero: { type: "image", url } });
  expect(complaints(hero("https://example.com/a.png"))).toEqual([]);
  expect(complaints(hero("http://example.com/a.png"))).toEqual(["/hero/url: invalid uri scheme"]);
  expect(complaints(hero(`https://example.com/${"a".repeat(1_981)}`))).toEqual([
    "/hero/url: size must be between 0 and 2000",
  ]);
});

test("an alternative text is needed, of at most 1,500 characters", () => {
  expect(complaints(flex(bubble(words("1")), "あ".repeat(1_500)))).toEqual([]);
  expect(complaints(flex(bubble(words("1")), "あ".repeat(1_501)))).toEqual([
    "messages[0].altText: Length must be between 0 and 1500",
  ]);
  expect(complaints({ type: "flex", contents: bubble(words("1")) })).toEqual([
    "messages[0].altText: May not be empty",
  ]);
});

test("a bubble holds 30,000 bytes, a carousel 50,000 and twelve bubbles of one size", () => {
  const ofBytes = (bytes: number) => {
    const empty = Buffer.byteLength(JSON.stringify(bubble(words(""))));
    return bubble(words("x".repeat(bytes - empty)));
  };
  expect(complaints(flex(ofBytes(30_000)))).toEqual([]);
  expect(complaints(flex(ofBytes(30_001)))).toHaveLength(1);
  const carousel = (bubbles: unknown[]) => flex({ type: "carousel", contents: bubbles });
  const bubbles = (count: number) => Array.from({ length: count }, () => bubble(words("1")));
  expect(complaints(carousel(bubbles(12)))).toEqual([]);
  expect(complaints(carousel(bubbles(13)))).toEqual(["/contents: Size must be between 1 and 12"]);
  expect(complaints(carousel([ofBytes(25_000), ofBytes(24_900)]))).toEqual([]);
  expect(complaints(carousel([ofBytes(25_000), ofBytes(25_100)]))).toHaveLength(1);
  expect(complaints(carousel([bubble(words("1")), { ...bubble(words("2")), size: "kilo" }]))).toHaveLength(1);
});

test("what a box may hold depends on its layout", () => {
  const icon = { type: "icon", url: "https://example.com/a.png" };
  const baseline = (...contents: unknown[]) => ({ type: "box", layout: "baseline", contents });
  expect(complaints(flex(bubble(baseline(icon, words("1")))))).toEqual([]);
  expect(complaints(flex(bubble(icon)))).toEqual(["/body/contents/0: invalid property"]);
  expect(complaints(flex(bubble(baseline(button(postback)))))).toEqual([
    "/body/contents/0/contents/0: invalid property",
  ]);
  expect(complaints(flex(bubble({ type: "spacer" })))).toEqual(["/body/contents/0: invalid property"]);
  expect(
    complaints(flex({ type: "bubble", body: { type: "box", layout: "diagonal", contents: [] } })),
  ).toHaveLength(1);
  expect(complaints(flex({ type: "bubble", body: { type: "box", layout: "vertical" } }))).toEqual([
    "/body/contents: must be specified",
  ]);
  expect(complaints(flex({ type: "bubble" }))).toHaveLength(1);
});

test("Flex values have the forms LINE documents", () => {
  const styled = (style: object) => complaints(flex(bubble({ ...words("1"), ...style })));
  expect(
    styled({ size: "xxl", color: "#00ff00aa", margin: "10px", weight: "bold", wrap: true, maxLines: 3 }),
  ).toEqual([]);
  expect(styled({ size: "huge" })).toEqual(["/body/contents/0/size: invalid property"]);
  expect(styled({ color: "red" })).toEqual(["/body/contents/0/color: invalid property"]);
  expect(styled({ wrap: "yes" })).toHaveLength(1);
  const picture = (aspectRatio: string) =>
    complaints(flex(bubble({ type: "image", url: "https://example.com/a.png", aspectRatio })));
  expect(picture("20:13")).toEqual([]);
  expect(picture("1:4")).toHaveLength(1);
});

test("a Flex property LINE does not document is let through, with a remark for the bot's author", async () => {
  const { client, platform } = await startLine();
  const to = platform.addUser({ displayName: "花子", state: "friend" });
  await client.pushMessage({ to, messages: [flex(bubble({ ...words("1"), colour: "#000000" }))] as never });
  expect(platform.clientMistakes()).toMatchObject([
    { kind: "unknownFlexProperty", detail: "/body/contents/0/colour" },
  ]);
});

test("templates keep their own limits", () => {
  const confirm = { type: "confirm", text: "よろしいですか?", actions: [postback, postback] };
  expect(complaints(template(confirm))).toEqual([]);
  expect(complaints(template({ ...confirm, actions: [postback] }))).toEqual([
    "template/actions: Size must be between 2 and 2",
  ]);
  const buttons = { type: "buttons", text: "あ".repeat(160), actions: [postback] };
  expect(complaints(template(buttons))).toEqual([]);
  expect(complaints(template({ ...buttons, title: "題" }))).toEqual([
    "template/text: size must be between 0 and 60",
  ]);
  expect(
    complaints(template({ ...buttons, actions: Array.from({ length: 5 }, () => postback) })),
  ).toHaveLength(1);
  const column = { text: "1", actions: [postback] };
  expect(complaints(template({ type: "carousel", columns: [column, column] }))).toEqual([]);
  expect(
    complaints(template({ type: "carousel", columns: [column, { ...column, title: "題" }] })),
  ).toHaveLength(1);
  const picture = { imageUrl: "https://example.com/a.png", action: { type: "postback", data: "a" } };
  expect(complaints(template({ type: "image_carousel", columns: [picture] }))).toEqual([]);
});

test("a date picker keeps to its mode, and its latest choice comes after its earliest", () => {
  const picker = (more: object) =>
    quickReply({ type: "datetimepicker", label: "日付", data: "d", mode: "date", ...more });
  expect(complaints(picker({ initial: "2027-04-01", min: "2027-01-01", max: "2027-12-31" }))).toEqual([]);
  expect(complaints(picker({ initial: "2027-04-01T10:00" }))).toHaveLength(1);
  expect(complaints(picker({ min: "2027-12-31", max: "2027-01-01" }))).toHaveLength(1);
  expect(complaints(picker({ mode: "month" }))).toHaveLength(1);
});

test("text with substitutions needs matching braces and known keys", () => {
  const v2 = (text: string, substitution?: object) => ({ type: "textV2", text, substitution });
  const emoji = { type: "emoji", productId: "1", emojiId: "1" };
  expect(complaints(v2("{{}} {smile}", { smile: emoji }))).toEqual([]);
  expect(complaints(v2("{smile}"))).toHaveLength(1);
  expect(complaints(v2("{smile"))).toEqual(["messages[0].text: Unmatched braces"]);
});

test("the other kinds of messages are checked too", () => {
  const url = "https://example.com/a";
  expect(
    complaints(
      { type: "sticker", packageId: "1", stickerId: "1" },
      { type: "image", originalContentUrl: url, previewImageUrl: url },
      { type: "video", originalContentUrl: url, previewImageUrl: url },
      { type: "audio", originalContentUrl: url, duration: 1_000 },
      { type: "location", title: "区役所", address: "1-1", latitude: 35.6, longitude: 139.7 },
    ),
  ).toEqual([]);
  expect(complaints({ type: "location", title: "区役所", latitude: 95, longitude: 139.7 })).toEqual([
    "messages[0].address: May not be empty",
    "messages[0].latitude: Must be between -90 and 90",
  ]);
  const area = { x: 0, y: 0, width: 10, height: 10 };
  const imagemap = {
    type: "imagemap",
    baseUrl: url,
    altText: "地図",
    baseSize: { width: 1_040, height: 600 },
    actions: [{ type: "message", text: "はい", area }],
  };
  expect(complaints(imagemap)).toEqual([]);
  expect(complaints({ ...imagemap, baseSize: { width: 800, height: 600 } })).toHaveLength(1);
  expect(complaints({ ...say("1"), sender: { name: "LINE" } })).toHaveLength(1);
});
