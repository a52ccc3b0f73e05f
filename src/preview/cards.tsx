import { type MediaProps, opens } from "./media.tsx";
import { readNumber, readText, shorten } from "./read.ts";
import { Tappable } from "./tappable.tsx";

/** LINE's stickers are LINE's: a face of our own stands for them, with the numbers that say which one is meant. */
export function StickerMessage({ message, setting }: MediaProps) {
  const ids = [message["packageId"], message["stickerId"]].map((id) => shorten(readText(id) ?? "?", 12));
  return (
    <div class="lp-sticker">
      <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
        <circle cx="32" cy="32" r="28" fill="#ffd43d" stroke="#8a5a00" stroke-width="2.5" />
        <circle cx="23" cy="27" r="3.5" fill="#4a3000" />
        <circle cx="41" cy="27" r="3.5" fill="#4a3000" />
        <path d="M19 38q13 13 26 0" fill="none" stroke="#4a3000" stroke-width="3.5" stroke-linecap="round" />
      </svg>
      <span>
        {setting.word("sticker")} {ids.join(" / ")}
      </span>
    </div>
  );
}

export function LocationMessage({ message, setting }: MediaProps) {
  const latitude = readNumber(message["latitude"]);
  const longitude = readNumber(message["longitude"]);
  const map = "https://www.openstreetmap.org/?mlat=";
  const known = latitude !== undefined && longitude !== undefined;
  const url = known ? `${map}${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}` : undefined;
  return (
    <Tappable target={opens(url, setting)} look={{ class: "lp-location" }}>
      <span class="lp-map" aria-hidden="true">
        <span class="lp-pin" />
      </span>
      <span class="lp-location-words">
        <span class="lp-location-title">{readText(message["title"]) ?? setting.word("location")}</span>
        <span class="lp-location-address">{readText(message["address"]) ?? ""}</span>
      </span>
    </Tappable>
  );
}

export function CouponMessage({ message, setting }: MediaProps) {
  return (
    <div class="lp-coupon">
      <span class="lp-coupon-name">{setting.word("coupon")}</span>
      <span>{shorten(readText(message["couponId"]) ?? "", 40)}</span>
      <span class="lp-coupon-open">{setting.word("openCoupon")}</span>
    </div>
  );
}
