export const roles = ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Somebody who acts, as every act below the pages sees them. */
export interface Actor {
  id: string;
  name: string;
  roles: readonly Role[];
  /** Ids of the sections they belong to. None: central staff, who may address everything. */
  sections: readonly string[];
  /** The categories that their sections own; undefined for central staff. */
  categories: readonly string[] | undefined;
  /** Whether somebody of a section may address everybody all the same; means nothing for central staff. */
  mayAddressEveryone: boolean;
}

/**
 * Who may do what, one sentence a line:
 * everybody on the staff may look at broadcasts, audiences, reports, totals of residents, and their own account;
 * authors and administrators write and submit broadcasts, and keep templates;
 * approvers approve and return them, but never their own, which no role lifts;
 * whoever writes, approves or is on duty may stop a broadcast: stopping is always safe;
 * what was stopped is resumed by an approver, a duty officer, an administrator, or the author who stopped it;
 * whoever belongs to sections writes for the categories of those sections only, whatever their roles; what others wrote
 * they stop and resume only as approver, duty officer or administrator (`broadcasts/addressing.ts` holds it);
 * duty officers and administrators raise alerts; duty officers confirm them, their own only where the template allows it,
 * and no section narrows whom an alert reaches: the rule of its template says that;
 * duty officers, authors and administrators propose texts of alert templates, another duty officer or approver accepts them;
 * duty officers and administrators report hazards and switch automatic sending off and on;
 * administrators alone manage staff, keys, sections, and the ward's categories and districts;
 * auditors and administrators read the record of who did what;
 * an administrator is not an approver by that.
 */
const allowed = {
  "broadcast.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "broadcast.write": ["author", "administrator"],
  "broadcast.approve": ["approver"],
  "broadcast.stop": ["author", "approver", "dutyOfficer", "administrator"],
  "broadcast.resume": ["author", "approver", "dutyOfficer", "administrator"],
  /** Stop and resume what belongs to others. */
  "broadcast.oversee": ["approver", "dutyOfficer", "administrator"],
  "broadcast.decide": ["approver", "administrator"],
  "template.write": ["author", "administrator"],
  "alert.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "alert.raise": ["dutyOfficer", "administrator"],
  "alert.confirm": ["dutyOfficer"],
  "alertTemplate.write": ["dutyOfficer", "author", "administrator"],
  "alertTemplate.approve": ["approver", "dutyOfficer"],
  /** What comes in from the ward's own systems, and the switch that keeps rules from sending by themselves. */
  "hazard.report": ["dutyOfficer", "administrator"],
  "feed.manage": ["dutyOfficer", "administrator"],
  "report.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  /** Totals only; nobody sees single residents. */
  "residents.read": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "account.own": ["viewer", "author", "approver", "dutyOfficer", "administrator", "auditor"],
  "staff.manage": ["administrator"],
  "section.manage": ["administrator"],
  "ward.manage": ["administrator"],
  "audit.read": ["auditor", "administrator"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof allowed;

export function may(actor: Pick<Actor, "roles">, permission: Permission): boolean {
  const permitted: readonly Role[] = allowed[permission];
  return actor.roles.some((role) => permitted.includes(role));
}
