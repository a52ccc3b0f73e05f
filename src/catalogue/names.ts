import type { CatalogueKind, NamesByLanguage } from "../shared/ward/catalogue.ts";
import type { Ward } from "../shared/ward/ward.ts";

/** Longer ones are hard to read on a button of a phone; LINE's own limits are further out. */
export const longestName = 40;

/** What is wrong with a name in one language. */
export interface NameProblem {
  language: string;
  code: "empty" | "too_long" | "bad_characters" | "taken";
}

/** One line, without spaces at its ends or twice in a row. */
export function tidied(name: string): string {
  return name.replaceAll(/\s+/gu, " ").trim();
}

/** The names as they would be kept; "" for a language in which nothing was typed. */
export function namesFor({ languages }: Ward, typed: NamesByLanguage): NamesByLanguage {
  return Object.fromEntries(languages.map((language) => [language, tidied(typed[language] ?? "")]));
}

/**
 * The names as they would be kept, or what is wrong with them: every language of the ward needs one, and within a kind
 * no two things that are offered may be called the same.
 */
export function checkedNames(
  ward: Ward,
  kind: CatalogueKind,
  id: string | undefined,
  typed: NamesByLanguage,
): { names: NamesByLanguage } | { problems: NameProblem[] } {
  const names = namesFor(ward, typed);
  const others = offeredIds(ward, kind).filter((other) => other !== id);
  const problems = Object.entries(names).flatMap(([language, name]): NameProblem[] => {
    // What the profile's file says is left to those who wrote it, unless it stands in the way of another one.
    const isOld = id !== undefined && name !== "" && name === tidied(ward.name(kind, id, language));
    const code = codeOf(
      name,
      others.map((other) => ward.name(kind, other, language)),
      isOld,
    );
    return code === undefined ? [] : [{ language, code }];
  });
  return problems.length > 0 ? { problems } : { names };
}

function codeOf(name: string, others: string[], isOld: boolean): NameProblem["code"] | undefined {
  if (name === "") return "empty";
  if (!isOld && name.length > longestName) return "too_long";
  // Control characters, and those that turn the direction of what stands around them.
  if (/[\p{Cc}\p{Cs}\p{Co}\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u.test(name))
    return "bad_characters";
  return others.some((other) => alike(other) === alike(name)) ? "taken" : undefined;
}

function alike(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s/gu, "");
}

function offeredIds(ward: Ward, kind: CatalogueKind): string[] {
  if (kind === "categories") return ward.categories.map(({ id }) => id);
  return kind === "districts" ? ward.districts : ward.profile.groups.map(({ id }) => id);
}

/** An id from the English name, such as `schoolMeals`, that nobody has had; `category7` when that gives nothing. */
export function derivedId(
  name: string,
  kind: "category" | "district",
  isTaken: (id: string) => boolean,
): string {
  const words = name.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("")
    .slice(0, 30);
  const base = /^[a-z]/.test(joined) ? joined : kind;
  let candidate = base === kind ? `${kind}1` : base;
  for (let number = 2; isTaken(candidate); number++) candidate = `${base}${number}`;
  return candidate;
}
