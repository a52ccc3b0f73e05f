import { DatabaseTooNew } from "../../db/migrate.ts";
import { DatabaseNotDurable } from "../../db/open.ts";
import { BadRules } from "../alerts/rules/load-rules.ts";
import { BadAlertTemplates } from "../alerts/templates/template-files.ts";
import { BadConfig, type ConfigProblem } from "../config/problems.ts";
import { BadWardProfile } from "../shared/ward/ward.ts";

/** What somebody can mend, in plain words; undefined for everything else, which keeps its stack. */
export function whatToMend(error: unknown): string | undefined {
  const kinds = [BadConfig, BadWardProfile, BadRules, BadAlertTemplates, DatabaseNotDurable, DatabaseTooNew];
  if (error instanceof Error && kinds.some((kind) => error instanceof kind)) return error.message;
  const problem = problemOfSystem(error);
  return problem && new BadConfig([problem]).message;
}

/** What the system refused, with the variable that asked for it: its own words name an address or a file, but no variable. */
function problemOfSystem(error: unknown): ConfigProblem | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { message } = error;
  const call = "syscall" in error ? error.syscall : undefined;
  if (error.code === "EADDRINUSE")
    return { variable: "PORT", problem: `is used by another program already: ${message}` };
  if (call === "listen" || call === "getaddrinfo")
    return {
      variable: "HOST, PORT",
      problem: `cannot be listened at by this user on this machine: ${message}`,
    };
  if (call === "mkdir" || /^SQLITE_(CANTOPEN|NOTADB|READONLY|FULL|PERM)/.test(String(error.code)))
    return {
      variable: "DATABASE_URL",
      problem: `names a file that cannot be made, read or written: ${message}`,
    };
  return undefined;
}
