import type { Actor, Role } from "./permissions.ts";

/** The key of the environment acts as the installation itself. */
export const bootstrapId = "bootstrap";
/** Whoever types commands on the server acts as the installation itself, too. */
export const system: Actor = {
  id: "system",
  name: "system",
  roles: ["administrator"],
  sections: [],
  categories: undefined,
  mayAddressEveryone: true,
};

const weighty: ReadonlySet<Role> = new Set(["approver", "dutyOfficer", "administrator"]);

/** The roles that one administrator alone may not give away. */
export function weightyAmong(roles: readonly Role[]): Role[] {
  return roles.filter((role) => weighty.has(role));
}

/**
 * Whether a second administrator has to confirm: unless who acts is the only one. The installation itself needs nobody.
 */
export function needsSecond(actor: Actor, roles: readonly Role[], isOnlyAdministrator: boolean): boolean {
  const isInstallation = actor.id === bootstrapId || actor.id === system.id;
  return !isInstallation && weightyAmong(roles).length > 0 && !isOnlyAdministrator;
}

/** Why an act on the staff was not done. A value, as in `broadcasts/refusal.ts`. */
export interface StaffRefusal {
  refused:
    | "role_missing"
    | "not_found"
    | "email_taken"
    | "deactivated"
    | "last_administrator"
    | "second_administrator_needed"
    | "own_ask"
    | "ask_void";
}

export function isStaffRefusal(outcome: object): outcome is StaffRefusal {
  return "refused" in outcome;
}
