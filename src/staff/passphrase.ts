import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { judgeApart } from "./judge-apart.ts";

export const passphraseLength = { least: 12, most: 200 };

export type PassphraseProblem = "too_short" | "too_long" | "guessable";

/** What is wrong with a new passphrase; `own` are words that anybody would try first: name, address, ward. */
export async function problemOf(
  passphrase: string,
  own: readonly string[],
): Promise<PassphraseProblem | undefined> {
  const length = Array.from(passphrase).length;
  if (length < passphraseLength.least) return "too_short";
  if (length > passphraseLength.most) return "too_long";
  if (restWithout(passphrase, own).length < leastOfOnesOwn) return "guessable";
  return (await judgeApart(passphrase, own)) ? undefined : "guessable";
}

/** So many letters have to be left when names and addresses are taken out. */
const leastOfOnesOwn = 8;

function restWithout(passphrase: string, own: readonly string[]): string {
  const words = own.filter((word) => word.length > 1).toSorted((a, b) => b.length - a.length);
  const rest = words.reduce(
    (left, word) => left.replaceAll(word.toLowerCase(), ""),
    passphrase.toLowerCase(),
  );
  return rest.replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** The same characters however they were typed; more than anybody's passphrase is not looked at. */
const prepared = (passphrase: string) => passphrase.slice(0, 2 * passphraseLength.most).normalize("NFKC");

/** argon2id with 19 MiB and two passes, as OWASP recommends. Runs beside the event loop, two at a time. */
const inTurn = createTurns(2);

export function hashPassphrase(passphrase: string): Promise<string> {
  return inTurn(() => hash(prepared(passphrase), { memoryCost: 19_456, timeCost: 2, parallelism: 1 }));
}

let nobodys: Promise<string> | undefined;

/** Made before the first sign-in, which would otherwise take longer when there is nobody to compare with. */
export async function prepareForNobody(): Promise<string> {
  nobodys ??= hashPassphrase(randomBytes(32).toString("base64url"));
  return nobodys;
}

/** Takes as long when there is nobody to compare with: time must not tell who is on the staff. */
export async function isPassphrase(passphrase: string, hashed: string | undefined): Promise<boolean> {
  const compared = hashed ?? (await prepareForNobody());
  const isRight = await inTurn(() => verify(compared, prepared(passphrase)));
  return isRight && hashed !== undefined;
}

/** Lets so many pieces of work run at a time; the others wait their turn. */
function createTurns(atATime: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = atATime;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
