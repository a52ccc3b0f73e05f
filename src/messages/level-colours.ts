import type { OpenAlert } from "./open-alert.ts";

export interface LevelColours {
  ground: string;
  ink: string;
}

/**
 * The Cabinet Office's colours of the five levels, and ink that is read on them: white on the red would have a contrast of
 * 3.8 only (fact sheet on disaster information, section 3). Colour never stands alone: the level is always written.
 */
const byLevel: Record<number, LevelColours> = {
  5: { ground: "#0C000C", ink: "#FFFFFF" },
  4: { ground: "#AA00AA", ink: "#FFFFFF" },
  3: { ground: "#FF2800", ink: "#000000" },
  2: { ground: "#F2E700", ink: "#000000" },
  1: { ground: "#FFFFFF", ink: "#000000" },
};

const byTone: Record<OpenAlert["tone"], LevelColours> = {
  danger: { ground: "#850000", ink: "#FFFFFF" },
  warning: { ground: "#FFC700", ink: "#000000" },
  notice: { ground: "#0017C1", ink: "#FFFFFF" },
  safe: { ground: "#197A4B", ink: "#FFFFFF" },
};

export function coloursOf({ level, tone }: Pick<OpenAlert, "level" | "tone">): LevelColours {
  return (level === undefined ? undefined : byLevel[level]) ?? byTone[tone];
}
