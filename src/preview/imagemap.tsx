import { AreaMap, readSide } from "./area-map.tsx";
import { look } from "./look.ts";
import { Picture } from "./picture.tsx";
import { type Json, readList, readRecord, readText } from "./read.ts";
import { type Setting } from "./setting.ts";

/** A picture with tappable areas. LINE asks for the width that suits the screen under `baseUrl`; we ask for one. */
export function ImagemapMessage({ message, setting }: { message: Json; setting: Setting }) {
  const size = readRecord(message["baseSize"]);
  const width = readSide(size["width"], 1040);
  const height = Math.min(readSide(size["height"], 1040), 3 * width);
  const actions = readList(message["actions"]).map(readRecord);
  const base = readText(message["baseUrl"]);
  return (
    <div class="lp-imagemap">
      <Picture
        url={base === undefined ? undefined : `${base}/700`}
        alt={readText(message["altText"]) ?? setting.word("image")}
        look={look("lp-image-full", "lp-fit-cover", { css: `aspect-ratio:${width}/${height}` })}
      />
      <AreaMap
        width={width}
        height={height}
        setting={setting}
        areas={actions.map((action) => ({ bounds: readRecord(action["area"]), action }))}
      />
    </div>
  );
}
