import { DatabaseTooNew } from "../../db/migrate.ts";
import { DatabaseNotDurable } from "../../db/open.ts";
import { BadRules } from "../alerts/rules/load-rules.ts";
import { BadAlertTemplates } from "../alerts/templates/template-files.ts";
import { BadConfig } from "../config/problems.ts";
import { problemOfSystem } from "../config/problem-of-system.ts";
import { BadWardProfile } from "../shared/ward/ward.ts";

/** What somebody can mend, in plain words; undefined for everything else, which keeps its stack. */
export function whatToMend(error: unknown): string | undefined {
  const kinds = [BadConfig, BadWardProfile, BadRules, BadAlertTemplates, DatabaseNotDurable, DatabaseTooNew];
  if (error instanceof Error && kinds.some((kind) => error instanceof kind)) return error.message;
  const problem = problemOfSystem(error);
  return problem && new BadConfig([problem]).message;
}
