import type { z } from "zod";
import type { ConfigProblem } from "./problems.ts";
import { type anyVariables, jmaFeed, lineApi, lineDataApi, type variables } from "./variables.ts";

const atLeast32 = "must have at least 32 characters in production (try: openssl rand -hex 32)";

/** Invariant 14: in production nothing weak, nothing that is not LINE and no feed that is not JMA's. */
export function unfitForProduction(v: z.infer<typeof anyVariables>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const refuse = (variable: keyof typeof variables, unfit: boolean, problem: string) => {
    if (unfit) problems.push({ variable, problem });
  };
  refuse(
    "LINE_API_BASE_URL",
    v.LINE_API_BASE_URL !== lineApi,
    `must be ${lineApi} in production (NODE_ENV=development allows a local LINE)`,
  );
  refuse(
    "LINE_DATA_API_BASE_URL",
    (v.LINE_DATA_API_BASE_URL ?? lineDataApi) !== lineDataApi,
    `must be ${lineDataApi} in production`,
  );
  refuse(
    "JMA_FEED_BASE_URL",
    !isOfJma(v.JMA_FEED_BASE_URL ?? "off"),
    `must be an https:// address of JMA in production, such as ${jmaFeed}, or off`,
  );
  refuse(
    "FEED_POLL_SECONDS",
    (v.FEED_POLL_SECONDS ?? 60) < 60,
    "must be at least 60 in production: JMA's feeds are rebuilt once a minute",
  );
  refuse(
    "LINE_CHANNEL_SECRET",
    v.LINE_CHANNEL_SECRET !== undefined && !/^[0-9a-f]{32}$/.test(v.LINE_CHANNEL_SECRET),
    "must be the 32 hexadecimal digits that LINE shows",
  );
  refuse("AUTH_SECRET", (v.AUTH_SECRET ?? "").length < 32, atLeast32);
  refuse(
    "BOOTSTRAP_API_KEY",
    v.BOOTSTRAP_API_KEY !== undefined && v.BOOTSTRAP_API_KEY.length < 32,
    atLeast32,
  );
  refuse(
    "HAZARD_HOOK_SECRET",
    v.HAZARD_HOOK_SECRET !== undefined && v.HAZARD_HOOK_SECRET.length < 32,
    atLeast32,
  );
  for (const variable of ["OIDC_ISSUER", "CONSOLE_URL", "PUBLIC_URL"] as const)
    refuse(variable, /^http:/i.test(v[variable] ?? ""), "must begin with https:// in production");
  return problems;
}

/**
 * Whoever writes the feed can call the whole ward to flee, so nobody but JMA may. Any host of theirs will do: they have
 * moved the feed before.
 */
function isOfJma(address: string): boolean {
  if (address === "off") return true;
  const { protocol, hostname, username, port } = new URL(address);
  return (
    protocol === "https:" && /(^|\.)(jma\.go\.jp|kishou\.go\.jp)$/.test(hostname) && username + port === ""
  );
}
