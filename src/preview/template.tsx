import { type ComponentChildren } from "preact";
import { aspectRatio, colour } from "./css-values.ts";
import { look } from "./look.ts";
import { Picture } from "./picture.tsx";
import { type Json, readList, readRecord, readText } from "./read.ts";
import { type Setting } from "./setting.ts";
import { Tappable } from "./tappable.tsx";
import { labelOf, readTarget, spokenName } from "./target.ts";
import { Unsupported } from "./unsupported.tsx";

/** A template message: LINE's older, fixed forms. */
export function TemplateMessage({ message, setting }: { message: Json; setting: Setting }) {
  const template = readRecord(message["template"]);
  const columns = readList(template["columns"]).map(readRecord);
  switch (template["type"]) {
    case "buttons":
      return <Column column={template} frame={template} setting={setting} />;
    case "confirm":
      return <Column column={template} frame={template} setting={setting} sideBySide />;
    case "carousel":
      return (
        <Scroller count={columns.length} setting={setting}>
          {columns.map((column) => (
            <Column column={column} frame={template} setting={setting} />
          ))}
        </Scroller>
      );
    case "image_carousel":
      return (
        <Scroller count={columns.length} setting={setting}>
          {columns.map((column) => (
            <ImageColumn column={column} setting={setting} />
          ))}
        </Scroller>
      );
    default:
      return <Unsupported type="template" setting={setting} />;
  }
}

interface ScrollerProps {
  count: number;
  setting: Setting;
  children: ComponentChildren;
}

function Scroller({ count, setting, children }: ScrollerProps) {
  return (
    <div class="lp-carousel" role="group" tabIndex={0} aria-label={setting.word("carousel", { count })}>
      {children}
    </div>
  );
}

interface ColumnProps {
  column: Json;
  /** Where `imageAspectRatio` and `imageSize` stand: on the template, for all columns alike. */
  frame: Json;
  setting: Setting;
  sideBySide?: boolean;
}

function Column({ column, frame, setting, sideBySide = false }: ColumnProps) {
  const title = readText(column["title"]);
  const picture = look(
    "lp-image-full",
    frame["imageSize"] === "contain" ? "lp-fit-contain" : "lp-fit-cover",
    aspectRatio(frame["imageAspectRatio"] === "square" ? "1:1" : "1.51:1", "1/1"),
    colour("background-color", column["imageBackgroundColor"]),
  );
  return (
    <span class="lp-template">
      <Tappable target={readTarget(column["defaultAction"], setting)} look={{ class: "lp-template-main" }}>
        {column["thumbnailImageUrl"] !== undefined && (
          <Picture url={column["thumbnailImageUrl"]} alt={title ?? setting.word("image")} look={picture} />
        )}
        {title !== undefined && <span class="lp-template-title">{title}</span>}
        <span class="lp-template-text">{readText(column["text"]) ?? ""}</span>
      </Tappable>
      <span class={sideBySide ? "lp-template-actions lp-side-by-side" : "lp-template-actions"}>
        {readList(column["actions"]).map((action) => (
          <Tappable target={readTarget(action, setting)} look={{ class: "lp-template-action" }}>
            {labelOf(action) ?? spokenName(action, setting.word("tap"))}
          </Tappable>
        ))}
      </span>
    </span>
  );
}

function ImageColumn({ column, setting }: { column: Json; setting: Setting }) {
  const label = labelOf(column["action"]);
  const name = label === undefined ? spokenName(column["action"], setting.word("image")) : undefined;
  return (
    <Tappable target={readTarget(column["action"], setting)} look={{ class: "lp-image-column" }} name={name}>
      <Picture
        url={column["imageUrl"]}
        alt={label === undefined ? setting.word("image") : ""}
        look={look("lp-image-full", "lp-fit-cover", aspectRatio("1:1", "1/1"))}
      />
      {label !== undefined && <span class="lp-image-label">{label}</span>}
    </Tappable>
  );
}
