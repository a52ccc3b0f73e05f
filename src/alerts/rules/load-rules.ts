import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { z } from "zod";
import { projectPath } from "../../shared/project-root.ts";
import { type Rules, rulesSchema } from "./rule.ts";

export class BadRules extends Error {
  override name = "BadRules";
  constructor(path: string, problems: string[]) {
    super(
      [
        `The alert rules ${path} need mending / 緊急配信の規則を直してください:`,
        ...problems.map((problem) => `  ${problem}`),
      ].join("\n"),
    );
  }
}

/** The rules a ward's profile names, relative to the profile's file; without one, those that are shipped. */
export function rulesPath(profilePath: string, named: string | undefined): string {
  return named === undefined
    ? projectPath("seeds", "alert-rules.json")
    : resolve(dirname(profilePath), named);
}

/**
 * Reads the rules, and holds them against the templates there are: a rule that cannot be carried out at 3 a.m. is found
 * when the program starts.
 * @throws BadRules with every problem at once
 */
export function loadRules(path: string, isTemplate: (id: string) => boolean): Rules {
  const parsed = rulesSchema.safeParse(readJson(path));
  if (!parsed.success) throw new BadRules(path, parsed.error.issues.map(problemOf));
  const missing = [...new Set(templatesOf(parsed.data))].filter((id) => !isTemplate(id));
  if (missing.length > 0)
    throw new BadRules(
      path,
      missing.map((id) => `there is no template "${id}"`),
    );
  return parsed.data;
}

function templatesOf({ rules, followUps, unknown }: Rules): string[] {
  const { lowered, lifted, withdrawn, corrected, aboutTsunami = [] } = followUps;
  const raised = rules.flatMap(({ template }) => template ?? []);
  return [...raised, lowered, lifted, withdrawn, corrected, unknown.template].concat(aboutTsunami);
}

function problemOf(issue: z.core.$ZodIssue): string {
  return `${issue.path.join(".") || "(top)"}: ${issue.message}`;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadRules(path, [
      `could not be read: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
}
