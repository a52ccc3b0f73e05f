import type { Hazard, Telegram } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, below, textOf } from "../xml/element.ts";
import type { JmaCodes } from "./codes.ts";

/** A telegram on its way through a family: who it is, its Head and its Body, and for which ward it is read. */
export interface Reader {
  telegram: Telegram;
  /** Control/EditorialOffice. */
  office: string;
  head: XmlElement;
  body: XmlElement | undefined;
  codes: JmaCodes;
}

/** Area of an Item as the issuer wrote it. */
export function areaOf(area: XmlElement | undefined): Hazard["area"] {
  return { code: textOf(area, "Code"), name: textOf(area, "Name") };
}

/** Whether some element below has exactly this text: the ward's code somewhere in a telegram that is not understood. */
export function mentions(tree: XmlElement | undefined, wanted: readonly string[]): boolean {
  const codes = new Set(wanted.filter((code) => code !== ""));
  for (const element of below(tree)) {
    if (element.text.length < 100 && element.text.length > 2 && codes.has(textOf(element))) return true;
  }
  return false;
}
