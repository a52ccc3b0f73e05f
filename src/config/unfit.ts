import type { ConfigProblem } from "./problems.ts";
import { unfitForProduction } from "./unfit-for-production.ts";
import { anyVariables } from "./variables.ts";

/** What is wrong although each value by itself is in order; those that are not are left aside, so that all is told at once. */
export function unfit(
  environment: Record<string, string | undefined>,
  bad: ReadonlySet<string>,
): ConfigProblem[] {
  const inOrder = Object.entries(environment).filter(([name]) => !bad.has(name));
  const v = anyVariables.parse(Object.fromEntries(inOrder));
  const problems = v.NODE_ENV === "production" && !bad.has("NODE_ENV") ? unfitForProduction(v) : [];
  if (
    environment["LINE_CHANNEL_ACCESS_TOKEN"] === undefined &&
    environment["LINE_CHANNEL_ID"] === undefined
  ) {
    problems.push({
      variable: "LINE_CHANNEL_ACCESS_TOKEN",
      problem: "is missing (or give LINE_CHANNEL_ID, for tokens that live 15 minutes)",
    });
  }
  return [...problems, ...halfAProvider(environment)];
}

/** The variables of an identity provider are given together, with the address it sends people back to. */
function halfAProvider(environment: Record<string, string | undefined>): ConfigProblem[] {
  const together = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"];
  if (together.every((name) => environment[name] === undefined)) return [];
  const backTo = environment["CONSOLE_URL"] === undefined ? ["PUBLIC_URL"] : [];
  return [...together, ...backTo]
    .filter((name) => environment[name] === undefined)
    .map((variable) => ({
      variable,
      problem: `is missing: ${together.join(", ")} and PUBLIC_URL go together`,
    }));
}
