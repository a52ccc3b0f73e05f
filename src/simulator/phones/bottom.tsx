import { ActButton } from "./act-button.tsx";
import { Composer } from "./composer.tsx";
import type { PhoneView } from "./phone-view.ts";
import type { Words } from "./words.ts";

interface Props {
  phone: PhoneView;
  words: Words;
}

/** What stands under the chat: the line to write in, or what to do when one cannot write. */
export function Bottom({ phone, words }: Props) {
  switch (phone.state) {
    case "friend":
      return <Composer phone={phone} words={words} />;
    case "neverFriend":
      return (
        <div class="invitation">
          <p>{words("followInvitation", { account: phone.account })}</p>
          <ActButton phone={phone} act="follow" look="button-line">
            {words("follow")}
          </ActButton>
        </div>
      );
    case "blocked":
      return (
        <div class="invitation">
          <p>{words("blockedNote")}</p>
          <ActButton phone={phone} act="unblock" look="button-line">
            {words("unblock")}
          </ActButton>
        </div>
      );
    case "deleted":
    case "unknown":
      return (
        <div class="invitation">
          <p>{words("deletedNote")}</p>
        </div>
      );
  }
}
