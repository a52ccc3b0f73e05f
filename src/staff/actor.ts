import type { Role } from "./permissions.ts";

/** The roles in a row of the staff: only these are ever written there. */
export function rolesOf(row: { roles: readonly string[] }): Role[] {
  return row.roles as Role[];
}
