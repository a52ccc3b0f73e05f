import { readList, readRecord, readText } from "../read.ts";
import { type Setting } from "../setting.ts";
import { readTarget } from "../target.ts";
import { deepest } from "./flow.ts";

/** Whether anything inside a box can be tapped by itself. HTML allows no button in a button. */
export function holdsTappable(component: unknown, setting: Setting, depth = 0): boolean {
  if (depth > deepest) return false;
  return readList(readRecord(component)["contents"]).some(
    (child) =>
      readTarget(readRecord(child)["action"], setting) !== undefined ||
      holdsTappable(child, setting, depth + 1),
  );
}

/** The words in a component, in reading order: the spoken name of a tappable box without a label. */
export function wordsIn(component: unknown, depth = 0): string {
  const { text, contents, action } = readRecord(component);
  if (depth > deepest) return "";
  const own = readText(text) ?? readText(readRecord(action)["label"]);
  const inner = readList(contents).map((child) => wordsIn(child, depth + 1));
  return (inner.length > 0 ? inner : [own ?? ""]).filter((words) => words !== "").join(" ");
}
