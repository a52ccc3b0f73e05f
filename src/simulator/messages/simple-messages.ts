import { type Check, linkUrl, list, mediaUrl, number, object, oneOf, optional, text } from "./checks.ts";
import { type Place, isRecord } from "./place.ts";

/** Messages without inner structure (LINE fact sheet section 7). */

const emoji = object({
  index: number(0, 5_000),
  productId: text({ max: 100 }),
  emojiId: text({ max: 100 }),
});

export const textMessage: Check = (place) => {
  object({
    text: text({ max: 5_000 }),
    emojis: optional(list(0, 20, emoji)),
    quoteToken: optional(text({ max: 1_000 })),
  })(place);
  const { value: words } = place.at("text");
  const { value: emojis } = place.at("emojis");
  if (typeof words !== "string" || !Array.isArray(emojis)) return;
  emojis.forEach((entry: unknown, index) => {
    const dollarAt = isRecord(entry) ? entry["index"] : undefined;
    if (typeof dollarAt === "number" && words[dollarAt] !== "$")
      place.at("emojis").at(index).at("index").complain("The index does not point at a $");
  });
};

const keyForm = /^[0-9a-zA-Z_]{1,20}$/;

/** `{key}` stands for a substitution, `{{` and `}}` for braces. */
export const textV2Message: Check = (place) => {
  object({
    text: text({ max: 5_000 }),
    substitution: optional(substitutions),
    quoteToken: optional(text({ max: 1_000 })),
  })(place);
  const { value: words } = place.at("text");
  if (typeof words !== "string") return;
  const rest = words.replaceAll(/\{\{|\}\}/g, "");
  const keys = Array.from(rest.matchAll(/\{([^{}]*)\}/g), (match) => match[1] ?? "");
  if (/[{}]/.test(rest.replaceAll(/\{[^{}]*\}/g, ""))) place.at("text").complain("Unmatched braces");
  for (const key of keys) {
    if (!keyForm.test(key))
      place
        .at("text")
        .complain(`The key '${key}' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.`);
    else if (!isRecord(place.at("substitution").at(key).value))
      place.at("text").complain(`The key '${key}' has no substitution`);
  }
};

function substitutions(place: Place): void {
  if (!isRecord(place.value)) {
    place.complain(place.style.missing);
    return;
  }
  const keys = Object.keys(place.value);
  if (keys.length > 100) place.complain("Size must be between 0 and 100");
  const kinds: unknown[] = [];
  for (const key of keys) {
    const each = place.at(key);
    oneOf("mention", "emoji")(each.at("type"));
    kinds.push(each.at("type").value);
    if (each.at("type").value === "emoji")
      object({ productId: text({ max: 100 }), emojiId: text({ max: 100 }) })(each);
  }
  for (const kind of ["mention", "emoji"])
    if (kinds.filter((other) => other === kind).length > 20) place.complain(`At most 20 of type ${kind}`);
  // Mentions work in groups and rooms only, and those are not simulated.
  if (kinds.includes("mention")) place.complain("Mentions are only available in group chats");
}

const areaCheck = object({
  x: number(0, 100_000),
  y: number(0, 100_000),
  width: number(1, 100_000),
  height: number(1, 100_000),
});

const imagemapAction: Check = (place) => {
  object({
    type: oneOf("uri", "message", "clipboard"),
    label: optional(text({ max: 100 })),
    area: areaCheck,
  })(place);
  const { value: kind } = place.at("type");
  if (kind === "uri") linkUrl(place.at("linkUri"));
  if (kind === "message") text({ max: 400 })(place.at("text"));
  if (kind === "clipboard") text({ max: 1_000 })(place.at("clipboardText"));
};

export const imagemapMessage = object({
  baseUrl: mediaUrl,
  altText: text({ max: 1_500 }),
  baseSize: object({ width: number(1_040, 1_040), height: number(1, 100_000) }),
  actions: list(1, 50, imagemapAction),
  video: optional(
    object({
      originalContentUrl: mediaUrl,
      previewImageUrl: mediaUrl,
      area: areaCheck,
      externalLink: optional(object({ linkUri: linkUrl, label: text({ max: 30 }) })),
    }),
  ),
});

export const stickerMessage = object({
  packageId: text({ max: 20 }),
  stickerId: text({ max: 20 }),
  quoteToken: optional(text({ max: 1_000 })),
});

export const imageMessage = object({ originalContentUrl: mediaUrl, previewImageUrl: mediaUrl });

export const videoMessage = object({
  originalContentUrl: mediaUrl,
  previewImageUrl: mediaUrl,
  trackingId: optional(text({ max: 100 })),
});

export const audioMessage = object({ originalContentUrl: mediaUrl, duration: number(1, 86_400_000) });

export const locationMessage = object({
  title: text({ max: 100 }),
  address: text({ max: 100 }),
  latitude: number(-90, 90),
  longitude: number(-180, 180),
});

export const couponMessage = object({
  couponId: text({ max: 100 }),
  deliveryTag: optional(text({ max: 30 })),
});
