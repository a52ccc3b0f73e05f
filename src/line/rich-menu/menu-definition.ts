import { createHash } from "node:crypto";
import type { messagingApi } from "@line/bot-sdk";
import { type Intent, encodeIntent } from "../../conversation/intent.ts";
import { fitLabel } from "../../messages/flex.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import type { IconName } from "./drawing/icons.ts";
import type { Menu } from "./drawing/menu.ts";
import { type Tone, civicPalette } from "./drawing/palette.ts";

/** Raise it when the drawing changes, so that menus drawn before are replaced. */
const drawingVersion = 1;

interface Cell {
  icon: IconName;
  tone?: Tone;
  label: string;
  intent: Intent;
}

const cells: Cell[] = [
  { icon: "categories", label: "menu.categories", intent: { do: "askCategories" } },
  { icon: "settings", label: "menu.settings", intent: { do: "showSettings" } },
  { icon: "language", label: "menu.language", intent: { do: "askLanguage" } },
  { icon: "disaster", tone: "danger", label: "menu.disaster", intent: { do: "showDisaster" } },
  { icon: "contact", label: "menu.contact", intent: { do: "showContact" } },
  { icon: "help", label: "menu.help", intent: { do: "showHelp" } },
];

const width = 2500;
const height = 1686;
const columns = 3;

export interface MenuDefinition {
  language: string;
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

/** The rich menu of one language, drawn and described from the profile's names and the sentences. */
export function defineMenu(ward: Ward, { say }: Sentences, language: string): MenuDefinition {
  const placed = cells.map((cell, index) => ({
    ...cell,
    bounds: boundsOf(index),
    text: menuLabel(say, language, cell.label),
  }));
  const drawing: Menu = {
    width,
    height,
    language,
    palette: civicPalette,
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
    chatBarText: fitLabel(say(language, "conversation:menu.bar"), 14),
    areas: placed.map(({ bounds, text, intent }) => ({
      bounds,
      action: {
        type: "postback" as const,
        label: fitLabel(text, 20),
        data: encodeIntent(intent),
        displayText: text,
        inputOption: "closeRichMenu" as const,
      },
    })),
  };
  const hash = createHash("sha256")
    .update(JSON.stringify({ drawingVersion, drawing, shape }))
    .digest("hex")
    .slice(0, 16);
  const name = `${menuNamePrefix(ward)}${language}/${hash}`;
  return {
    language,
    aliasId: `${aliasPrefix()}${language.toLowerCase()}`,
    name,
    drawing,
    object: { ...shape, name },
  };
}

/** The menu's own wording, without the readings in brackets that やさしい日本語 gives elsewhere: they would not be legible. */
function menuLabel(say: Sentences["say"], language: string, key: string): string {
  return say(language, `conversation:${key}`).replaceAll(/（[ぁ-ん]+）/g, "");
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
