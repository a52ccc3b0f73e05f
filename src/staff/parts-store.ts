import { randomBytes } from "node:crypto";
import { and, eq, gt, inArray, isNotNull, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { apiKeys, auditEntries, staff, staffAsks } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import type { Actor, Role } from "./permissions.ts";
import { bootstrapId } from "./rules.ts";
import { hashOf } from "./secrets.ts";

export type AskKind = "roles" | "invitation" | "key";
export type StaffRow = typeof staff.$inferSelect;
export type StaffParts = ReturnType<typeof createStaffParts>;

/** So long whoever removed an administrator alone is not taken for the only one. */
const removalRemembersMs = 7 * 86_400_000;

/** What several acts on the staff are put together from. Called only inside a `write`. */
export function createStaffParts({ orm }: Database, audit: AuditStore, ids: Ids, clock: Clock) {
  /** How many administrators besides this one have signed in and not been deactivated. */
  const administratorsBesides = (id: string): number =>
    orm
      .select({ id: staff.id })
      .from(staff)
      .where(
        and(
          ne(staff.id, id),
          ne(staff.id, bootstrapId),
          isNull(staff.deactivatedAt),
          isNotNull(staff.lastSignInAt),
          sql`EXISTS (SELECT 1 FROM json_each(${staff.roles}) WHERE value = 'administrator')`,
        ),
      )
      .all().length;

  /** Else one of two could remove the other, give out whatever roles, and let the other in again. */
  const hasLatelyRemovedAnother = (id: string): boolean =>
    orm
      .select({ seq: auditEntries.seq })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.actor, id),
          inArray(auditEntries.act, ["staff.deactivate", "staff.change"]),
          gt(auditEntries.at, clock.now() - removalRemembersMs),
          ne(auditEntries.subject, id),
          sql`json_extract(${auditEntries.details}, '$.administratorRemoved') = 1`,
        ),
      )
      .limit(1)
      .all().length > 0;

  return {
    row: (id: string): StaffRow | undefined =>
      id === bootstrapId ? undefined : orm.select().from(staff).where(eq(staff.id, id)).get(),

    administratorsBesides,

    /** Whether nobody else could confirm what this one asks for, nor could have before this one took it from them. */
    isOnlyAdministrator: (id: string): boolean =>
      administratorsBesides(id) === 0 && !hasLatelyRemovedAnother(id),

    record: (actor: Actor, act: string, subject: string, details: Record<string, unknown> = {}): void =>
      audit.append({ at: clock.now(), actor: actor.id, act, subject, details }),

    /** False when the address is taken. */
    insert: (
      actor: Actor,
      row: { id: string; name: string; email: string; roles: Role[]; createdAt: number },
    ) => {
      const { changes } = orm.insert(staff).values(row).onConflictDoNothing().run();
      if (changes === 1)
        audit.append({
          at: row.createdAt,
          actor: actor.id,
          act: "staff.create",
          subject: row.id,
          details: { roles: row.roles },
        });
      return changes === 1;
    },

    /** A new key of 256 random bits; this is the only time it can be read. */
    insertKey: (actor: Actor, staffId: string, label: string): { id: string; key: string } => {
      const id = ids.ulid();
      const key = `kairan_${randomBytes(32).toString("base64url")}`;
      const createdAt = clock.now();
      orm
        .insert(apiKeys)
        .values({ id, staffId, label, keyHash: hashOf(key), createdAt })
        .run();
      audit.append({
        at: createdAt,
        actor: actor.id,
        act: "staff.issueKey",
        subject: staffId,
        details: { key: id, label },
      });
      return { id, key };
    },

    /** Leaves something to a second administrator; an earlier ask of this kind for this person is replaced. */
    ask: (actor: Actor, kind: AskKind, staffId: string, detail: string): void => {
      orm
        .delete(staffAsks)
        .where(and(eq(staffAsks.kind, kind), eq(staffAsks.staffId, staffId)))
        .run();
      const askedAt = clock.now();
      orm
        .insert(staffAsks)
        .values({ id: ids.ulid(), kind, staffId, detail, askedBy: actor.id, askedAt })
        .run();
      audit.append({
        at: askedAt,
        actor: actor.id,
        act: "staff.ask",
        subject: staffId,
        details: { kind, detail },
      });
    },
  };
}
