import type { PhoneView } from "./phone-view.ts";
import type { Words } from "./words.ts";

/** Sendable stickers, by number only: the pictures are LINE's. */
const stickers = [
  { packageId: "446", stickerId: "1988" },
  { packageId: "446", stickerId: "1989" },
  { packageId: "789", stickerId: "10855" },
  { packageId: "11537", stickerId: "52002734" },
];

interface Props {
  phone: PhoneView;
  words: Words;
}

/** The line to write in, and behind the plus what else can be sent. */
export function Composer({ phone, words }: Props) {
  const more = `more-${phone.id}`;
  return (
    <>
      <form
        class="composer"
        hx-post={`/phones/${phone.id}/text`}
        hx-swap="none"
        data-clear-when-sent
        autocomplete="off"
      >
        <button
          type="button"
          class="icon-button icon-plus"
          aria-expanded="false"
          aria-controls={more}
          aria-label={words("more")}
          data-toggles={more}
        />
        <input
          name="text"
          id={`text-${phone.id}`}
          required
          maxLength={5000}
          aria-label={words("write")}
          placeholder={words("write")}
        />
        <button type="submit" class="icon-button icon-send" aria-label={words("send")} />
      </form>
      <More phone={phone} words={words} id={more} />
    </>
  );
}

function More({ phone, words, id }: Props & { id: string }) {
  return (
    <div class="more" id={id} hidden>
      <div class="more-stickers" role="group" aria-label={words("stickers")}>
        {stickers.map(({ packageId, stickerId }) => (
          <button
            type="button"
            class="more-sticker"
            hx-post={`/phones/${phone.id}/sticker`}
            hx-vals={JSON.stringify({ packageId, stickerId })}
            hx-swap="none"
            aria-label={words("sendSticker", { number: stickerId })}
          >
            <span class="face" aria-hidden="true" />
            <span aria-hidden="true">{stickerId}</span>
          </button>
        ))}
      </div>
      <div class="more-others">
        <button type="button" class="more-button icon-photo" data-opens="photo">
          {words("photo")}
        </button>
        <button type="button" class="more-button icon-place" data-opens="place">
          {words("place")}
        </button>
      </div>
    </div>
  );
}
