import type { Sentences } from "../../shared/i18n.ts";
import { tsunamiWords } from "../hazards/hazard.ts";

/** The keys of `locales/<language>/hazards.json`, `names.*`: what JMA announces and where, by the names it has for it. */
export const officialNameKeys = [
  "heavyRain2",
  "heavyRain3",
  "heavyRain4",
  "heavyRain5",
  "landslide2",
  "landslide3",
  "landslide4",
  "landslide5",
  "stormSurge2",
  "stormSurge3",
  "stormSurge4",
  "stormSurge5",
  "riverFlood2",
  "riverFlood3",
  "riverFlood4",
  "riverFlood5",
  "stormAdvisory",
  "stormWarning",
  "stormSpecialWarning",
  "blizzardAdvisory",
  "blizzardWarning",
  "blizzardSpecialWarning",
  "wavesAdvisory",
  "wavesWarning",
  "wavesSpecialWarning",
  "heavySnowAdvisory",
  "heavySnowWarning",
  "heavySnowSpecialWarning",
  "thunderAdvisory",
  "fogAdvisory",
  "dryAirAdvisory",
  "avalancheAdvisory",
  "lowTemperatureAdvisory",
  "frostAdvisory",
  "icingAdvisory",
  "snowAccretionAdvisory",
  "snowmeltAdvisory",
  "tsunamiMajorWarning",
  "tsunamiWarning",
  "tsunamiAdvisory",
  ...tsunamiWords,
  "linearRainband",
  "linearRainbandSoon",
  "recordRain",
  "shortHeavySnow",
  "tornado",
  "earthquake",
  "heatAlert",
  "heatSpecialAlert",
  "intensity1",
  "intensity2",
  "intensity3",
  "intensity4",
  "intensity5lower",
  "intensity5upper",
  "intensity6lower",
  "intensity6upper",
  "intensity7",
  "intensityNotReceived",
  "tokyo23",
  "tokyoBay",
  "tokyoRegion",
  "jma",
] as const;

/** A name as its issuer wrote it, and what it is in other languages. */
export interface OfficialName {
  in(language: string): string;
  /** In Japanese with its reading, as it is heard from loudspeakers. */
  withReading: string;
}

/**
 * Looked up by its key, or by the issuer's own words alone, several of them with wide spaces between; undefined for what is
 * not in the table. Nothing is guessed from kind and level: nobody but JMA may name a warning (fact sheet, section 1.2).
 */
export function officialName(written: string, sentences: Sentences): OfficialName | undefined {
  const found = written.split(/\u3000+/).map((part) => keyOf(part, sentences));
  if (found.includes(undefined)) return undefined;
  const say = (language: string, separator: string) =>
    found.map((key) => sentences.say(language, `hazards:names.${key}`)).join(separator);
  return {
    in: (language) => say(language, sentences.say(language, "alert-texts:separator")),
    withReading: say("ja-x-easy", "、"),
  };
}

function keyOf(written: string, sentences: Sentences): string | undefined {
  const wanted = plain(written);
  return officialNameKeys.find(
    (key) => key === written || plain(sentences.say("ja", `hazards:names.${key}`)) === wanted,
  );
}

/** 「レベル４ 土砂災害危険警報」, 「大津波警報：発表」 → without spaces, wide digits and what stands behind the colon. */
function plain(name: string): string {
  return (name.normalize("NFKC").split(":")[0] ?? "").replaceAll(/\s/g, "");
}
