import { look } from "./look.ts";
import { type Json, readNumber, readRecord } from "./read.ts";
import { type Setting } from "./setting.ts";
import { Tappable } from "./tappable.tsx";
import { readTarget, spokenName } from "./target.ts";

interface Area {
  bounds: Json;
  action: unknown;
}

interface Props {
  width: number;
  height: number;
  areas: Area[];
  setting: Setting;
}

/** Invisible buttons over a picture, at the same places whatever size it is shown in. */
export function AreaMap({ width, height, areas, setting }: Props) {
  return (
    <>
      {areas.map(({ bounds, action }, index) => (
        <Tappable
          target={readTarget(action, setting)}
          look={look("lp-area", ...rectangle(bounds, width, height))}
          name={spokenName(readRecord(action), setting.word("area", { number: index + 1 }))}
        />
      ))}
    </>
  );
}

function rectangle(bounds: Json, width: number, height: number) {
  const part = (property: string, value: unknown, whole: number) => {
    const share = (100 * (readNumber(value) ?? 0)) / whole;
    return { css: `${property}:${Math.min(Math.max(share, 0), 100).toFixed(3)}%` };
  };
  return [
    part("left", bounds["x"], width),
    part("top", bounds["y"], height),
    part("width", bounds["width"], width),
    part("height", bounds["height"], height),
  ];
}

/** A side of a picture in pixels; the ratio must stay drawable whatever was written. */
export function readSide(value: unknown, otherwise: number): number {
  const side = readNumber(value) ?? otherwise;
  return side >= 1 && side <= 100_000 ? side : otherwise;
}
