import { randomInt } from "node:crypto";
import { hashOf } from "./secrets.ts";

/** No letter that looks like another one. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const howMany = 10;

export interface RecoveryCodes {
  /** Shown this once: `abcde-fghjk-mnpqr`, 74 random bits each. */
  codes: string[];
  hashes: string[];
}

export function newRecoveryCodes(staffId: string): RecoveryCodes {
  const codes = Array.from({ length: howMany }, newCode);
  return { codes, hashes: codes.map((code) => hashOfRecoveryCode(staffId, code)) };
}

/** However it was typed: large letters, wide letters, spaces, without hyphens. */
export function hashOfRecoveryCode(staffId: string, typed: string): string {
  const code = typed
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
  return hashOf(`${staffId} ${code}`);
}

function newCode(): string {
  const part = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [part(), part(), part()].join("-");
}
