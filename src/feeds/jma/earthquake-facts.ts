import { type XmlElement, all, child, path, textOf } from "../xml/element.ts";
import { type TsunamiWord, tsunamiLabel, tsunamiWords } from "../../alerts/hazards/hazard.ts";
import { japaneseTime } from "../times.ts";

/** Where, how strong, when, and what about a tsunami, in JMA's words. 震度速報 has no hypocentre yet. */
export function earthquakeFacts(body: XmlElement | undefined): { label: string; value: string }[] {
  const earthquake = child(body, "Earthquake");
  const hypocentre = path(earthquake, "Hypocenter", "Area");
  const facts = [
    { label: "震源地", value: textOf(hypocentre, "Name") },
    { label: "震源の位置", value: described(child(hypocentre, "Coordinate")) },
    { label: "規模", value: described(child(earthquake, "Magnitude")) },
    { label: "発生時刻", value: japaneseTime(textOf(earthquake, "OriginTime")) },
    { label: tsunamiLabel, value: tsunamiComment(body) },
  ];
  return facts.filter(({ value }) => value !== "");
}

/** JMA's own rendering of a number: 「Ｍ７．３」, 「Ｍ８を超える巨大地震」 where the number is NaN. */
function described(element: XmlElement | undefined): string {
  return element?.attributes.get("description") ?? "";
}

/** JMA's codes of fixed comments (固定付加文) about a tsunami; 0217 「今後の情報に注意してください。」 says nothing of one. */
const tsunamiCodes: ReadonlyMap<string, TsunamiWord> = new Map([
  ["0211", "tsunamiInForce"],
  ["0212", "tsunamiSlight"],
  ["0215", "tsunamiNone"],
  ["0216", "tsunamiMayComeAtSea"],
  ["0229", "tsunamiBeingStudied"],
  ["0230", "tsunamiNoneInJapan"],
]);

/** What it says of a tsunami, the gravest where it says several; undefined where it says nothing that is known. */
export function tsunamiWordOf(body: XmlElement | undefined): TsunamiWord | undefined {
  const codes = all(body, "Comments", "ForecastComment").flatMap((comment) =>
    textOf(comment, "Code").split(/\s+/),
  );
  const said = new Set(codes.flatMap((code) => tsunamiCodes.get(code) ?? []));
  return tsunamiWords.find((word) => said.has(word));
}

function tsunamiComment(body: XmlElement | undefined): string {
  return all(body, "Comments", "ForecastComment")
    .map((comment) => textOf(comment, "Text"))
    .filter((text) => text !== "")
    .join("\n");
}
