import { type ActionPlace, action, inImageCarousel, inTemplate } from "./actions.ts";
import { type Check, list, matching, mediaUrl, object, oneOf, optional, text } from "./checks.ts";
import { type Place, isAbsent, isRecord } from "./place.ts";

/** The inside of a template message (LINE fact sheet section 7, "Templates"). */

const graphemes = (max: number) => text({ max, unit: "graphemes" });
const actions = (min: number, max: number, where: ActionPlace = inTemplate) => list(min, max, action(where));

const picture = {
  thumbnailImageUrl: optional(mediaUrl),
  imageBackgroundColor: optional(matching(/^#[0-9a-fA-F]{6}$/, "invalid color")),
  title: optional(graphemes(40)),
};
const pictureForm = {
  imageAspectRatio: optional(oneOf("rectangle", "square")),
  imageSize: optional(oneOf("cover", "contain")),
};
/** A default action shows no label of its own, yet LINE's table asks for one in every template action. */
const defaultAction = optional(action({ ...inTemplate, label: "optional" }));

const hasPictureOrTitle = (place: Place) =>
  !isAbsent(place.at("thumbnailImageUrl")) || !isAbsent(place.at("title"));

const buttons: Check = (place) => {
  object({ ...picture, ...pictureForm, defaultAction, actions: actions(1, 4) })(place);
  graphemes(hasPictureOrTitle(place) ? 60 : 160)(place.at("text"));
};

const confirm = object({ text: graphemes(240), actions: actions(2, 2) });

const column: Check = (place) => {
  object({ ...picture, defaultAction, actions: actions(1, 3) })(place);
  graphemes(hasPictureOrTitle(place) ? 60 : 120)(place.at("text"));
};

const carousel: Check = (place) => {
  object({ ...pictureForm, columns: list(1, 10, column) })(place);
  const { value: columns } = place.at("columns");
  if (!Array.isArray(columns)) return;
  const shapes = new Set(columns.map(shapeOf));
  if (shapes.size > 1)
    place
      .at("columns")
      .complain("All columns need the same number of actions and the same use of image and title");
};

function shapeOf(value: unknown): string {
  if (!isRecord(value)) return "";
  const { actions: taps, thumbnailImageUrl, title } = value;
  const count = Array.isArray(taps) ? taps.length : 0;
  return `${count} ${Boolean(thumbnailImageUrl)} ${Boolean(title)}`;
}

const imageCarousel = object({
  columns: list(1, 10, object({ imageUrl: mediaUrl, action: action(inImageCarousel) })),
});

const byType: Record<string, Check> = { buttons, confirm, carousel, image_carousel: imageCarousel };

export const template: Check = (place) => {
  if (!isRecord(place.value)) {
    place.complain(place.style.missing);
    return;
  }
  oneOf(...Object.keys(byType))(place.at("type"));
  byType[String(place.at("type").value)]?.(place);
};
