import { QuickReplies, ReceivedMessage, SentMessage } from "../../preview/index.ts";
import type { PhoneView } from "./phone-view.ts";
import type { Row } from "./rows.ts";
import { clockTime, dayName } from "./times.ts";
import { type Words } from "./words.ts";

interface Props {
  phone: PhoneView;
  rows: readonly Row[];
  /** The phone's own words. */
  words: Words;
  /** Just arrived, while somebody looks: worth a glance. */
  fresh?: boolean;
}

export function ChatRows({ phone, rows, words, fresh = false }: Props) {
  return (
    <>
      {rows.map((row) => (
        <div class={fresh ? "chat-row chat-row-fresh" : "chat-row"} id={`row-${phone.id}-${row.key}`}>
          <RowContent row={row} phone={phone} words={words} />
        </div>
      ))}
    </>
  );
}

function RowContent({ row, phone, words }: { row: Row; phone: PhoneView; words: Words }) {
  const options = {
    language: phone.language,
    interactive: phone.state === "friend" || phone.state === "neverFriend",
    contentLanguage: phone.profileLanguage ?? "ja",
  };
  const time = clockTime(row.at);
  switch (row.kind) {
    case "day":
      return <div class="chat-day">{dayName(row.at, phone.language)}</div>;
    case "unsent":
      return <div class="chat-note">{words("unsent")}</div>;
    case "received":
      return (
        <ReceivedMessage
          {...options}
          message={row.message}
          senderName={phone.account}
          continued={row.continued}
          time={time}
        />
      );
    case "sent":
      // An account that answers by itself reads by itself: LINE marks everything as read at once.
      return <SentMessage {...options} message={row.message} read time={time} />;
    case "photo":
      return (
        <div class="lp-row lp-sent">
          <div class="lp-row-message">
            <div class="lp-time">
              <time>{time}</time>
            </div>
            <img class="chat-photo" src={`/phones/photos/${row.messageId}`} alt={words("photoSent")} />
          </div>
        </div>
      );
  }
}

/** The account is working on an answer: three dots, and words for those who do not see them. */
export function Typing({ phone, words }: { phone: PhoneView; words: Words }) {
  if (!phone.typing) return null;
  return (
    <div class="chat-typing">
      <span class="visually-hidden">{words("typing", { account: phone.account })}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

export function Chips({ phone }: { phone: PhoneView }) {
  if (phone.quickReplies === undefined) return null;
  return (
    <QuickReplies
      message={phone.quickReplies}
      language={phone.language}
      interactive
      contentLanguage={phone.profileLanguage ?? "ja"}
    />
  );
}
