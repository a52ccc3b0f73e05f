import { action, inFlex, inFlexButton } from "./actions.ts";
import { type Check, boolean, list, mediaUrl, number, object, oneOf, optional } from "./checks.ts";
import {
  align,
  angle,
  aspectRatio,
  borderWidth,
  color,
  fontSize,
  gravity,
  imageSize,
  length,
  lineSpacing,
  margin,
  offset,
  padding,
  percentage,
  position,
  ratioOfSpace,
} from "./flex-values.ts";
import { type Place, isAbsent, isRecord } from "./place.ts";

/** One entry for each property a component may have. A property that is not listed does not exist at LINE. */
export type Shape = Record<string, Check>;

const optionals = (checks: Shape): Shape =>
  Object.fromEntries(Object.entries(checks).map(([key, check]) => [key, optional(check)]));

const placed = optionals({
  margin,
  position,
  offsetTop: offset,
  offsetBottom: offset,
  offsetStart: offset,
  offsetEnd: offset,
});
const tap = optional(action(inFlex));
const lettering = optionals({
  size: fontSize,
  color,
  weight: oneOf("regular", "bold"),
  style: oneOf("normal", "italic"),
  decoration: oneOf("none", "underline", "line-through"),
});

const words: Check = (place) => {
  if (typeof place.value !== "string" || place.value === "") place.complain("must be non-empty text");
};
const span = shaped({ type: oneOf("span"), text: optional(words), ...lettering });

const gradient = shaped({
  type: oneOf("linearGradient"),
  angle,
  startColor: color,
  endColor: color,
  centerColor: optional(color),
  centerPosition: optional(percentage),
});

const text: Shape = {
  ...placed,
  ...lettering,
  text: optional(words),
  contents: optional(list(1, 1_000, span)),
  ...optionals({ flex: ratioOfSpace, align, gravity, wrap: boolean, lineSpacing, scaling: boolean }),
  ...optionals({ maxLines: number(0, 1_000_000), adjustMode: oneOf("shrink-to-fit") }),
  action: tap,
};

const image: Shape = {
  ...placed,
  url: mediaUrl,
  ...optionals({ flex: ratioOfSpace, align, gravity, size: imageSize, aspectRatio, animated: boolean }),
  ...optionals({ aspectMode: oneOf("fit", "cover"), backgroundColor: color }),
  action: tap,
};

const icon: Shape = {
  ...placed,
  url: mediaUrl,
  ...optionals({ size: fontSize, aspectRatio, scaling: boolean }),
};

const button: Shape = {
  ...placed,
  action: action(inFlexButton),
  ...optionals({ flex: ratioOfSpace, color, gravity, scaling: boolean }),
  ...optionals({ style: oneOf("primary", "secondary", "link"), height: oneOf("md", "sm") }),
  ...optionals({ adjustMode: oneOf("shrink-to-fit") }),
};

const video: Shape = {
  url: mediaUrl,
  previewUrl: mediaUrl,
  altContent: (place) => component(["box", "image"])(place),
  aspectRatio: optional(aspectRatio),
  action: optional(action({ ...inFlex, kinds: ["uri"] })),
};

const box: Shape = {
  ...placed,
  layout: oneOf("horizontal", "vertical", "baseline"),
  contents: () => {},
  ...optionals({ flex: ratioOfSpace, spacing: margin, background: gradient }),
  ...optionals({ backgroundColor: color, borderColor: color, borderWidth, cornerRadius: margin }),
  ...optionals({ width: length, maxWidth: length, height: length, maxHeight: length }),
  ...optionals({ paddingAll: padding, paddingTop: padding, paddingBottom: padding }),
  ...optionals({ paddingStart: padding, paddingEnd: padding }),
  justifyContent: optional(
    oneOf("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
  ),
  alignItems: optional(oneOf("center", "flex-start", "flex-end")),
  action: tap,
};

const shapes: Record<string, Shape> = {
  box,
  button,
  image,
  video,
  icon,
  text,
  separator: optionals({ margin, color }),
  filler: optionals({ flex: ratioOfSpace }),
};

/** What a box may hold depends on its layout. */
const inRows = ["box", "button", "image", "text", "separator", "filler"];
const inBaseline = ["icon", "text", "filler"];

/** A component of one of these types, and everything inside it. */
export function component(types: readonly string[]): Check {
  return (place) => {
    const type = String(place.at("type").value);
    const shape = shapes[type];
    if (!isRecord(place.value)) place.complain(place.style.missing);
    else if (shape === undefined || !types.includes(type)) place.complain("invalid property");
    else {
      shaped({ type: () => {}, ...shape })(place);
      if (type === "box") boxContents(place);
      if (type === "text" && isAbsent(place.at("text")) && isAbsent(place.at("contents")))
        place.at("text").complain("must be non-empty text");
    }
  };
}

function boxContents(place: Place): void {
  const types = place.at("layout").value === "baseline" ? inBaseline : inRows;
  list(0, 10_000, component(types))(place.at("contents"));
}

/** Like `object`, and says so when a property is not in the shape. */
export function shaped(shape: Shape): Check {
  return (place) => {
    object(shape)(place);
    if (!isRecord(place.value)) return;
    for (const key of Object.keys(place.value))
      if (!Object.hasOwn(shape, key)) place.at(key).remark("unknown property");
  };
}
