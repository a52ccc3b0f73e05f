import { createHash, randomBytes } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { apiKeys, staff } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import { createAsActor } from "./actor-store.ts";
import type { Actor, Role } from "./permissions.ts";

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

export type StaffStore = ReturnType<typeof createStaffStore>;

/** Who the staff are, and the keys by which other systems act for them. A key is kept as its hash only. */
export function createStaffStore(db: Database, audit: AuditStore, ids: Ids, clock: Clock) {
  const { orm, write } = db;
  const asActor = createAsActor(db);
  const byKeyHash = orm
    .select({ id: staff.id, name: staff.name, roles: staff.roles })
    .from(apiKeys)
    .innerJoin(staff, eq(staff.id, apiKeys.staffId))
    .where(eq(apiKeys.keyHash, sql.placeholder("hash")))
    .prepare();

  return {
    /** Undefined when the e-mail address is taken. `id` is given when a repeated request must make the same person. */
    create: (
      actor: Actor,
      { name, email, roles }: NewStaff,
      id: string = ids.ulid(),
    ): Promise<StaffMember | undefined> =>
      write(() => {
        const existing = orm.select().from(staff).where(eq(staff.id, id)).get();
        if (existing !== undefined) return asMember(existing);
        const row = { id, name, email, roles, createdAt: clock.now() };
        const { changes } = orm.insert(staff).values(row).onConflictDoNothing().run();
        if (changes === 0) return undefined;
        audit.append({
          at: row.createdAt,
          actor: actor.id,
          act: "staff.create",
          subject: id,
          details: { roles },
        });
        return row;
      }),

    list: async (): Promise<StaffMember[]> =>
      orm.select().from(staff).orderBy(desc(staff.createdAt)).limit(500).all().map(asMember),

    /** A new key of 256 random bits; this is the only time it can be read. Undefined when there is no such person. */
    issueKey: (
      actor: Actor,
      staffId: string,
      label: string,
    ): Promise<{ id: string; key: string } | undefined> =>
      write(() => {
        if (orm.select({ id: staff.id }).from(staff).where(eq(staff.id, staffId)).get() === undefined)
          return undefined;
        const id = ids.ulid();
        const key = `kairan_${randomBytes(32).toString("base64url")}`;
        const createdAt = clock.now();
        orm
          .insert(apiKeys)
          .values({ id, staffId, label, keyHash: hashKey(key), createdAt })
          .run();
        audit.append({
          at: createdAt,
          actor: actor.id,
          act: "staff.issueKey",
          subject: staffId,
          details: { key: id, label },
        });
        return { id, key };
      }),

    /** Whose key this is. */
    findByKey: async (key: string): Promise<Actor | undefined> => {
      const found = byKeyHash.get({ hash: hashKey(key) });
      return found === undefined ? undefined : asActor(found);
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
            keyHash: hashKey(key),
            createdAt,
          })
          .run();
      }),
  };
}

export const bootstrapId = "bootstrap";

function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function asMember(row: typeof staff.$inferSelect): StaffMember {
  return { ...row, roles: row.roles as Role[] };
}
