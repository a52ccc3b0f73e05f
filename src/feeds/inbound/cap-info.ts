import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { instantOf } from "../times.ts";
import { type XmlElement, child, children, textOf } from "../xml/element.ts";
import type { Weight } from "./cap-events.ts";
import { languageOfTag } from "./language-tag.ts";

/** One info of a CAP message: what is said in one language. */
export interface CapInfo {
  element: XmlElement;
  /** Undefined: a tag that is none. CAP's own default is en-US. */
  language: string | undefined;
  event: string;
  senderName: string;
  headline: string;
  /** Description and instruction. */
  body: string;
  weight: Weight;
  /** responseType AllClear, and nothing else asked for. */
  lifted: boolean;
  /** What a parameter named level or 警戒レベル says, as `レベル…`. */
  levelParameter: string;
  expires: string;
  expiresAt: number | undefined;
  area: Hazard["area"];
}

export function readInfo(element: XmlElement): CapInfo {
  const expires = textOf(element, "expires");
  const parameter = children(element, "parameter").find((each) =>
    ["level", "alertLevel", "警戒レベル"].includes(textOf(each, "valueName")),
  );
  const area = child(element, "area");
  return {
    element,
    language: languageOfTag(textOf(element, "language") || "en-US"),
    event: textOf(element, "event"),
    senderName: textOf(element, "senderName"),
    headline: textOf(element, "headline"),
    body: [textOf(element, "description"), textOf(element, "instruction")]
      .filter((part) => part !== "")
      .join("\n\n"),
    weight: {
      severity: textOf(element, "severity"),
      urgency: textOf(element, "urgency"),
      certainty: textOf(element, "certainty"),
    },
    lifted: isLifted(children(element, "responseType").map((each) => textOf(each))),
    levelParameter: parameter === undefined ? "" : `レベル${textOf(parameter, "value")}`,
    expires,
    expiresAt: instantOf(expires),
    area: { code: textOf(child(area, "geocode"), "value"), name: textOf(area, "areaDesc") },
  };
}

function isLifted(responses: string[]): boolean {
  return responses.length > 0 && responses.every((response) => response === "AllClear");
}

/** Texts that nobody could send or read; residents' messages hold much less. */
export function tooLong({ event, senderName, headline, body, area }: CapInfo): string[] {
  return [
    ...[event, senderName, headline, area.name, area.code].filter((line) => line.length > 300),
    ...(body.length > 10_000 ? [body] : []),
  ];
}
