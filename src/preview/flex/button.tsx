import { colour } from "../css-values.ts";
import { look } from "../look.ts";
import { type Json } from "../read.ts";
import { Tappable } from "../tappable.tsx";
import { type Target, labelOf, spokenName } from "../target.ts";
import { type Flow } from "./flow.ts";
import { gravity, place } from "./place.ts";

const styles = new Set<unknown>(["primary", "secondary"]);

/** LINE's button: `color` paints the words of a link and the ground of the two others. */
export function Button({ button, flow, target }: { button: Json; flow: Flow; target: Target | undefined }) {
  const filled = styles.has(button["style"]);
  const style = filled ? String(button["style"]) : "link";
  const label = labelOf(button["action"]);
  const face = look(
    "lp-button",
    `lp-button-${style}`,
    button["height"] === "sm" && "lp-button-sm",
    colour(filled ? "background-color" : "color", button["color"]),
  );
  const shrink = button["adjustMode"] === "shrink-to-fit" ? " lp-shrink" : "";
  return (
    <span {...look("lp-button-place", ...place(button, flow), gravity(button, flow))}>
      <Tappable
        target={target}
        look={face}
        name={label === undefined ? spokenName(button["action"], flow.setting.word("tap")) : undefined}
      >
        <span class={`lp-one-line${shrink}`}>{label ?? ""}</span>
      </Tappable>
    </span>
  );
}
