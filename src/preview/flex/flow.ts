import { type Setting } from "../setting.ts";

export type Layout = "horizontal" | "vertical" | "baseline";

/** Where a component stands: in which box, as which child, and how deep. */
export interface Flow {
  setting: Setting;
  layout: Layout;
  /** The parent's `spacing`, still unread. */
  spacing: unknown;
  first: boolean;
  /** Boxes around it. */
  depth: number;
  /** True inside something tappable that is itself a button: nothing in it may be one. */
  inButton: boolean;
}

/** Deeper than any real message; a limit so that a hostile one cannot exhaust the stack. */
export const deepest = 20;
