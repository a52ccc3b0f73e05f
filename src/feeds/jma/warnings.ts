import type { Hazard, HazardKind } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, all, children, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, unknown, unknownRemark } from "../findings.ts";
import { type Reader, areaOf, mentions } from "./reader.ts";
import { levelInName } from "./level-in-name.ts";
import { type WarningMeaning, kindsOf, meaningOf } from "./warning-codes.ts";
import { warningFacts } from "./warning-facts.ts";

/** The only one of the four or five area depths that may be read for a ward (fact sheet 1.5). */
const section = "気象警報・注意報（市町村等）";
const none = "発表警報・注意報はなし";
const lifted = "解除";

/** Ranks as `Status` names them when one becomes another: 「特別警報から危険警報」. */
const ranks: ReadonlyMap<string, WarningMeaning["severity"]> = new Map([
  ["特別警報", "specialWarning"],
  ["危険警報", "urgentWarning"],
  ["警報", "warning"],
  ["注意報", "advisory"],
]);

/** VPWW55 to 61: what is in force for the ward, and by that what of this type no longer is. */
export function readWarnings({ telegram, body, codes }: Reader): Findings {
  const { type } = telegram;
  const sections = children(body, "Warning").filter((each) => each.attributes.get("type") === section);
  const items = sections.flatMap((each) => children(each, "Item"));
  if (items.length === 0) {
    return mentions(body, [codes.municipality, codes.prefecture])
      ? unknown(`no section 「${section}」`)
      : elsewhere;
  }
  const ours = items.filter((item) =>
    all(item, "Area", "Code").some((code) => textOf(code) === codes.municipality),
  );
  const [first] = ours;
  if (first === undefined) return elsewhere;

  const area = areaOf(all(first, "Area").find((each) => textOf(each, "Code") === codes.municipality));
  const kinds = ours.flatMap((item) => children(item, "Kind"));
  const read = kinds.map((kind) => readKind(type, kind));
  const unknowns = read.flatMap((each) => (each.is === "unknown" ? [unknownRemark(each.detail)] : []));
  if (kinds.length === 0) return unknown(`${area.name} has no Kind`);

  const text = textOf(body, "Comment", "Text");
  const hazards = read.flatMap((each) => {
    if (each.is === "active") return [activeHazard(each, area, text)];
    return each.is === "lifted" && each.kind !== undefined ? [liftedHazard(each.kind, area, each.name)] : [];
  });
  // What is not listed is not in force; but as long as something was not understood, it might be that.
  const listed = new Set(hazards.map(({ kind }) => kind));
  const gone = unknowns.length > 0 ? [] : kindsOf(type).filter((kind) => !listed.has(kind));
  return found([...hazards, ...gone.map((kind) => liftedHazard(kind, area, lifted))], unknowns);
}

type KindRead =
  | { is: "active"; name: string; meaning: WarningMeaning; element: XmlElement }
  /** Without `kind`: nothing of the whole type is in force. */
  | { is: "lifted"; name: string; kind?: HazardKind }
  | { is: "unknown"; detail: string };

/** By Code and Status together: a lifted warning keeps its live Code in the Body (fact sheet 1.5). */
function readKind(type: string, kind: XmlElement): KindRead {
  const name = textOf(kind, "Name");
  const code = textOf(kind, "Code");
  const status = textOf(kind, "Status");
  const notUnderstood: KindRead = {
    is: "unknown",
    detail: `${type} Code 「${code}」 Status 「${status}」 「${name}」`,
  };
  if (code === "") return status === none && name === "" ? { is: "lifted", name: lifted } : notUnderstood;
  if (code === "00")
    return status === lifted || status === "" ? { is: "lifted", name: lifted } : notUnderstood;

  const meaning = meaningOf(type, code);
  if (meaning === undefined) return notUnderstood;
  if (status === lifted) return { is: "lifted", name: name || lifted, kind: meaning.kind };
  // A level is JMA's to give: where its name says another one than its code, nobody's is taken.
  if (name === "" || levelInName(name) !== meaning.level) return notUnderstood;
  return isInForce(status, meaning) ? { is: "active", name, meaning, element: kind } : notUnderstood;
}

function isInForce(status: string, { severity }: WarningMeaning): boolean {
  if (status === "発表" || status === "継続") return true;
  const [from = "", to = "", ...more] = status.split("から");
  return more.length === 0 && ranks.has(from) && ranks.get(to) === severity;
}

function activeHazard(
  { name, meaning, element }: KindRead & { is: "active" },
  area: Hazard["area"],
  text: string,
): Hazard {
  const { kind, severity, level } = meaning;
  const facts = warningFacts(element);
  return {
    kind,
    subject: kind,
    phase: "active",
    severity,
    ...(level === undefined ? {} : { level }),
    name,
    area,
    ...(facts.length > 0 ? { facts } : {}),
    ...(text === "" ? {} : { text }),
  };
}

function liftedHazard(kind: HazardKind, area: Hazard["area"], name: string): Hazard {
  return { kind, subject: kind, phase: "lifted", severity: "none", name, area };
}
