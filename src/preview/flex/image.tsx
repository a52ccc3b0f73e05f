import { aspectRatio, colour, fontSize, imageSize } from "../css-values.ts";
import { look } from "../look.ts";
import { type Json } from "../read.ts";
import { Picture } from "../picture.tsx";
import { Tappable } from "../tappable.tsx";
import { type Target, labelOf } from "../target.ts";
import { type Flow } from "./flow.ts";
import { align, gravity, place } from "./place.ts";

/** An image in its drawing area: as wide as `size` and its place allow, as high as `aspectRatio` says. */
export function Image({ image, flow, target }: { image: Json; flow: Flow; target: Target | undefined }) {
  const area = look(
    imageSize(image["size"]),
    image["aspectMode"] === "cover" ? "lp-fit-cover" : "lp-fit-contain",
    aspectRatio(image["aspectRatio"], "1/1"),
    colour("background-color", image["backgroundColor"]),
  );
  const wide = image["size"] === "full" && "lp-image-wide";
  const looks = look("lp-image", wide, ...place(image, flow), gravity(image, flow), align(image));
  return (
    <Tappable target={target} look={looks} name={target?.label}>
      <Picture url={image["url"]} alt={labelOf(image["action"]) ?? flow.setting.word("image")} look={area} />
    </Tappable>
  );
}

/** A small picture in a line of text, as high as the text. It decorates, so it has no name. */
export function Icon({ icon, flow }: { icon: Json; flow: Flow }) {
  const looks = look("lp-icon", ...place({ ...icon, flex: 0 }, flow), fontSize(icon["size"]));
  return (
    <span {...looks} aria-hidden="true">
      <Picture
        url={icon["url"]}
        alt=""
        look={look("lp-fit-contain", aspectRatio(icon["aspectRatio"], "1/1"))}
      />
    </span>
  );
}
