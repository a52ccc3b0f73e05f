import { asc, eq, ne } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staff, staffCredentials, staffInvitations, staffPhones, staffSessions } from "../../db/schema.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import { rolesOf } from "./actor.ts";
import { type InvitationStore, invitationLastsMs } from "./invitation-store.ts";
import type { StaffParts, StaffRow } from "./parts-store.ts";
import { type Actor, type Role, may } from "./permissions.ts";
import { type StaffRefusal, bootstrapId, needsSecond, weightyAmong } from "./rules.ts";

export interface Member {
  id: string;
  name: string;
  email: string;
  roles: readonly Role[];
  /** `invited`: may still use the link; `waiting`: neither link nor account, as when made by the API. */
  standing: "active" | "invited" | "waiting" | "deactivated";
  lastSignInAt: number | undefined;
}

export interface Wanted {
  name: string;
  roles: readonly Role[];
}

/** Roles that were asked for and take effect when a second administrator has confirmed them. */
export interface Changed {
  asked: Role[];
}

export interface MemberDeps {
  db: Database;
  parts: StaffParts;
  invitations: InvitationStore;
  ids: Ids;
  clock: Clock;
}

export type MemberStore = ReturnType<typeof createMemberStore>;

/** Administrators' acts on the staff, each with its rule: who may, and when a second administrator is needed. */
export function createMemberStore({ db: { orm, write }, parts, invitations, ids, clock }: MemberDeps) {
  /** What this administrator may give at once, and what has to be confirmed. */
  function shared(
    actor: Actor,
    before: readonly Role[],
    wanted: readonly Role[],
  ): { now: Role[]; asked: Role[] } {
    const added = wanted.filter((role) => !before.includes(role));
    const asked = needsSecond(actor, added, parts.isOnlyAdministrator(actor.id)) ? weightyAmong(added) : [];
    return { now: wanted.filter((role) => !asked.includes(role)), asked };
  }

  const isAtWorkAsAdministrator = (row: StaffRow): boolean =>
    row.lastSignInAt !== null && row.deactivatedAt === null && rolesOf(row).includes("administrator");

  /** Whether nobody could manage the staff any more without this person. */
  const isLastAdministrator = (row: StaffRow): boolean =>
    isAtWorkAsAdministrator(row) && parts.administratorsBesides(row.id) === 0;

  const questions = () =>
    orm
      .select({
        person: staff,
        passphrase: staffCredentials.changedAt,
        invitedAt: staffInvitations.createdAt,
      })
      .from(staff)
      .leftJoin(staffCredentials, eq(staffCredentials.staffId, staff.id))
      .leftJoin(staffInvitations, eq(staffInvitations.staffId, staff.id));

  function asMember({
    person,
    passphrase,
    invitedAt,
  }: ReturnType<ReturnType<typeof questions>["all"]>[number]): Member {
    const isInvited = invitedAt !== null && invitedAt >= clock.now() - invitationLastsMs;
    const isActive = passphrase !== null || person.lastSignInAt !== null;
    const standing =
      person.deactivatedAt === null
        ? isActive
          ? "active"
          : isInvited
            ? "invited"
            : "waiting"
        : "deactivated";
    const { id, name, email, lastSignInAt } = person;
    return {
      id,
      name,
      email,
      roles: rolesOf(person),
      standing,
      lastSignInAt: lastSignInAt ?? undefined,
    };
  }

  return {
    list: async (): Promise<Member[]> =>
      questions().where(ne(staff.id, bootstrapId)).orderBy(asc(staff.name)).limit(1_000).all().map(asMember),

    find: async (id: string): Promise<Member | undefined> => {
      const row = id === bootstrapId ? undefined : questions().where(eq(staff.id, id)).get();
      return row === undefined ? undefined : asMember(row);
    },

    /** For a sign-in by the ward's own provider: whose address this is, unless deactivated. */
    findByEmail: async (email: string): Promise<{ id: string } | undefined> => {
      const row = orm.select().from(staff).where(eq(staff.email, email)).get();
      return row === undefined || row.id === bootstrapId || row.deactivatedAt !== null
        ? undefined
        : { id: row.id };
    },

    /** @returns the token of the one-time link: the only time it can be read */
    invite: (
      actor: Actor,
      wanted: Wanted & { email: string },
    ): Promise<(Changed & { id: string; link: string }) | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const id = ids.ulid();
        const { now, asked } = shared(actor, [], wanted.roles);
        const row = { id, name: wanted.name, email: wanted.email, roles: now, createdAt: clock.now() };
        if (!parts.insert(actor, row)) return { refused: "email_taken" };
        if (asked.length > 0) parts.ask(actor, "roles", id, JSON.stringify(asked));
        return { id, asked, link: invitations.issue(actor.id, id) };
      }),

    change: (actor: Actor, id: string, { name, roles }: Wanted): Promise<Changed | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const row = parts.row(id);
        if (row === undefined) return { refused: "not_found" };
        if (!roles.includes("administrator") && isLastAdministrator(row))
          return { refused: "last_administrator" };
        const before = rolesOf(row);
        const { now, asked } = shared(actor, before, roles);
        orm.update(staff).set({ name, roles: now }).where(eq(staff.id, id)).run();
        parts.record(actor, "staff.change", id, {
          renamed: name !== row.name,
          roles: { before, after: now },
          ...(isAtWorkAsAdministrator(row) && !now.includes("administrator")
            ? { administratorRemoved: true }
            : {}),
        });
        if (asked.length > 0) parts.ask(actor, "roles", id, JSON.stringify(asked));
        return { asked };
      }),

    /** Ends their sessions; their keys and links do nothing from here on. */
    deactivate: (actor: Actor, id: string): Promise<Changed | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const row = parts.row(id);
        if (row === undefined) return { refused: "not_found" };
        if (isLastAdministrator(row)) return { refused: "last_administrator" };
        if (row.deactivatedAt !== null) return { asked: [] };
        orm.update(staff).set({ deactivatedAt: clock.now() }).where(eq(staff.id, id)).run();
        orm.delete(staffSessions).where(eq(staffSessions.staffId, id)).run();
        orm.delete(staffInvitations).where(eq(staffInvitations.staffId, id)).run();
        orm.delete(staffPhones).where(eq(staffPhones.staffId, id)).run();
        parts.record(
          actor,
          "staff.deactivate",
          id,
          isAtWorkAsAdministrator(row) ? { administratorRemoved: true } : {},
        );
        return { asked: [] };
      }),

    /** Weighty roles come back as they are given: with a second administrator, if there is one. */
    reactivate: (actor: Actor, id: string): Promise<Changed | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const row = parts.row(id);
        if (row === undefined) return { refused: "not_found" };
        if (row.deactivatedAt === null) return { asked: [] };
        const { now, asked } = shared(actor, [], rolesOf(row));
        orm.update(staff).set({ deactivatedAt: null, roles: now }).where(eq(staff.id, id)).run();
        parts.record(actor, "staff.reactivate", id, { roles: now });
        if (asked.length > 0) parts.ask(actor, "roles", id, JSON.stringify(asked));
        return { asked };
      }),

    /** A fresh link for who lost theirs, or their second factor. Whoever holds it becomes that person: see `issueKey`. */
    reinvite: (actor: Actor, id: string): Promise<{ link: string } | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const row = parts.row(id);
        if (row === undefined) return { refused: "not_found" };
        if (row.deactivatedAt !== null) return { refused: "deactivated" };
        const roles = rolesOf(row);
        if (actor.id !== id && needsSecond(actor, roles, parts.isOnlyAdministrator(actor.id)))
          return { refused: "second_administrator_needed" };
        return { link: invitations.issue(actor.id, id) };
      }),

    /** Leaves a link or a key to a second administrator. */
    ask: (
      actor: Actor,
      kind: "invitation" | "key",
      id: string,
      detail: string,
    ): Promise<Changed | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        if (parts.row(id) === undefined) return { refused: "not_found" };
        parts.ask(actor, kind, id, detail);
        return { asked: [] };
      }),
  };
}
