import { type XmlElement, all, child, path, textOf } from "../xml/element.ts";
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
    { label: "津波", value: tsunamiComment(body) },
  ];
  return facts.filter(({ value }) => value !== "");
}

/** JMA's own rendering of a number: 「Ｍ７．３」, 「Ｍ８を超える巨大地震」 where the number is NaN. */
function described(element: XmlElement | undefined): string {
  return element?.attributes.get("description") ?? "";
}

function tsunamiComment(body: XmlElement | undefined): string {
  return all(body, "Comments", "ForecastComment")
    .map((comment) => textOf(comment, "Text"))
    .filter((text) => text !== "")
    .join("\n");
}
