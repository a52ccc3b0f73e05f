import { colour } from "../css-values.ts";
import { type Look, look } from "../look.ts";
import { type Json, readRecord, readWord, shorten } from "../read.ts";
import { type Setting } from "../setting.ts";
import { readTarget, spokenName } from "../target.ts";
import { Covered } from "./box.tsx";
import { Component } from "./component.tsx";
import { type Flow } from "./flow.ts";
import { wordsIn } from "./tappables.ts";
import { Video } from "./video.tsx";

const sizes = new Set(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]);
const blocks = ["header", "hero", "body", "footer"] as const;

/** One bubble: its four blocks from top to bottom, each optional. */
export function Bubble({ bubble, setting }: { bubble: Json; setting: Setting }) {
  const target = readTarget(bubble["action"], setting);
  const styles = readRecord(bubble["styles"]);
  const present = blocks.filter((name) => Object.keys(readRecord(bubble[name])).length > 0);
  const drawn = present.map((name, index) => (
    <Block
      name={name}
      part={readRecord(bubble[name])}
      style={readRecord(styles[name])}
      first={index === 0}
      setting={setting}
    />
  ));
  const looks: Look = look(
    "lp-bubble",
    `lp-size-${readWord(sizes, bubble["size"]) ?? "mega"}`,
    present.includes("footer") && "lp-has-footer",
  );
  const direction = bubble["direction"] === "rtl" ? "rtl" : "ltr";
  if (target === undefined)
    return (
      <span {...looks} dir={direction}>
        {drawn}
      </span>
    );
  const words = blocks
    .map((name) => wordsIn(bubble[name]))
    .join(" ")
    .trim();
  const name = target.label ?? (shorten(words, 200) || spokenName(bubble["action"], setting.word("tap")));
  return (
    <span class="lp-direction" dir={direction}>
      <Covered looks={looks} target={target} name={name}>
        {drawn}
      </Covered>
    </span>
  );
}

interface BlockProps {
  name: (typeof blocks)[number];
  part: Json;
  style: Json;
  first: boolean;
  setting: Setting;
}

function Block({ name, part, style, first, setting }: BlockProps) {
  const flow: Flow = {
    setting,
    layout: "vertical",
    spacing: undefined,
    first: true,
    depth: 0,
    inButton: false,
  };
  const separated = style["separator"] === true && !first;
  return (
    <>
      {separated && (
        <span {...look("lp-block-separator", colour("background-color", style["separatorColor"]))} />
      )}
      <span {...look("lp-block", `lp-block-${name}`, colour("background-color", style["backgroundColor"]))}>
        {name === "hero" && part["type"] === "video" ? (
          <Video video={part} setting={setting} />
        ) : (
          <Component component={part} flow={flow} />
        )}
      </span>
    </>
  );
}
