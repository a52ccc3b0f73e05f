import { type XmlElement, below, children, textOf } from "../xml/element.ts";
import { japaneseTime } from "../times.ts";

/** More would not be read by anybody, and a telegram may hold any number. */
const most = 8;

/**
 * What a warning's Kind tells beside its name, in JMA's words: the hours (「２３日６時から１２時まで、警戒レベル４相当」)
 * and heights with their time. The label is the Property's own Type.
 */
export function warningFacts(kind: XmlElement): { label: string; value: string }[] {
  return children(kind, "Property")
    .flatMap((property) => {
      const label = textOf(property, "Type");
      return [...below(property)].flatMap((part) => valuesOf(part).map((value) => ({ label, value })));
    })
    .slice(0, most);
}

/** Of an element that is one statement (Base or Local): its sentence, or its quantities and when. */
function valuesOf(part: XmlElement): string[] {
  if (part.name !== "Base" && part.name !== "Local") return [];
  const place = textOf(part, "AreaName");
  const sentence = textOf(part, "Sentence");
  const quantities = part.children.flatMap((each) => each.attributes.get("description") ?? []);
  const time = japaneseTime(textOf(part, "Time"));
  const values =
    sentence === "" ? quantities.map((each) => (time === "" ? each : `${each}（${time}）`)) : [sentence];
  return values.map((value) => (place === "" ? value : `${place}　${value}`));
}
