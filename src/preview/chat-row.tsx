import { type messagingApi } from "@line/bot-sdk";
import { MessageView } from "./message.tsx";
import { senderOf } from "./notification.tsx";
import { type PreviewOptions, wordsOf } from "./setting.ts";
import { readImageUrl } from "./url.ts";

interface ReceivedProps extends PreviewOptions {
  message: messagingApi.Message;
  senderName: string;
  /** Already formatted, such as "9:41". */
  time?: string;
  /** Another message of the same sender stands right above: no avatar and no name again. */
  continued?: boolean;
}

/** A message from the account: avatar, name, the message, the time. To be placed in an element of class `lp-chat`. */
export function ReceivedMessage({ message, senderName, time, continued = false, ...options }: ReceivedProps) {
  const sender = senderOf(message);
  const name = sender.name ?? senderName;
  return (
    <div class={continued ? "lp-row lp-received lp-continued" : "lp-row lp-received"}>
      {!continued && <Avatar name={name} iconUrl={sender.iconUrl} />}
      <div class="lp-row-words">
        {!continued && <div class="lp-sender">{name}</div>}
        <div class="lp-row-message">
          <MessageView message={message} {...options} />
          {time === undefined ? null : <time class="lp-time">{time}</time>}
        </div>
      </div>
    </div>
  );
}

interface SentProps extends PreviewOptions {
  message: messagingApi.Message;
  time?: string;
  read?: boolean;
}

/** A message from the phone's owner, on the right. */
export function SentMessage({ message, time, read = false, ...options }: SentProps) {
  return (
    <div class="lp-row lp-sent">
      <div class="lp-row-message">
        <div class="lp-time">
          {read && <span>{wordsOf(options.language)("read")}</span>}
          {time === undefined ? null : <time>{time}</time>}
        </div>
        <MessageView message={message} {...options} />
      </div>
    </div>
  );
}

/** The account's picture, or the first character of its name on a plain disc. */
function Avatar({ name, iconUrl }: { name: string; iconUrl?: string | undefined }) {
  const src = readImageUrl(iconUrl);
  const [first = ""] = name.trim();
  return (
    <span class="lp-avatar" aria-hidden="true">
      {src === undefined ? first : <img src={src} alt="" referrerpolicy="no-referrer" />}
    </span>
  );
}
