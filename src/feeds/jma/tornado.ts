import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, all, child, children, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, unknown } from "../findings.ts";
import { type Reader, areaOf } from "./reader.ts";
import { instantOf } from "../times.ts";

/**
 * VPHW50, VPHW51 (with a sighting). The finest areas decide: a part for municipalities if the telegram has one, else the
 * forecast areas. Nothing lifts one; it is valid until the time in its Head.
 */
export function readTornado({ telegram, head, body, codes }: Reader): Findings {
  const sections = [...children(body, "Warning"), ...all(head, "Headline", "Information")];
  const byMunicipality = sections.filter((each) =>
    (each.attributes.get("type") ?? "").endsWith("（市町村等）"),
  );
  const [parts, wanted] =
    byMunicipality.length > 0 ? [byMunicipality, [codes.municipality]] : [sections, codes.forecastAreas];
  if (sections.length === 0) return unknown(`${telegram.type} without areas`);
  const items = parts.flatMap((part) => children(part, "Item"));
  const areaIn = (item: XmlElement) =>
    [...children(item, "Area"), ...all(item, "Areas", "Area")].find((area) =>
      wanted.includes(textOf(area, "Code")),
    );
  const item = items.find((each) => areaIn(each) !== undefined);
  const kind = child(item, "Kind");
  if (item === undefined) return elsewhere;

  const code = textOf(kind, "Code");
  const status = textOf(kind, "Status");
  const name = textOf(kind, "Name");
  const about = { kind: "tornado", subject: "tornado", area: areaOf(areaIn(item)) } as const;
  if (["0", "00"].includes(code) || status === "解除" || status === "なし") {
    return found([{ ...about, phase: "lifted", severity: "none", name: name || "解除" }]);
  }
  if (code !== "1" || !["発表", "継続", ""].includes(status) || name === "") {
    return unknown(`${telegram.type} Code 「${code}」 Status 「${status}」 「${name}」`);
  }
  const until = instantOf(textOf(head, "ValidDateTime"));
  const hazard: Hazard = { ...about, phase: "active", severity: "notice", name };
  return found([until === undefined ? hazard : { ...hazard, expiresAt: until }]);
}
