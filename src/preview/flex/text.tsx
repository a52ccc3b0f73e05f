import { colour, fontSize, lineSpacing, spanSize } from "../css-values.ts";
import { type Trait, look } from "../look.ts";
import { type Json, readList, readNumber, readRecord, readText } from "../read.ts";
import { Tappable } from "../tappable.tsx";
import { type Target } from "../target.ts";
import { type Flow } from "./flow.ts";
import { align, gravity, place } from "./place.ts";

/** Text, in one line with an ellipsis unless it wraps. With spans its own `text` is ignored. */
export function Text({ text, flow, target }: { text: Json; flow: Flow; target: Target | undefined }) {
  const spans = readList(text["contents"]);
  const looks = look(
    "lp-text",
    ...place(text, flow),
    gravity(text, flow),
    align(text),
    fontSize(text["size"]),
    ...typeface(text),
  );
  return (
    <Tappable target={target} look={looks} name={target?.label}>
      <span {...lines(text)}>
        {spans.length > 0
          ? spans.map((span) => <Span span={readRecord(span)} />)
          : (readText(text["text"]) ?? "")}
      </span>
    </Tappable>
  );
}

function Span({ span }: { span: Json }) {
  if (span["type"] !== "span") return null;
  return <span {...look(spanSize(span["size"]), ...typeface(span))}>{readText(span["text"]) ?? ""}</span>;
}

function typeface(text: Json): Trait[] {
  const { weight, style, decoration } = text;
  return [
    weight === "bold" ? "lp-bold" : weight === "regular" && "lp-regular",
    style === "italic" ? "lp-italic" : style === "normal" && "lp-upright",
    decoration === "underline" && "lp-underline",
    decoration === "line-through" && "lp-line-through",
    colour("color", text["color"]),
  ];
}

/** How many lines, and how far apart. */
function lines(text: Json) {
  const wraps = text["wrap"] === true;
  const limit = readNumber(text["maxLines"]) ?? 0;
  const clamped = wraps && Number.isInteger(limit) && limit > 0 && limit <= 1000;
  const leading = wraps ? lineSpacing(text["lineSpacing"]) : undefined;
  return look(
    "lp-lines",
    wraps ? "lp-wrap" : "lp-one-line",
    text["adjustMode"] === "shrink-to-fit" && !wraps && "lp-shrink",
    clamped && "lp-clamp",
    clamped && { css: `-webkit-line-clamp:${limit}` },
    leading && "lp-leading",
    leading,
  );
}
