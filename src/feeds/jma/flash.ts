import type { Hazard, HazardKind, Severity } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, all, below, children, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, together, unknown } from "../findings.ts";
import { type Reader, areaOf, mentions } from "./reader.ts";

/** By 情報タグ. None of them has a level. `places`: the Body names municipalities, which decide before the tag's area. */
const tags: ReadonlyMap<string, { kind: HazardKind; severity: Severity; name: string; places: boolean }> =
  new Map([
    [
      "線状降水帯発生",
      { kind: "linearRainband", severity: "warning", name: "線状降水帯発生", places: false },
    ],
    [
      "線状降水帯直前",
      { kind: "linearRainbandSoon", severity: "notice", name: "線状降水帯直前予測", places: false },
    ],
    ["記録雨", { kind: "recordRain", severity: "warning", name: "記録的短時間大雨", places: true }],
    ["短時間大雪", { kind: "shortHeavySnow", severity: "warning", name: "短時間大雪", places: true }],
  ]);

/** VPBS50, 府県気象防災速報. Nothing ever lifts one, so each issue is a subject of its own. */
export function readFlash(reader: Reader): Findings {
  const { head, body, codes } = reader;
  const items = all(head, "Headline", "Information")
    .filter((each) => each.attributes.get("type") === "情報タグ")
    .flatMap((each) => children(each, "Item"));
  if (items.length === 0) {
    const named = mentions(body, [codes.municipality, ...codes.forecastAreas]);
    return named ? unknown("VPBS50 without 情報タグ") : elsewhere;
  }
  const findings = items.map((item) => readTag(reader, item));
  const telling = findings.filter((each) => each !== elsewhere);
  return telling.length === 0 ? elsewhere : together(telling);
}

function readTag(reader: Reader, item: XmlElement): Findings {
  const { body, codes } = reader;
  const tagged = all(item, "Areas", "Area").find((area) =>
    codes.forecastAreas.includes(textOf(area, "Code")),
  );
  const places = municipalitiesOf(body);
  const place = places.find(({ area }) => isIn(codes.municipality, textOf(area, "Code")));
  if (tagged === undefined && place === undefined) return elsewhere;
  const conditions = all(item, "Kind", "Condition").map((condition) => textOf(condition));
  if (conditions.length === 0) return unknown("VPBS50: 情報タグ without Condition");
  const telling = conditions
    // Where the Body names municipalities, it rained there, and not in all of 東京地方.
    .filter((each) => !(tags.get(each)?.places === true && places.length > 0 && place === undefined))
    .map((condition) => readCondition(reader, condition, { tagged, place }));
  return telling.length === 0 ? elsewhere : together(telling);
}

function readCondition(
  { telegram }: Reader,
  condition: string,
  { tagged, place }: { tagged: XmlElement | undefined; place: Place | undefined },
): Findings {
  const tag = tags.get(condition);
  if (tag === undefined) return unknown(`VPBS50: 情報タグ 「${condition}」`);
  const { kind, severity, name } = tag;
  const exact = tag.places || tagged === undefined ? place : undefined;
  const facts = exact === undefined ? [] : factsOf(exact.item);
  const hazard: Hazard = {
    kind,
    subject: `${kind}:${telegram.eventId}`,
    phase: "active",
    severity,
    name,
    area: exact === undefined ? areaOf(tagged) : placeOf(exact.area),
  };
  return found([facts.length > 0 ? { ...hazard, facts } : hazard]);
}

interface Place {
  item: XmlElement;
  area: XmlElement;
}

/** Items of the Body that are about a municipality (7 digits). */
function municipalitiesOf(body: XmlElement | undefined): Place[] {
  return [...below(body)]
    .filter(({ name }) => name === "Item")
    .flatMap((item) =>
      [...children(item, "Area"), ...all(item, "Areas", "Area")].map((area) => ({ item, area })),
    )
    .filter(({ area }) => /^\d{7}$/.test(textOf(area, "Code")));
}

/** The municipality, or a part of it: 伊那 2020911 is in 2020900. */
function isIn(municipality: string, code: string): boolean {
  return (
    code === municipality || (municipality.endsWith("00") && code.slice(0, 5) === municipality.slice(0, 5))
  );
}

/** 「品川区付近」, as JMA's own headline writes it. */
function placeOf(area: XmlElement): Hazard["area"] {
  const { code, name } = areaOf(area);
  return { code, name: `${name}${textOf(area, "Status")}` };
}

function factsOf(item: XmlElement): { label: string; value: string }[] {
  return [...below(item)].flatMap(({ attributes }) => {
    const value = attributes.get("description") ?? "";
    return value === "" ? [] : [{ label: attributes.get("type") ?? "", value }];
  });
}
