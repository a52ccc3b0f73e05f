import { createHash } from "node:crypto";
import type { messagingApi } from "@line/bot-sdk";
import { type Intent, encodeIntent } from "../../conversation/intent.ts";
import { fitLabel } from "../../messages/flex.ts";
import { withoutReadings } from "../../messages/without-readings.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import type { IconName } from "./drawing/icons.ts";
import type { Menu } from "./drawing/menu.ts";
import { type Palette, type Tone, civicPalette, emergencyPalette } from "./drawing/palette.ts";

/** Raise it when the drawing changes, so that menus drawn before are replaced. */
const drawingVersion = 1;

/** What stands under the chat: the everyday menu, or the disaster menu while an emergency is open. */
export const faces = ["everyday", "emergency"] as const;
export type Face = (typeof faces)[number];

interface Cell {
  icon: IconName;
  tone?: Tone;
  label: string;
  /** What is asked for by a tap, or the page that it opens. */
  leads: Intent | { url: string };
}

const everyday: Cell[] = [
  { icon: "categories", label: "menu.categories", leads: { do: "askCategories" } },
  { icon: "settings", label: "menu.settings", leads: { do: "showSettings" } },
  { icon: "language", label: "menu.language", leads: { do: "askLanguage" } },
  { icon: "disaster", tone: "danger", label: "menu.disaster", leads: { do: "showDisaster" } },
  { icon: "contact", label: "menu.contact", leads: { do: "showContact" } },
  { icon: "help", label: "menu.help", leads: { do: "showHelp" } },
];

function emergencyCells({ profile }: Ward): Cell[] {
  const map = profile.disaster.links.find(({ id }) => id === "hazardMap");
  return [
    { icon: "disaster", tone: "emphasis", label: "emergency.official", leads: { do: "showDisaster" } },
    { icon: "home", tone: "emphasis", label: "emergency.shelters", leads: { do: "showShelters" } },
    { icon: "safety", tone: "emphasis", label: "emergency.safety", leads: { do: "showSafety" } },
    map === undefined
      ? { icon: "help", tone: "danger", label: "menu.help", leads: { do: "showHelp" } }
      : { icon: "map", tone: "danger", label: "emergency.hazardMap", leads: { url: map.url } },
    { icon: "phone", tone: "danger", label: "emergency.hotline", leads: { do: "showHotline" } },
    { icon: "settings", label: "emergency.everyday", leads: { do: "showMenu" } },
  ];
}

const width = 2500;
const height = 1686;
const columns = 3;

export interface MenuDefinition {
  language: string;
  face: Face;
  aliasId: string;
  /** Says whose menu it is and, by a hash of all that it is made of, which version. */
  name: string;
  object: messagingApi.RichMenuRequest;
  drawing: Menu;
}

/** What every menu of this ward that we made is called, to begin with. */
export function menuNamePrefix(ward: Ward): string {
  return `kairan/${ward.id}/`;
}

export function aliasPrefix(): string {
  return "kairan-";
}

export function aliasOf(language: string, face: Face): string {
  return `${aliasPrefix()}${looks[face].mark}${language.toLowerCase()}`;
}

const looks: Record<Face, { palette: Palette; bar: string; mark: string }> = {
  everyday: { palette: civicPalette, bar: "menu.bar", mark: "" },
  // No language begins with a word this long, so that names and aliases of the two cannot be confused.
  emergency: { palette: emergencyPalette, bar: "emergency.bar", mark: "emergency-" },
};

/** The rich menu of one language, drawn and described from the profile's names and the sentences. */
export function defineMenu(
  ward: Ward,
  { say }: Sentences,
  language: string,
  face: Face = "everyday",
): MenuDefinition {
  const { palette, bar, mark } = looks[face];
  const cells = face === "everyday" ? everyday : emergencyCells(ward);
  const placed = cells.map((cell, index) => ({
    ...cell,
    bounds: boundsOf(index),
    text: menuLabel(say, language, cell.label),
  }));
  const drawing: Menu = {
    width,
    height,
    language,
    palette,
    cells: placed.map(({ bounds, icon, text, tone }) => ({
      bounds,
      icon,
      label: text,
      ...(tone === undefined ? {} : { tone }),
    })),
  };
  const shape = {
    size: { width, height },
    selected: true,
    chatBarText: fitLabel(say(language, `conversation:${bar}`), 14),
    areas: placed.map(({ bounds, text, leads }) => ({ bounds, action: actionOf(text, leads) })),
  };
  const hash = createHash("sha256")
    .update(JSON.stringify({ drawingVersion, drawing, shape }))
    .digest("hex")
    .slice(0, 16);
  const name = `${menuNamePrefix(ward)}${mark}${language}/${hash}`;
  return {
    language,
    face,
    aliasId: aliasOf(language, face),
    name,
    drawing,
    object: { ...shape, name },
  };
}

function actionOf(text: string, leads: Cell["leads"]) {
  const label = fitLabel(text, 20);
  if ("url" in leads) return { type: "uri" as const, label, uri: leads.url };
  return {
    type: "postback" as const,
    label,
    data: encodeIntent(leads),
    displayText: text,
    inputOption: "closeRichMenu" as const,
  };
}

/** The menu's own wording, as it fits into a cell. */
function menuLabel(say: Sentences["say"], language: string, key: string): string {
  return withoutReadings(say(language, `conversation:${key}`));
}

function boundsOf(
  index: number,
): messagingApi.RichMenuBounds & { x: number; y: number; width: number; height: number } {
  const column = index % columns;
  const x = Math.round((column * width) / columns);
  const right = Math.round(((column + 1) * width) / columns);
  const rowHeight = height / 2;
  return { x, y: Math.floor(index / columns) * rowHeight, width: right - x, height: rowHeight };
}
