import type { Hazard, Severity } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, all, path, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, together, unknown } from "../findings.ts";
import { type Reader, areaOf } from "./reader.ts";
import { japaneseTime } from "../times.ts";

/** Kind codes (fact sheet 1.6); `none`: nothing is in force, whatever was before. There are no levels for tsunami. */
const meanings: ReadonlyMap<string, Severity> = new Map([
  ["53", "specialWarning"],
  ["52", "specialWarning"],
  ["51", "warning"],
  ["62", "advisory"],
  ["71", "none"],
  ["72", "none"],
  ["73", "none"],
  ["50", "none"],
  ["60", "none"],
  ["00", "none"],
]);

/**
 * VTSE41. Areas are matched in the Body: the Headline groups coasts (491 関東地方). Each telegram is the whole picture, so
 * an area that is not in it any more is lifted.
 */
export function readTsunami({ body, codes }: Reader): Findings {
  const items = all(body, "Tsunami", "Forecast", "Item");
  if (items.length === 0) return unknown("VTSE41 without Item");
  const text = textOf(path(body, "Comments", "WarningComment"), "Text");
  const findings = codes.tsunamiAreas.map((code) => {
    const ours = items.filter((item) => textOf(item, "Area", "Code") === code);
    const [item] = ours;
    if (item === undefined) return together([elsewhere, found([lifted({ code, name: "" }, "解除")])]);
    return ours.length > 1 ? unknown(`VTSE41 names ${code} more than once`) : readItem(item, text);
  });
  return findings.length === 0 ? elsewhere : together(findings);
}

function readItem(item: XmlElement, text: string): Findings {
  const area = areaOf(path(item, "Area"));
  const name = textOf(item, "Category", "Kind", "Name");
  const code = textOf(item, "Category", "Kind", "Code");
  const severity = meanings.get(code);
  if (severity === undefined || name === "")
    return unknown(`VTSE41 ${area.name} Code 「${code}」 「${name}」`);
  if (severity === "none") return found([lifted(area, name)]);
  const facts = factsOf(item);
  const hazard: Hazard = {
    kind: "tsunami",
    subject: `tsunami:${area.code}`,
    phase: "active",
    severity,
    name,
    area,
    ...(facts.length > 0 ? { facts } : {}),
    ...(text === "" ? {} : { text }),
  };
  return found([hazard]);
}

function lifted(area: Hazard["area"], name: string): Hazard {
  return { kind: "tsunami", subject: `tsunami:${area.code}`, phase: "lifted", severity: "none", name, area };
}

/** Heights in JMA's words: the number may be NaN where the description says 巨大. */
function factsOf(item: XmlElement): { label: string; value: string }[] {
  const height = path(item, "MaxHeight", "TsunamiHeight")?.attributes.get("description") ?? "";
  const arrival = [
    japaneseTime(textOf(item, "FirstHeight", "ArrivalTime")),
    textOf(item, "FirstHeight", "Condition"),
  ].filter((part) => part !== "");
  return [
    { label: "予想される津波の高さ", value: height },
    { label: "津波の到達予想", value: arrival.join("　") },
  ].filter(({ value }) => value !== "");
}
