import { action, inFlex } from "./actions.ts";
import { type Check, boolean, list, oneOf, optional } from "./checks.ts";
import { component, shaped } from "./flex-components.ts";
import { color } from "./flex-values.ts";
import { type Place, deepest, isAbsent, isRecord } from "./place.ts";

/** LINE says 30 KB and 50 KB; whether KB is 1,000 or 1,024 is unverified, so the smaller. */
const bubbleBytes = 30_000;
const carouselBytes = 50_000;
const animatedImages = 10;

const blockNames = ["header", "hero", "body", "footer"];
const videoSizes = new Set(["kilo", "mega", "giga"]);

const blockStyle = shaped({
  backgroundColor: optional(color),
  separator: optional(boolean),
  separatorColor: optional(color),
});
const boxOnly = component(["box"]);

const bubble = (hero: readonly string[]): Check =>
  shaped({
    type: oneOf("bubble"),
    size: optional(oneOf("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")),
    direction: optional(oneOf("ltr", "rtl")),
    header: optional(boxOnly),
    hero: optional(component(hero)),
    body: optional(boxOnly),
    footer: optional(boxOnly),
    styles: optional(shaped(Object.fromEntries(blockNames.map((name) => [name, optional(blockStyle)])))),
    action: optional(action(inFlex)),
  });

const aloneBubble: Check = (place) => {
  bubble(["box", "image", "video"])(place);
  const { value: size = "mega" } = place.at("size");
  if (place.at("hero").at("type").value === "video" && !videoSizes.has(String(size)))
    place.at("hero").complain("invalid property");
};

const bubbleLimits: Check = (place) => {
  if (!isRecord(place.value)) return;
  if (blockNames.every((name) => isAbsent(place.at(name))))
    place.complain("At least one block must be specified");
  if (bytesOf(place) > bubbleBytes) place.complain(`The bubble is larger than ${bubbleBytes} bytes`);
};

const bubbleInCarousel: Check = (place) => {
  bubble(["box", "image"])(place);
  bubbleLimits(place);
};

const carousel: Check = (place) => {
  shaped({ type: oneOf("carousel"), contents: list(1, 12, bubbleInCarousel) })(place);
  if (bytesOf(place) > carouselBytes) place.complain(`The carousel is larger than ${carouselBytes} bytes`);
  const { value: bubbles } = place.at("contents");
  if (!Array.isArray(bubbles)) return;
  const widths = new Set(bubbles.map((each: unknown) => (isRecord(each) ? (each["size"] ?? "mega") : "")));
  if (widths.size > 1) place.at("contents").complain("All bubbles of a carousel need the same size");
};

/** The `contents` of a Flex message. */
export const flexContainer: Check = (place) => {
  const { value: type } = place.at("type");
  if (type === "bubble") {
    aloneBubble(place);
    bubbleLimits(place);
  } else if (type === "carousel") carousel(place);
  else oneOf("bubble", "carousel")(place.at("type"));
  if (countAnimated(place.value) > animatedImages)
    place.complain(`At most ${animatedImages} animated images are allowed`);
};

function bytesOf(place: Place): number {
  return Buffer.byteLength(JSON.stringify(place.value) ?? "");
}

function countAnimated(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null || depth > deepest) return 0;
  const inside = Object.values(value).reduce(
    (sum: number, child) => sum + countAnimated(child, depth + 1),
    0,
  );
  return "animated" in value && value.animated === true ? inside + 1 : inside;
}
