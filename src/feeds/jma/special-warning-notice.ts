import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { all, children, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, unknown } from "../findings.ts";
import { type Reader, areaOf } from "./reader.ts";

/**
 * VPNO50 says that a special warning was issued or ended. It is a net under VPWW55 to 60: when it names the ward and none of
 * them came, a person must look. Nobody is told anything by it alone.
 */
export function readSpecialWarningNotice({ head, body, codes }: Reader): Findings {
  const items = [...all(head, "Headline", "Information"), ...children(body, "Warning")]
    .filter((each) => (each.attributes.get("type") ?? "").endsWith("（市町村等）"))
    .flatMap((each) => children(each, "Item"));
  const areasOf = (item: (typeof items)[number]) => [
    ...children(item, "Area"),
    ...all(item, "Areas", "Area"),
  ];
  const ours = items.filter((item) =>
    areasOf(item).some((area) => textOf(area, "Code") === codes.municipality),
  );
  const [first] = ours;
  if (first === undefined) return elsewhere;
  const kinds = ours.flatMap((item) => children(item, "Kind"));
  if (kinds.length === 0) return unknown("VPNO50 without Kind");
  const names = (active: boolean) =>
    kinds.filter((kind) => isOver(kind) !== active).map((kind) => textOf(kind, "Name"));
  function isOver(kind: (typeof kinds)[number]): boolean {
    return (
      textOf(kind, "Code") === "00" || textOf(kind, "Status") === "解除" || textOf(kind, "Name") === "解除"
    );
  }
  const inForce = names(true);
  const hazard: Hazard = {
    kind: "specialWarningNotice",
    subject: "specialWarningNotice",
    phase: inForce.length > 0 ? "active" : "lifted",
    severity: inForce.length > 0 ? "specialWarning" : "none",
    name: (inForce.length > 0 ? inForce : names(false)).join("　"),
    area: areaOf(areasOf(first).find((area) => textOf(area, "Code") === codes.municipality)),
  };
  return found([hazard], [{ code: "forInformation", detail: `VPNO50 ${hazard.name} ${hazard.area.name}` }]);
}
