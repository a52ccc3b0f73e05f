import { type messagingApi } from "@line/bot-sdk";
import { readRecord, readText, shorten } from "./read.ts";
import { type PreviewOptions, wordsOf } from "./setting.ts";
import { textParts, textV2Parts, type TextPart } from "./text-parts.ts";

// What a phone shows before it cuts; LINE itself hands over more.
const longest = 400;
const described = new Set(["image", "video", "audio", "sticker", "location", "coupon"]);

/** The line a phone shows when the message arrives: its text, its `altText`, or what kind of thing was sent. */
export function notificationText(
  message: messagingApi.Message,
  language: string,
  senderName: string,
): string {
  const foreign = readRecord(message);
  const word = wordsOf(language);
  const type = readText(foreign["type"]) ?? "";
  const name = senderOf(message).name ?? senderName;
  const kind = described.has(type) ? type : "other";
  const said = plainText(foreign) ?? readText(foreign["altText"]) ?? word(`notify.${kind}`, { name });
  return shorten(said.replaceAll(/\s+/g, " ").trim(), longest);
}

function plainText(message: Readonly<Record<string, unknown>>): string | undefined {
  if (message["type"] === "text") return readText(joined(textParts(message)));
  if (message["type"] === "textV2") return readText(joined(textV2Parts(message)));
  return undefined;
}

function joined(parts: TextPart[]): string {
  return parts.map((part) => (part.kind === "emoji" ? "" : part.text)).join("");
}

/** A message may be sent under another name and icon than the account's. */
export function senderOf(message: messagingApi.Message): { name?: string; iconUrl?: string } {
  const sender = readRecord(readRecord(message)["sender"]);
  const name = readText(sender["name"]);
  const iconUrl = readText(sender["iconUrl"]);
  return { ...(name && { name: shorten(name, 20) }), ...(iconUrl && { iconUrl }) };
}

interface Props extends Omit<PreviewOptions, "interactive"> {
  message: messagingApi.Message;
  senderName: string;
}

/** A banner as on a lock screen. */
export function Notification({ message, senderName, language, contentLanguage }: Props) {
  return (
    <div class="lp-notification">
      <span class="lp-notification-app" aria-hidden="true" />
      <span class="lp-notification-words">
        <span class="lp-notification-head">
          <span class="lp-notification-sender lp-one-line">{senderOf(message).name ?? senderName}</span>
          <span class="lp-notification-time">{wordsOf(language)("now")}</span>
        </span>
        <span class="lp-notification-text" lang={contentLanguage}>
          {notificationText(message, language, senderName)}
        </span>
      </span>
    </div>
  );
}
