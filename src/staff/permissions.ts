export const roles = ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Somebody who acts, as every act below the pages sees them. */
export interface Actor {
  id: string;
  name: string;
  roles: readonly Role[];
}

/**
 * Who may do what, one sentence a line:
 * everybody on the staff may look at broadcasts, audiences and what became of them, and at totals of residents;
 * authors and administrators write and submit broadcasts;
 * approvers approve and return them, but never their own, which no role lifts;
 * whoever writes, approves or is on duty may stop a broadcast: stopping is always safe;
 * what was stopped is resumed by an approver, an administrator, or whoever stopped it;
 * administrators alone manage staff and keys; an administrator is not an approver by that.
 */
const allowed = {
  "broadcast.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "broadcast.write": ["author", "administrator"],
  "broadcast.approve": ["approver"],
  "broadcast.stop": ["author", "approver", "dutyOfficer", "administrator"],
  "broadcast.resume": ["author", "approver", "dutyOfficer", "administrator"],
  "broadcast.decide": ["approver", "administrator"],
  "report.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "residents.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "staff.manage": ["administrator"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof allowed;

export function may(actor: Actor, permission: Permission): boolean {
  const permitted: readonly Role[] = allowed[permission];
  return actor.roles.some((role) => permitted.includes(role));
}
