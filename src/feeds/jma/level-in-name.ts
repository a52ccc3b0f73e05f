import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { comparable } from "../xml/element.ts";

/** The level that an issuer's name carries: 「レベル４大雨危険警報」 → 4. Whoever has none is given none (fact sheet 1.2). */
export function levelInName(name: string): Hazard["level"] {
  const digit = /レベル([1-5])(?![0-9])/.exec(comparable(name))?.[1];
  switch (digit) {
    case "1":
      return 1;
    case "2":
      return 2;
    case "3":
      return 3;
    case "4":
      return 4;
    case "5":
      return 5;
    default:
      return undefined;
  }
}
