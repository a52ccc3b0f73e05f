import { colour } from "../css-values.ts";
import { look } from "../look.ts";
import { type Json, readText, shorten } from "../read.ts";
import { type Flow } from "./flow.ts";
import { place } from "./place.ts";

/** A line across the box: down in a row, across in a column. */
export function Separator({ separator, flow }: { separator: Json; flow: Flow }) {
  const line = { margin: separator["margin"], flex: 0 };
  return (
    <span {...look("lp-separator", ...place(line, flow), colour("background-color", separator["color"]))} />
  );
}

/** Empty room. Deprecated by LINE but still legal; the box's spacing does not count before it. */
export function Filler({ filler, flow }: { filler: Json; flow: Flow }) {
  const room = { flex: filler["flex"] ?? 1 };
  return <span {...look("lp-filler", ...place(room, { ...flow, spacing: undefined }))} />;
}

/** A component we do not know: said plainly, in its place, instead of a hole in the message. */
export function UnknownPart({ part, flow }: { part: Json; flow: Flow }) {
  const type = readText(part["type"]);
  return (
    <span {...look("lp-unknown", ...place({}, flow))}>
      {flow.setting.word("unsupportedPart")}
      {type === undefined ? "" : ` (${shorten(type, 30)})`}
    </span>
  );
}
