import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, all, children, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, together, unknown } from "../findings.ts";
import { type Reader, areaOf } from "./reader.ts";
import { levelInName } from "./level-in-name.ts";

type River = Pick<Hazard, "severity" | "phase"> & { level?: 2 | 3 | 4 | 5 };

const advisory: River = { phase: "active", severity: "advisory", level: 2 };
const warning: River = { phase: "active", severity: "warning", level: 3 };
const urgent: River = { phase: "active", severity: "urgentWarning", level: 4 };
const special: River = { phase: "active", severity: "specialWarning", level: 5 };

/** Kind codes (fact sheet 1.6). 22 lifts the warning and leaves the advisory: no all-clear. */
const meanings: ReadonlyMap<string, River> = new Map([
  ["10", { phase: "lifted", severity: "none" }],
  ["20", advisory],
  ["21", advisory],
  ["22", advisory],
  ["30", warning],
  ["31", warning],
  ["40", urgent],
  ["41", urgent],
  ["51", special],
  ["53", special],
]);

/**
 * VXKO50 to 89. A section of a river (予報区域, 12 digits, also the EventID) is ours when it, or its river (10 digits), is
 * in the ward's list, or when 浸水想定地区 names the ward: that list is an estimate, and lower levels come without it.
 */
export function readRivers({ telegram, head, body, codes }: Reader): Findings {
  const floodplains = all(body, "Warning", "Item").filter(
    (item) => textOf(item, "Kind", "Name") === "浸水想定地区",
  );
  const cities = floodplains
    .flatMap((item) => all(item, "Areas", "Area", "CityCode"))
    .map((code) => textOf(code));
  const wardNamed = cities.includes(codes.municipality);
  const sections = all(head, "Headline", "Information")
    .filter((each) => each.attributes.get("type") === "指定河川洪水予報（予報区域）")
    .flatMap((each) => children(each, "Item"))
    .flatMap((item) => all(item, "Areas", "Area").map((area) => ({ item, area: areaOf(area) })));
  const listed = (code: string) => codes.rivers.includes(code) || codes.rivers.includes(code.slice(0, 10));
  const ours = sections.filter(({ area }) => listed(area.code) || wardNamed);
  if (ours.length === 0) {
    if (wardNamed || listed(telegram.eventId)) return unknown(`${telegram.type} without 予報区域`);
    return floodplains.length > 0 ? elsewhere : together([elsewhere, ...sections.map(onlyIfLifted)]);
  }
  const text = all(body, "Warning", "Item", "Kind", "Property")
    .filter((property) => textOf(property, "Type") === "主文")
    .map((property) => textOf(property, "Text"))
    .filter((part) => part !== "")
    .join("\n");
  return together(ours.map(({ item, area }) => readSection(telegram.type, item, area, text)));
}

/**
 * A lifting names no 浸水想定地区. Of a river that came to be ours by that list alone, it is told too, so that the state can
 * end; whoever has no state of that river has nothing to end.
 */
function onlyIfLifted({ item, area }: { item: XmlElement; area: Hazard["area"] }): Findings {
  return found(readSection("", item, area, "").hazards.filter(({ phase }) => phase === "lifted"));
}

function readSection(type: string, item: XmlElement, area: Hazard["area"], text: string): Findings {
  return together(
    children(item, "Kind").map((kind) => {
      const code = textOf(kind, "Code");
      const name = textOf(kind, "Name");
      const meaning = meanings.get(code);
      const notUnderstood = unknown(`${type} ${area.name} Code 「${code}」 「${name}」`);
      if (meaning === undefined || area.code === "") return notUnderstood;
      if (meaning.phase === "active" && levelInName(name) !== meaning.level) return notUnderstood;
      const hazard: Hazard = {
        kind: "riverFlood",
        subject: `riverFlood:${area.code}`,
        ...meaning,
        name,
        area,
      };
      return found([text === "" ? hazard : { ...hazard, text }]);
    }),
  );
}
