import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../src/shared/project-root.ts";

export const nineLanguages = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi", "ne", "tl", "my"];

/** みほん区 with four more languages, spoken in English: for measuring, P1 wants nine. */
export function writeWardOfNine(folder: string): { wardProfile: string; localesFolder: string } {
  const localesFolder = join(folder, "locales");
  cpSync(projectPath("locales"), localesFolder, { recursive: true });
  for (const language of nineLanguages.slice(5))
    cpSync(join(localesFolder, "en"), join(localesFolder, language), { recursive: true });
  const profile = JSON.parse(
    readFileSync(projectPath("seeds", "wards", "mihon", "profile.json"), "utf8"),
  ) as Record<string, unknown>;
  const languages = nineLanguages.map((id) => ({ id, fallback: id === "ja" ? [] : ["ja"] }));
  mkdirSync(join(folder, "ward"), { recursive: true });
  const wardProfile = join(folder, "ward", "profile.json");
  writeFileSync(
    wardProfile,
    JSON.stringify({ ...profile, languages, names: "../locales/{language}/mihon.json" }),
  );
  return { wardProfile, localesFolder };
}
