import type { Role } from "../../staff/permissions.ts";
import type { Page } from "../page.ts";

/** The roles by name, one after another. */
export function sayRoles(roles: readonly Role[], { say, language }: Page): string {
  if (roles.length === 0) return say("staff:noRoles");
  const names = roles.map((role) => say(`staff:role.${role}`));
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}
