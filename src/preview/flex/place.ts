import { isLength, offset, space } from "../css-values.ts";
import { type Trait } from "../look.ts";
import { type Json, readNumber } from "../read.ts";
import { type Flow } from "./flow.ts";

/**
 * A component's place in its box: share of the room (`flex`), distance to the component before it, and offsets.
 * In a row children share the width (flex 1), in a column they keep their own height (flex 0), unless they say
 * otherwise. The box's `spacing` does not count before the first child; the child's own `margin` does.
 */
export function place(component: Json, flow: Flow): Trait[] {
  const absolute = component["position"] === "absolute";
  const before = flow.layout === "vertical" ? "margin-top" : "margin-inline-start";
  const spacing = flow.first ? undefined : flow.spacing;
  const margin = space(before, component["margin"]) ?? space(before, spacing);
  return [
    absolute ? "lp-absolute" : margin,
    ...(absolute ? [] : share(component, flow)),
    offset("top", component["offsetTop"]),
    offset("bottom", component["offsetBottom"]),
    offset("inset-inline-start", component["offsetStart"]),
    offset("inset-inline-end", component["offsetEnd"]),
  ];
}

function share(component: Json, flow: Flow): Trait[] {
  const wanted = readNumber(component["flex"]);
  const legal = wanted !== undefined && wanted >= 0 && wanted <= 10_000 ? wanted : undefined;
  if (flow.layout === "vertical")
    return ["lp-in-column", legal === undefined || legal === 0 ? undefined : grow(legal)];
  // A box in a row that states its width or height takes exactly that.
  const fixed =
    component["type"] === "box" && (isLength(component["width"]) || isLength(component["height"]));
  if (fixed || legal === 0) return ["lp-in-row-fixed"];
  return ["lp-in-row", legal === undefined || legal === 1 ? undefined : grow(legal)];
}

function grow(value: number): Trait {
  return { css: `flex-grow:${value}` };
}

const gravities = new Map<unknown, string>([
  ["center", "lp-gravity-center"],
  ["bottom", "lp-gravity-bottom"],
]);

/** Vertical position of text, image or button in the height it was given; a baseline box ignores it. */
export function gravity(component: Json, flow: Flow): Trait {
  return flow.layout === "baseline" ? undefined : gravities.get(component["gravity"]);
}

const aligns = new Set<unknown>(["start", "center", "end"]);

export function align(component: Json): Trait {
  const wanted = component["align"];
  return aligns.has(wanted) ? `lp-align-${String(wanted)}` : undefined;
}
