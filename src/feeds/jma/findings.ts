import type { Hazard, Remark, Telegram } from "../../alerts/hazard.ts";
import { type XmlElement, below, textOf } from "../xml/element.ts";
import type { JmaCodes } from "./codes.ts";

/** What a family finds in a telegram for one ward. */
export interface Findings {
  hazards: Hazard[];
  remarks: Remark[];
}

/** A telegram on its way through a family: who it is, its Head and its Body, and for which ward it is read. */
export interface Reader {
  telegram: Telegram;
  /** Control/EditorialOffice. */
  office: string;
  head: XmlElement;
  body: XmlElement | undefined;
  codes: JmaCodes;
}

export const elsewhere: Findings = { hazards: [], remarks: [{ code: "elsewhere" }] };

export function unknown(...details: string[]): Findings {
  return { hazards: [], remarks: details.map(unknownRemark) };
}

export function forInformation(detail: string): Findings {
  return { hazards: [], remarks: [{ code: "forInformation", detail }] };
}

export function found(hazards: Hazard[], remarks: Remark[] = []): Findings {
  return { hazards, remarks };
}

export function together(findings: Findings[]): Findings {
  return found(
    findings.flatMap(({ hazards }) => hazards),
    findings.flatMap(({ remarks }) => remarks),
  );
}

/** Quotes what was not understood; never more than a line, and no control characters. */
export function unknownRemark(detail: string): Remark {
  return { code: "unknown", detail: detail.replaceAll(/\p{Cc}+/gu, " ").slice(0, 300) };
}

/** Area of an Item as the issuer wrote it. */
export function areaOf(area: XmlElement | undefined): Hazard["area"] {
  return { code: textOf(area, "Code"), name: textOf(area, "Name") };
}

/** Whether some element below has exactly this text: the ward's code somewhere in a telegram that is not understood. */
export function mentions(tree: XmlElement | undefined, codes: readonly string[]): boolean {
  for (const element of below(tree)) {
    if (element.text.length < 100 && element.text.length > 2 && codes.includes(textOf(element))) return true;
  }
  return false;
}
