import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { apiKeys, staff } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import { createAsActor } from "./actor-store.ts";
import { rolesOf } from "./actor.ts";
import { createStaffParts } from "./parts-store.ts";
import { type Actor, type Role, may } from "./permissions.ts";
import { type StaffRefusal, bootstrapId, needsSecond } from "./rules.ts";
import { hashOf } from "./secrets.ts";

export interface StaffMember {
  id: string;
  name: string;
  email: string;
  roles: Role[];
  createdAt: number;
}

export interface NewStaff {
  name: string;
  email: string;
  roles: Role[];
}

export interface ApiKey {
  id: string;
  label: string;
  createdAt: number;
}

export type StaffStore = ReturnType<typeof createStaffStore>;

/** Who the staff are, and the keys by which other systems act for them. A key is kept as its hash only. */
export function createStaffStore(db: Database, audit: AuditStore, ids: Ids, clock: Clock) {
  const { orm, write } = db;
  const asActor = createAsActor(db);
  const parts = createStaffParts(db, audit, ids, clock);
  const byKeyHash = orm
    .select({ person: staff })
    .from(apiKeys)
    .innerJoin(staff, eq(staff.id, apiKeys.staffId))
    .where(and(eq(apiKeys.keyHash, sql.placeholder("hash")), isNull(staff.deactivatedAt)))
    .prepare();

  return {
    /** `id` is given when a repeated request must make the same person. */
    create: (
      actor: Actor,
      { name, email, roles }: NewStaff,
      id: string = ids.ulid(),
    ): Promise<StaffMember | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const existing = orm.select().from(staff).where(eq(staff.id, id)).get();
        if (existing !== undefined) return asMember(existing);
        if (needsSecond(actor, roles, parts.isOnlyAdministrator(actor.id)))
          return { refused: "second_administrator_needed" };
        const row = { id, name, email, roles, createdAt: clock.now() };
        return parts.insert(actor, row) ? row : { refused: "email_taken" };
      }),

    /** Also of somebody who has left. */
    nameOf: async (id: string): Promise<string | undefined> =>
      orm.select({ name: staff.name }).from(staff).where(eq(staff.id, id)).get()?.name,

    list: async (): Promise<StaffMember[]> =>
      orm.select().from(staff).orderBy(desc(staff.createdAt)).limit(500).all().map(asMember),

    /** Whoever holds a key acts as its person: one for somebody else's weighty roles needs a second administrator. */
    issueKey: (
      actor: Actor,
      staffId: string,
      label: string,
    ): Promise<{ id: string; key: string } | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        // Never for the key of the environment: what acts as the installation needs no second administrator.
        const found = parts.row(staffId);
        if (found === undefined) return { refused: "not_found" };
        if (found.deactivatedAt !== null) return { refused: "deactivated" };
        const roles = rolesOf(found);
        if (actor.id !== staffId && needsSecond(actor, roles, parts.isOnlyAdministrator(actor.id)))
          return { refused: "second_administrator_needed" };
        return parts.insertKey(actor, staffId, label);
      }),

    /** The newest first. */
    keysOf: async (staffId: string): Promise<ApiKey[]> =>
      orm
        .select({ id: apiKeys.id, label: apiKeys.label, createdAt: apiKeys.createdAt })
        .from(apiKeys)
        .where(eq(apiKeys.staffId, staffId))
        .orderBy(desc(apiKeys.createdAt))
        .all(),

    /** `not_found` when this person has no such key. */
    revokeKey: (actor: Actor, staffId: string, keyId: string): Promise<{ revoked: string } | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const gone = orm
          .delete(apiKeys)
          .where(and(eq(apiKeys.id, keyId), eq(apiKeys.staffId, staffId)))
          .returning()
          .get();
        if (gone === undefined) return { refused: "not_found" };
        parts.record(actor, "staff.revokeKey", staffId, { key: keyId, label: gone.label });
        return { revoked: keyId };
      }),

    /** Whose key this is; nobody's when they have been deactivated. */
    findByKey: async (key: string): Promise<Actor | undefined> => {
      const found = byKeyHash.get({ hash: hashOf(key) });
      return found === undefined ? undefined : asActor(found.person);
    },

    /** Makes the key of the environment an administrator's, and any earlier such key nobody's. */
    setBootstrapKey: (key: string | undefined): Promise<void> =>
      write(() => {
        orm.delete(apiKeys).where(eq(apiKeys.staffId, bootstrapId)).run();
        if (key === undefined) return;
        const createdAt = clock.now();
        const roles: Role[] = ["administrator"];
        orm
          .insert(staff)
          .values({ id: bootstrapId, name: "Bootstrap", email: "bootstrap@localhost", roles, createdAt })
          .onConflictDoNothing()
          .run();
        orm
          .insert(apiKeys)
          .values({
            id: bootstrapId,
            staffId: bootstrapId,
            label: "BOOTSTRAP_API_KEY",
            keyHash: hashOf(key),
            createdAt,
          })
          .run();
      }),
  };
}

function asMember({ id, name, email, roles, createdAt }: typeof staff.$inferSelect): StaffMember {
  return { id, name, email, roles: rolesOf({ roles }), createdAt };
}
