import type { z } from "zod";

/** What somebody has to mend: the name of a variable, and the rest of a sentence that begins with it. */
export interface ConfigProblem {
  variable: string;
  problem: string;
}

/** The environment cannot be used; says everything that is wrong with it at once, in both languages of those who mend it. */
export class BadConfig extends Error {
  override name = "BadConfig";
  constructor(readonly problems: ConfigProblem[]) {
    super(
      [
        "The environment needs mending / 環境変数を直してください:",
        ...problems.map((p) => `  ${p.variable} ${p.problem}`),
        "  (.env.example explains each of them / 説明は .env.example にあります)",
      ].join("\n"),
    );
  }
}

/** What the schema objects to. */
export function problemsIn(error: z.ZodError): ConfigProblem[] {
  return error.issues.map((issue) => ({ variable: String(issue.path[0]), problem: issue.message }));
}
