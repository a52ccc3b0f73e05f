import type { Reading } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, below, textOf } from "../xml/element.ts";
import { type XmlRefusal, readXml } from "../xml/read-xml.ts";
import type { JmaCodes } from "./codes.ts";
import { readIntensities, readIntensityFlash } from "./earthquake.ts";
import { type Findings, elsewhere, forInformation, unknown } from "../findings.ts";
import { type Reader, mentions } from "./reader.ts";
import { readFlash } from "./flash.ts";
import { readHeat } from "./heat.ts";
import { readLandslide } from "./landslide.ts";
import { readHead } from "./read-head.ts";
import { readRivers } from "./rivers.ts";
import { readSpecialWarningNotice } from "./special-warning-notice.ts";
import { readTornado } from "./tornado.ts";
import { readTsunami } from "./tsunami.ts";
import { familyOf, ignoredTypes } from "./types.ts";
import { readWarnings } from "./warnings.ts";

/** Why a telegram could not be read at all; the caller puts that on record and keeps its bytes. */
export interface TelegramRefusal {
  refused: XmlRefusal["refused"] | "not_a_telegram";
  detail: string;
}

/**
 * One telegram of 気象庁防災情報XML, read for one ward. `entry` is the entry of the feed that named it: its id makes the
 * telegram unique, its type (`typeOf(entry.id)`) chooses the tables, because the meaning of codes has moved between types.
 * What is not understood and concerns the ward becomes a remark `unknown`, never silence and never an exception.
 */
export async function readTelegram(
  bytes: Buffer,
  entry: { id: string; type: string },
  codes: JmaCodes,
): Promise<{ reading: Reading } | TelegramRefusal> {
  const read = await readXml(bytes);
  if ("refused" in read) return read;
  const head = readHead(read.ok, entry);
  if ("refused" in head) return head;
  const { hazards, remarks } = head.understood ? readForWard({ ...head, codes }) : nothing;
  return { reading: { telegram: head.telegram, hazards, remarks: [...head.remarks, ...remarks] } };
}

/** The remark about the Head says it all. */
const nothing: Findings = { hazards: [], remarks: [] };

/** A telegram that names the ward where no table looks is not elsewhere: its form has changed, and a person must look. */
function readForWard(reader: Reader): Findings {
  const { telegram, head, body, codes } = reader;
  const findings = readBody(reader);
  if (!saysElsewhere(findings)) return findings;
  if (namesPlaces(telegram.type) && !anyPlace(head) && !anyPlace(body))
    return unknown(`${telegram.type} names no area`);
  const named = mentions(head, [codes.municipality]) || mentions(body, [codes.municipality]);
  return named ? unknown(`${telegram.type} names ${codes.municipality} where it is not read`) : elsewhere;
}

function saysElsewhere({ hazards, remarks }: Findings): boolean {
  return hazards.length === 0 && remarks.length > 0 && remarks.every(({ code }) => code === "elsewhere");
}

/** Of a type that is in no table it is not known whether it should. */
function namesPlaces(type: string): boolean {
  const family = familyOf(type);
  return family !== undefined && family !== "heat";
}

const places: ReadonlySet<string> = new Set(["Area", "City", "Pref"]);

/** An area, a city, a section of a river or a hypocentre, wherever it stands. */
function anyPlace(tree: XmlElement | undefined): boolean {
  for (const each of below(tree))
    if (places.has(each.name) && (textOf(each, "Code") !== "" || textOf(each, "Name") !== "")) return true;
  return false;
}

function readBody(reader: Reader): Findings {
  const { telegram } = reader;
  if (ignoredTypes.has(telegram.type)) return forInformation(`${telegram.type} is not relayed`);
  // A cancellation names no areas (fact sheet 1.3): whom it concerns is known by the event.
  if (telegram.infoType === "cancellation") return { hazards: [], remarks: [] };
  switch (familyOf(telegram.type)) {
    case "warnings":
      return readWarnings(reader);
    case "landslide":
      return readLandslide(reader);
    case "rivers":
      return readRivers(reader);
    case "flash":
      return readFlash(reader);
    case "earthquake":
      return telegram.type === "VXSE51" ? readIntensityFlash(reader) : readIntensities(reader);
    case "tsunami":
      return readTsunami(reader);
    case "heat":
      return readHeat(reader);
    case "tornado":
      return readTornado(reader);
    case "specialWarningNotice":
      return readSpecialWarningNotice(reader);
    case "information":
      return forInformation(`${telegram.type} ${telegram.title}`);
    // Of a type that is in no table all that is asked is whether it names the ward.
    case undefined:
      return elsewhere;
  }
}
