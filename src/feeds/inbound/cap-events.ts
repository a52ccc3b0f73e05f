import type { Hazard, HazardKind, Severity } from "../../alerts/hazards/hazard.ts";
import { comparable } from "../xml/element.ts";

/**
 * CAP leaves `event` to the sender. Only words that mean one thing are taken; the first that fits, so the more special
 * stand first. What is not here is `other`, and a person looks.
 */
const words: readonly [RegExp, HazardKind][] = [
  // The names of before 2021 (避難勧告, 避難準備) were abolished and are not understood on purpose (fact sheet 3).
  [/緊急安全確保|避難指示|高齢者等避難|evacuation/, "evacuation"],
  [/津波|tsunami/, "tsunami"],
  [/地震|震度|earthquake/, "earthquake"],
  [/土砂|landslide|mudslide|debris flow/, "landslide"],
  [/高潮|storm surge/, "stormSurge"],
  [/氾濫|洪水|flood/, "riverFlood"],
  [/線状降水帯/, "linearRainband"],
  [/記録的短時間大雨/, "recordRain"],
  [/大雨|heavy rain/, "heavyRain"],
  [/竜巻|tornado/, "tornado"],
  [/暴風雪|blizzard/, "blizzard"],
  [/大雪|heavy snow/, "heavySnow"],
  [/暴風|storm wind|windstorm/, "storm"],
  [/波浪|high waves/, "waves"],
  [/熱中症|heat stroke|heatstroke|extreme heat/, "heat"],
  [/火災|火事|\bfire\b/, "fire"],
];

/** An event that says itself that it is over, or that an abolished name is used, must not be taken for one in force. */
const doubtful = /解除|取り?消|終了|避難勧告|避難準備|all[ -]?clear|lifted|cancel/;

export function kindOfEvent(event: string): HazardKind | "doubtful" | undefined {
  const text = comparable(event).toLowerCase();
  if (doubtful.test(text)) return "doubtful";
  return words.find(([word]) => word.test(text))?.[1];
}

/** Hazards whose names can carry one of the five levels; earthquakes and tsunami never do (fact sheet 1.6). */
const levelled: ReadonlySet<HazardKind> = new Set([
  "evacuation",
  "heavyRain",
  "landslide",
  "stormSurge",
  "riverFlood",
]);

export function mayHaveLevel(kind: HazardKind): boolean {
  return levelled.has(kind);
}

/** The level that the sender says, in so many words: 「避難指示（警戒レベル４）」, `Level 4`. */
export function levelOf(text: string): Hazard["level"] {
  const digit = /(?:レベル|level)\s?([1-5])(?![0-9.])/i.exec(comparable(text))?.[1];
  return ([1, 2, 3, 4, 5] as const).find((level) => String(level) === digit);
}

export interface Weight {
  severity: string;
  urgency: string;
  certainty: string;
}

/**
 * The milder reading wherever CAP leaves a choice: what is past, unlikely or unknown is only a notice, and only what is
 * extreme and near is as bad as a special warning.
 */
export function severityOf({ severity, urgency, certainty }: Weight): Severity {
  if (urgency === "Past" || certainty === "Unlikely") return "notice";
  switch (severity) {
    case "Extreme":
      return urgency === "Immediate" || urgency === "Expected" ? "specialWarning" : "warning";
    case "Severe":
      return "warning";
    case "Moderate":
      return "advisory";
    default:
      return "notice";
  }
}
