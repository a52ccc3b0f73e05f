import { ActButton } from "./act-button.tsx";
import type { PhoneView } from "./phone-view.ts";
import { type Words, nameOfLanguage, profileLanguages } from "./words.ts";

/** Above the device: whose it is, and what its owner may change about themselves. */
export function Caption({ phone, words }: { phone: PhoneView; words: Words }) {
  return (
    <header class="caption">
      <h2>
        {phone.name}
        <span class="unread" data-unread hidden />
      </h2>
      <label class="caption-language">
        <span class="visually-hidden">{words("language")}</span>
        <select name="language" hx-post={`/phones/${phone.id}/language`} hx-trigger="change" hx-swap="none">
          <option value="" selected={phone.profileLanguage === undefined}>
            {words("noLanguage")}
          </option>
          {languagesWith(phone.profileLanguage).map((tag) => (
            <option value={tag} lang={tag} selected={tag === phone.profileLanguage}>
              {nameOfLanguage(tag)}
            </option>
          ))}
        </select>
      </label>
      <div class="caption-state" id={`state-${phone.id}`}>
        <CaptionState phone={phone} words={words} />
      </div>
    </header>
  );
}

function languagesWith(own: string | undefined): string[] {
  return own === undefined || profileLanguages.includes(own) ? profileLanguages : [own, ...profileLanguages];
}

export function CaptionState({ phone, words }: { phone: PhoneView; words: Words }) {
  return (
    <>
      <span class={`state state-${phone.state}`}>{words(`state.${phone.state}`)}</span>
      {phone.state === "friend" && (
        <ActButton phone={phone} act="block" look="button-text">
          {words("block")}
        </ActButton>
      )}
    </>
  );
}
