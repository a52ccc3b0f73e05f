import { type Json, readRecord, readText, shorten } from "./read.ts";
import { type Setting } from "./setting.ts";
import { readLink } from "./url.ts";

/**
 * What a tap does. A link opens in a new tab by itself; every other action travels as JSON in `data-line-action`
 * for the page's own script to act on. Only the fields LINE defines are carried on.
 */
export type Target =
  | { kind: "link"; href: string; label: string | undefined }
  | { kind: "action"; json: string; label: string | undefined };

// For each action: the fields it cannot do without, and those it may have (fact sheet section 8).
const shapes = new Map<unknown, { needs: string[]; may: string[] }>([
  ["postback", { needs: ["data"], may: ["displayText", "text", "inputOption", "fillInText"] }],
  ["message", { needs: ["text"], may: [] }],
  ["datetimepicker", { needs: ["data", "mode"], may: ["initial", "max", "min"] }],
  ["richmenuswitch", { needs: ["richMenuAliasId", "data"], may: [] }],
  ["clipboard", { needs: ["clipboardText"], may: [] }],
  ["camera", { needs: [], may: [] }],
  ["cameraRoll", { needs: [], may: [] }],
  ["location", { needs: [], may: [] }],
]);

/** Reads an action object; nothing when it is not one, or when the picture is not to be pressed. */
export function readTarget(value: unknown, setting: Setting): Target | undefined {
  const action = readRecord(value);
  if (!setting.interactive) return undefined;
  const label = labelOf(action);
  if (action["type"] === "uri") {
    const href = readLink(action["uri"]) ?? readLink(action["linkUri"]);
    return href === undefined ? undefined : { kind: "link", href, label };
  }
  const shape = shapes.get(action["type"]);
  if (shape?.needs.some((field) => typeof action[field] !== "string") !== false) return undefined;
  const kept = ["type", "label", ...shape.needs, ...shape.may].flatMap((field) =>
    typeof action[field] === "string" ? [[field, action[field]]] : [],
  );
  return { kind: "action", json: JSON.stringify(Object.fromEntries(kept)), label };
}

/** What the action is called: its label, which LINE also gives to screen readers. */
export function labelOf(value: unknown): string | undefined {
  return readText(readRecord(value)["label"]);
}

/** A name for an action that shows no words of its own, such as a rich menu's area. */
export function spokenName(value: unknown, otherwise: string): string {
  const action: Json = readRecord(value);
  const said = ["label", "displayText", "text", "clipboardText", "uri", "linkUri"];
  const found = said.map((field) => readText(action[field])).find((text) => text !== undefined);
  return shorten(found ?? otherwise, 100);
}
