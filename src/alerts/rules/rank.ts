import { type Hazard, intensities, severities } from "../hazards/hazard.ts";

/** The lowest intensity that is thinkable when the value of a station is missing (震度５弱以上未入電). */
const thinkable = "5-";

/** The intensity a hazard is treated as having: not received counts as what is thinkable (fact sheet, section 1.6). */
export function intensityOf({ intensity, intensityNotReceived }: Hazard): Hazard["intensity"] {
  if (intensityNotReceived !== true) return intensity;
  return intensity === undefined || intensities.indexOf(intensity) < intensities.indexOf(thinkable)
    ? thinkable
    : intensity;
}

/**
 * How bad, as a number that can be compared within a subject; 0: over, or never there. Levels 2 to 5 and the ranks from
 * advisory to special warning are the same steps, so that a name with a number and one without can follow each other.
 */
export function rankOf(hazard: Hazard): number {
  if (hazard.phase === "lifted") return 0;
  const intensity = intensityOf(hazard);
  if (intensity !== undefined) return intensities.indexOf(intensity) + 1;
  // What is active and was given no rank at all is still there.
  return Math.max(hazard.level ?? 0, severities.indexOf(hazard.severity), 1);
}
