import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../shared/project-root.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { type Template, templateSchema } from "./template.ts";
import { templateProblems } from "./template-problems.ts";

export const templateFolder = projectPath("seeds", "alert-templates");

/** Said at the start, with every problem of every file at once: a broken template must not be found out at 3 a.m. */
export class BadAlertTemplates extends Error {
  override name = "BadAlertTemplates";
  constructor(folder: string, problems: string[]) {
    super(
      [
        `The alert templates in ${folder} need mending / 緊急配信のひな形を直してください:`,
        ...problems.map((problem) => `  ${problem}`),
      ].join("\n"),
    );
  }
}

/**
 * The templates of the folder, one a file, in the order of their groups and names.
 * @throws BadAlertTemplates
 */
export function readTemplateFiles(folder: string = templateFolder): Template[] {
  const problems: string[] = [];
  const templates: Template[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()) {
    const read = readOne(join(folder, file));
    if ("problems" in read) problems.push(...read.problems.map((problem) => `${file}: ${problem}`));
    else if (`${read.template.id}.json` !== file) problems.push(`${file}: its id is "${read.template.id}"`);
    else templates.push(read.template);
  }
  if (problems.length > 0) throw new BadAlertTemplates(folder, problems);
  return templates.toSorted((a, b) => groupOf(a) - groupOf(b) || (a.place ?? 99) - (b.place ?? 99));
}

/** Texts that a ward's languages would need and a template has not: those residents get it in another language. */
export function languagesMissing(templates: readonly Template[], ward: Ward): string[] {
  return templates.flatMap(({ id, texts }) =>
    ward.languages
      .filter((language) => !Object.hasOwn(texts, language))
      .map((language) => `${id}: ${language}`),
  );
}

function readOne(path: string): { template: Template } | { problems: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return { problems: [`could not be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const result = templateSchema.safeParse(json);
  if (!result.success)
    return {
      problems: result.error.issues.map(({ path: at, message }) => `${at.join(".") || "(top)"}: ${message}`),
    };
  const problems = templateProblems(result.data);
  return problems.length === 0
    ? { template: result.data }
    : { problems: problems.map(({ field, code, value = "" }) => `${field}: ${code} ${value}`.trim()) };
}

const groups = templateSchema.shape.group.options;

function groupOf({ group }: Template): number {
  return groups.indexOf(group);
}
