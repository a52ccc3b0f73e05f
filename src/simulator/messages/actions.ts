import { type Check, type TextRule, linkUrl, matching, object, oneOf, optional, text } from "./checks.ts";
import { type Place, isAbsent, isRecord } from "./place.ts";

/** Where an action stands: that decides which kinds are allowed and what its label must be (LINE fact sheet section 8). */
export interface ActionPlace {
  label: "required" | "optional";
  labelMax: number;
  kinds: readonly string[];
}

const everywhere = ["postback", "message", "uri", "datetimepicker", "clipboard"];

export const inQuickReply: ActionPlace = {
  label: "required",
  labelMax: 20,
  kinds: [...everywhere, "camera", "cameraRoll", "location"],
};
export const inRichMenu: ActionPlace = {
  label: "optional",
  labelMax: 20,
  kinds: [...everywhere, "richmenuswitch"],
};
export const inTemplate: ActionPlace = { label: "required", labelMax: 20, kinds: everywhere };
export const inImageCarousel: ActionPlace = { label: "optional", labelMax: 12, kinds: everywhere };
export const inFlexButton: ActionPlace = { label: "required", labelMax: 40, kinds: everywhere };
export const inFlex: ActionPlace = { label: "optional", labelMax: 40, kinds: everywhere };

const graphemes = (max: number): TextRule => ({ max, unit: "graphemes" });
const data = text({ max: 300 });

const pickerForms: Record<string, RegExp> = {
  date: /^(19\d\d|20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  datetime: /^(19\d\d|20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d$/,
};

const datetimePicker: Check = (place) => {
  object({ data, mode: oneOf("date", "time", "datetime") })(place);
  const form = pickerForms[String(place.at("mode").value)];
  if (form === undefined) return;
  for (const key of ["initial", "min", "max"])
    optional(matching(form, "invalid date or time format"))(place.at(key));
  const { value: min } = place.at("min");
  const { value: max } = place.at("max");
  if (typeof min === "string" && typeof max === "string" && min.toUpperCase() >= max.toUpperCase())
    place.at("max").complain("max must be greater than min");
};

const postback: Check = (place) => {
  object({
    data,
    displayText: optional(text(graphemes(300))),
    text: optional(text(graphemes(300))),
    inputOption: optional(oneOf("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")),
    fillInText: optional(text(graphemes(300))),
  })(place);
  if (!isAbsent(place.at("displayText")) && !isAbsent(place.at("text")))
    place.at("text").complain("displayText and text can't both be used");
  if (!isAbsent(place.at("fillInText")) && place.at("inputOption").value !== "openKeyboard")
    place.at("fillInText").complain("fillInText needs inputOption openKeyboard");
};

const byKind: Record<string, Check> = {
  postback,
  message: object({ text: text(graphemes(300)) }),
  uri: object({ uri: linkUrl, altUri: optional(object({ desktop: linkUrl })) }),
  datetimepicker: datetimePicker,
  richmenuswitch: object({ data, richMenuAliasId: text({ max: 32 }) }),
  clipboard: object({ clipboardText: text({ max: 1_000 }) }),
  camera: () => {},
  cameraRoll: () => {},
  location: () => {},
};

export function action(where: ActionPlace): Check {
  return (place: Place) => {
    if (!isRecord(place.value)) {
      place.complain(place.style.missing);
      return;
    }
    oneOf(...where.kinds)(place.at("type"));
    const label = text(graphemes(where.labelMax));
    (where.label === "required" ? label : optional(label))(place.at("label"));
    const kind = String(place.at("type").value);
    if (where.kinds.includes(kind)) byKind[kind]?.(place);
  };
}
