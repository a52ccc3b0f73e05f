import {
  type FlexComponent,
  type Message,
  bubble,
  button,
  colours,
  flex,
  paragraph,
  title,
} from "../../messages/flex.ts";
import { type View, tap } from "../view.ts";
import { childName } from "./children.ts";

/** Everything we know of the resident, and a button to change each of it. */
export function showSettings(
  view: View,
  heading: "settings.title" | "settings.saved" = "settings.title",
  remark?: string,
): Message[] {
  const { say } = view;
  const rows = settingRows(view);
  const footer = [
    button(tap(say("settings.changeCategories"), { do: "askCategories" }), "primary"),
    button(tap(say("settings.changeLanguage"), { do: "askLanguage" })),
    button(tap(say("settings.changeDistricts"), { do: "askDistricts" })),
    ...(asksChildren(view) ? [button(tap(say("settings.changeChildren"), { do: "askChildren" }))] : []),
    button(tap(say("settings.onlyEmergencies"), { do: "onlyEmergencies" })),
    button(tap(say("settings.forget"), { do: "askForget" }), "link", colours.danger),
  ];
  const altText = [say(heading), remark, ...rows.map(({ name, value }) => `${name}: ${value}`)].filter(
    (line) => line !== undefined,
  );
  const body = [
    title(say(heading)),
    ...(remark === undefined ? [] : [paragraph(remark)]),
    ...rows.map(settingRow),
  ];
  return [flex(altText.join("\n"), bubble({ body, footer }))];
}

/** Whether this resident is asked about children at all. */
export function asksChildren({ ward, preferences }: View): boolean {
  return (
    preferences.childrenBirthMonths.size > 0 ||
    ward.profile.childrenCategories.some((id) => preferences.categories.has(id))
  );
}

interface Row {
  name: string;
  value: string;
}

function settingRows(view: View): Row[] {
  const { ward, say, language, preferences, sentences } = view;
  const list = (names: string[]) =>
    names.length === 0 ? say("settings.nothing") : names.join(say("settings.listSeparator"));
  const categories = ward.categories
    .filter(({ id }) => preferences.categories.has(id))
    .map(({ id }) => ward.name("categories", id, language));
  const districts = ward.districts
    .filter((id) => preferences.districts.has(id))
    .map((id) => ward.name("districts", id, language));
  const children = [...preferences.childrenBirthMonths].sort().map((month) => childName(view, month));
  return [
    { name: say("settings.language"), value: sentences.say(language, "conversation:language.ownName") },
    { name: say("settings.categories"), value: list(categories) },
    { name: say("settings.districts"), value: list(districts) },
    ...(asksChildren(view) ? [{ name: say("settings.children"), value: list(children) }] : []),
  ];
}

function settingRow({ name, value }: Row): FlexComponent {
  return {
    type: "box",
    layout: "vertical",
    contents: [
      { type: "text", text: name, size: "sm", color: colours.quiet },
      { type: "text", text: value, size: "md", wrap: true, color: colours.ink },
    ],
  };
}
