import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, all, child, path, textOf } from "../xml/element.ts";
import { earthquakeFacts, tsunamiWordOf } from "./earthquake-facts.ts";
import { type Findings, elsewhere, found, unknown, unknownRemark } from "../findings.ts";
import { type Reader, areaOf } from "./reader.ts";
import { intensityName, intensityOf, intensitySeverity, isStrong, notReceived } from "./intensity.ts";

/** VXSE51: the wards are one area, 350. */
export function readIntensityFlash(reader: Reader): Findings {
  const { earthquakeArea } = reader.codes;
  return readIntensity(reader, (pref) => all(pref, "Area"), earthquakeArea);
}

/** VXSE53: by municipality. A ward that is missing was below 1 or sent nothing, which is not the same as safe. */
export function readIntensities(reader: Reader): Findings {
  return readIntensity(reader, (pref) => all(pref, "Area", "City"), reader.codes.municipality);
}

function readIntensity(reader: Reader, placesOf: (pref: XmlElement) => XmlElement[], code: string): Findings {
  const { telegram, body } = reader;
  const observation = path(body, "Intensity", "Observation");
  if (observation === undefined) {
    // Far earthquakes are reported by the same type, without intensities.
    return child(body, "Earthquake") === undefined
      ? unknown(`${telegram.type} without Observation`)
      : elsewhere;
  }
  const ours = all(observation, "Pref")
    .flatMap(placesOf)
    .filter((place) => textOf(place, "Code") === code);
  const [place] = ours;
  if (place === undefined || code === "") return elsewhere;
  return ours.length > 1
    ? unknown(`${telegram.type} names ${code} more than once`)
    : readPlace(reader, place);
}

function readPlace({ telegram, body }: Reader, place: XmlElement): Findings {
  const area = areaOf(place);
  const text = textOf(place, "MaxInt");
  const condition = textOf(place, "Condition");
  const intensity = intensityOf(text);
  const stations = all(place, "IntensityStation", "Int").map((station) => textOf(station));
  // JMA says it of the place; where a station says it, and nothing as strong was received, it is no less thinkable.
  const missing = [text, condition, ...stations].includes(notReceived) && !isStrong(intensity);
  const remarks = [
    ...(condition !== "" && condition !== notReceived ? [`Condition 「${condition}」`] : []),
    ...(intensity === undefined && text !== notReceived && (text !== "" || !missing)
      ? [`MaxInt 「${text}」`]
      : []),
  ].map((detail) => unknownRemark(`${telegram.type} ${area.name} ${detail}`));
  if (intensity === undefined && !missing) return found([], remarks);

  const tsunami = tsunamiWordOf(body);
  const hazard: Hazard = {
    kind: "earthquake",
    subject: `earthquake:${telegram.eventId}`,
    phase: "active",
    severity: missing || intensity === undefined ? "warning" : intensitySeverity(intensity),
    ...(intensity === undefined ? {} : { intensity }),
    ...(missing ? { intensityNotReceived: true } : {}),
    name: missing || intensity === undefined ? notReceived : intensityName(intensity),
    area,
    facts: earthquakeFacts(body),
    ...(tsunami === undefined ? {} : { tsunami }),
  };
  return found([hazard], remarks);
}
