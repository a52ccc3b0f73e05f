import { type ComponentChildren } from "preact";
import { type Look } from "../look.ts";
import { type Json, shorten } from "../read.ts";
import { Tappable } from "../tappable.tsx";
import { type Target, spokenName } from "../target.ts";
import { type Flow } from "./flow.ts";
import { boxLook } from "./box-look.ts";
import { wordsIn } from "./tappables.ts";

interface Props {
  box: Json;
  flow: Flow;
  target: Target | undefined;
  /** True when something inside can be tapped too. */
  shared: boolean;
  children: ComponentChildren;
}

/**
 * A box that can be tapped is the button itself, so that its words are the button's name. If something inside can be
 * tapped too, a button lies over the box as a cover instead, and what is inside is lifted above the cover.
 */
export function Box({ box, flow, target, shared, children }: Props) {
  const looks = boxLook(box, flow);
  if (target === undefined) return <span {...looks}>{children}</span>;
  const words = wordsIn(box);
  if (!shared)
    return (
      <Tappable target={target} look={looks} name={target.label ?? nameless(words, box, flow)}>
        {children}
      </Tappable>
    );
  const spoken =
    target.label ?? (words === "" ? spokenName(box["action"], tapWord(flow)) : shorten(words, 200));
  return (
    <Covered looks={looks} target={target} name={spoken}>
      {children}
    </Covered>
  );
}

interface CoverProps {
  looks: Look;
  target: Target;
  name: string;
  children: ComponentChildren;
}

export function Covered({ looks, target, name, children }: CoverProps) {
  return (
    <span {...looks} class={`${looks.class} lp-covered`}>
      <Tappable target={target} look={{ class: "lp-cover" }} name={name} />
      {children}
    </span>
  );
}

const tapWord = (flow: Flow): string => flow.setting.word("tap");

/** Words inside name the button by themselves; only a box without any needs a name made up. */
function nameless(words: string, box: Json, flow: Flow): string | undefined {
  return words === "" ? spokenName(box["action"], tapWord(flow)) : undefined;
}
