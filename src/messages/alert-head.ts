import type { Mode } from "../outbox/order.ts";
import type { FlexBox, FlexComponent } from "./flex.ts";

export interface AlertHead {
  /** Of the five alert levels; undefined where they do not apply. */
  level?: number | undefined;
  tone: "danger" | "warning" | "notice" | "safe";
  mode: Mode;
  kind: "alert" | "update" | "correction" | "allClear";
}

export interface HeadColours {
  ground: string;
  ink: string;
}

const black = "#000000";
const white = "#FFFFFF";

/**
 * The official colours of the alert levels, and the ink that can be read on each: white on red would have a contrast of
 * 3.8 to 1, black has 5.6 (fact sheet, section 3).
 */
export const levelColours: Record<number, HeadColours> = {
  5: { ground: "#0C000C", ink: white },
  4: { ground: "#AA00AA", ink: white },
  3: { ground: "#FF2800", ink: black },
  2: { ground: "#F2E700", ink: black },
  1: { ground: white, ink: black },
};

/** For what has no level; none of them is the colour of one. */
export const toneColours: Record<AlertHead["tone"], HeadColours> = {
  danger: { ground: "#B00020", ink: white },
  warning: { ground: "#8A3B00", ink: white },
  notice: { ground: "#414148", ink: white },
  safe: { ground: "#115A36", ink: white },
};

/** No alert has these: white on blue, and blue on white below it. */
export const drillColours: HeadColours = { ground: "#0017C1", ink: white };

/** What is over is never shown in the colour of its danger. */
export function headColours({ level, tone, kind }: AlertHead): HeadColours {
  if (kind === "allClear") return toneColours.safe;
  return (level === undefined ? undefined : levelColours[level]) ?? toneColours[tone];
}

export function headBox({ ground, ink }: HeadColours, lines: readonly HeadLine[]): FlexBox {
  return {
    type: "box",
    layout: "vertical",
    paddingAll: "lg",
    spacing: "sm",
    backgroundColor: ground,
    ...(ground === white ? { borderColor: black, borderWidth: "medium" } : {}),
    contents: lines.map(({ text, size }): FlexComponent => ({
      type: "text",
      text,
      size,
      weight: "bold",
      wrap: true,
      color: ink,
    })),
  };
}

export interface HeadLine {
  text: string;
  size: "md" | "lg" | "xxl";
}

/** A bar that says what it is, and the title in blue on white within a blue frame. */
export function drillHead(mark: string, title: string): FlexBox {
  const { ground, ink } = drillColours;
  return {
    type: "box",
    layout: "vertical",
    backgroundColor: white,
    borderColor: ground,
    borderWidth: "bold",
    paddingAll: "none",
    contents: [
      headBox(drillColours, [{ text: mark, size: "xxl" }]),
      headBox({ ground: ink, ink: ground }, [{ text: title, size: "lg" }]),
    ],
  };
}
