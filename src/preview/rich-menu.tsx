import { type messagingApi } from "@line/bot-sdk";
import { AreaMap, readSide } from "./area-map.tsx";
import { look } from "./look.ts";
import { readList, readRecord, readText } from "./read.ts";
import { type PreviewOptions, settingOf } from "./setting.ts";

interface Props extends PreviewOptions {
  menu: messagingApi.RichMenuRequest;
  /** Where the page can fetch the menu's picture: an address of the page's own server, or https. */
  imageUrl: string | undefined;
}

/** The rich menu as it lies under the chat: its picture, each area a real button named by its label. */
export function RichMenu({ menu, imageUrl, ...options }: Props) {
  const setting = settingOf(options);
  const foreign = readRecord(menu);
  const size = readRecord(foreign["size"]);
  const width = readSide(size["width"], 2500);
  const height = Math.min(readSide(size["height"], 1686), 2 * width);
  const areas = readList(foreign["areas"]).map(readRecord);
  const name = readText(foreign["chatBarText"]) ?? setting.word("richMenu");
  return (
    <div
      {...look("lp-rich-menu", { css: `aspect-ratio:${width}/${height}` })}
      role="group"
      aria-label={name}
      lang={options.contentLanguage}
    >
      {imageUrl === undefined ? null : <img src={imageUrl} alt="" decoding="async" />}
      <AreaMap
        width={width}
        height={height}
        setting={setting}
        areas={areas.map((area) => ({ bounds: readRecord(area["bounds"]), action: area["action"] }))}
      />
    </div>
  );
}
