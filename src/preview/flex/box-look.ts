import { border, colour, gradient, length, padding, space } from "../css-values.ts";
import { type Look, look } from "../look.ts";
import { type Json } from "../read.ts";
import { type Flow, type Layout } from "./flow.ts";
import { place } from "./place.ts";

const layouts = new Set<unknown>(["horizontal", "vertical", "baseline"]);
const justifications = new Set<unknown>([
  "center",
  "flex-start",
  "flex-end",
  "space-between",
  "space-around",
  "space-evenly",
]);
const alignments = new Set<unknown>(["center", "flex-start", "flex-end"]);

export function layoutOf(box: Json): Layout {
  return layouts.has(box["layout"]) ? (box["layout"] as Layout) : "vertical";
}

/** A box's own look and place. A padding of one side wins over `paddingAll`. */
export function boxLook(box: Json, flow: Flow): Look {
  const side = (property: string, own: unknown) =>
    padding(property, own) ?? padding(property, box["paddingAll"]);
  return look(
    "lp-box",
    `lp-${layoutOf(box)}`,
    ...place(box, flow),
    justifications.has(box["justifyContent"]) && `lp-justify-${String(box["justifyContent"])}`,
    alignments.has(box["alignItems"]) && `lp-items-${String(box["alignItems"])}`,
    side("padding-top", box["paddingTop"]),
    side("padding-bottom", box["paddingBottom"]),
    side("padding-inline-start", box["paddingStart"]),
    side("padding-inline-end", box["paddingEnd"]),
    space("border-radius", box["cornerRadius"]),
    border(box["borderWidth"]),
    colour("border-color", box["borderColor"]),
    colour("background-color", box["backgroundColor"]),
    gradient(box["background"]),
    length("width", box["width"]),
    length("max-width", box["maxWidth"]),
    length("height", box["height"]),
    length("max-height", box["maxHeight"]),
  );
}
