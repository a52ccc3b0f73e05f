import { type Intensity, type Severity, intensities } from "../../alerts/hazards/hazard.ts";

const names: Record<Intensity, string> = {
  "1": "震度１",
  "2": "震度２",
  "3": "震度３",
  "4": "震度４",
  "5-": "震度５弱",
  "5+": "震度５強",
  "6-": "震度６弱",
  "6+": "震度６強",
  "7": "震度７",
};

/** JMA's own words for "5- or more is thinkable, but the value has not arrived". */
export const notReceived = "震度５弱以上未入電";

export function intensityOf(text: string): Intensity | undefined {
  return intensities.find((each) => each === text);
}

export function isStrong(intensity: Intensity | undefined): boolean {
  return intensity !== undefined && intensities.indexOf(intensity) >= intensities.indexOf("5-");
}

export function intensityName(intensity: Intensity): string {
  return names[intensity];
}

/** Ours, for ordering only: earthquakes have no level (fact sheet 1.6). */
export function intensitySeverity(intensity: Intensity): Severity {
  if (isStrong(intensity)) return "warning";
  return intensity === "4" || intensity === "3" ? "notice" : "none";
}
