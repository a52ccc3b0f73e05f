import type { Hazard, Reading, Remark } from "../../src/alerts/hazards/hazard.ts";
import type { JmaCodes } from "../../src/feeds/jma/codes.ts";
import { readTelegram } from "../../src/feeds/jma/read-telegram.ts";
import { entryId } from "./telegrams.ts";

export const shinagawaCodes: JmaCodes = {
  municipality: "1310900",
  earthquakeArea: "350",
  tsunamiAreas: ["312"],
  forecastAreas: ["130010"],
  prefecture: "130000",
  prefectureName: "東京都",
  rivers: ["130005000100"],
};

/** A telegram as 品川区 (or another ward) hears it. Throws when it is refused. */
export async function hear(type: string, bytes: Buffer, codes: JmaCodes = shinagawaCodes): Promise<Reading> {
  const read = await readTelegram(bytes, { id: entryId(type), type }, codes);
  if ("refused" in read) throw new Error(`${read.refused}: ${read.detail}`);
  return read.reading;
}

/** What is in force, as `kind level name`, for comparing at a glance. */
export function inForce({ hazards }: Reading): string[] {
  return hazards.filter(({ phase }) => phase === "active").map(inWords);
}

export function lifted({ hazards }: Reading): string[] {
  return hazards.filter(({ phase }) => phase === "lifted").map(({ subject }) => subject);
}

export function remarks(reading: Reading): Remark["code"][] {
  return reading.remarks.map(({ code }) => code);
}

function inWords({ subject, level, severity, name }: Hazard): string {
  return `${subject} ${level ?? "-"} ${severity} ${name}`;
}
