import { asc, count, eq, gte, lt } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { apiKeys, staff, staffAsks } from "../../db/schema.ts";
import type { Clock } from "../shared/clock.ts";
import { rolesOf } from "./actor.ts";
import type { InvitationStore } from "./invitation-store.ts";
import type { AskKind, StaffParts } from "./parts-store.ts";
import { type Actor, type Role, may, roles as allRoles } from "./permissions.ts";
import type { StaffRefusal } from "./rules.ts";

/** An ask that nobody confirmed for so long is void. */
const keptMs = 7 * 24 * 60 * 60_000;

export interface Ask {
  id: string;
  kind: AskKind;
  staffId: string;
  name: string;
  /** Of a `roles` ask. */
  roles: Role[];
  /** Of a `key` ask. */
  label: string;
  askedBy: string;
  askedByName: string;
  askedAt: number;
  /** Of a `roles` ask: whoever holds one of these acts with the roles as soon as they are given. */
  keys: number;
  hasOpenLink: boolean;
}

/** What confirming gave; link and key are shown this once. */
export type Confirmed =
  | { kind: "roles"; roles: Role[] }
  | { kind: "invitation"; link: string }
  | { kind: "key"; key: string };

export interface AskDeps {
  db: Database;
  parts: StaffParts;
  invitations: InvitationStore;
  clock: Clock;
}

/** What needs two administrators: one asked, another one confirms. Nobody confirms what they asked for themselves. */
export function createAskStore({ db: { orm, write }, parts, invitations, clock }: AskDeps) {
  const oldest = () => clock.now() - keptMs;
  const remove = (id: string) => orm.delete(staffAsks).where(eq(staffAsks.id, id)).run();

  const keysOf = (staffId: string): number =>
    orm.select({ n: count() }).from(apiKeys).where(eq(apiKeys.staffId, staffId)).get()?.n ?? 0;

  return {
    list: async (): Promise<Ask[]> => {
      const names = new Map(
        orm
          .select()
          .from(staff)
          .all()
          .map(({ id, name }) => [id, name]),
      );
      return orm
        .select()
        .from(staffAsks)
        .where(gte(staffAsks.askedAt, oldest()))
        .orderBy(asc(staffAsks.askedAt))
        .all()
        .map(({ detail, ...ask }) => ({
          ...ask,
          name: names.get(ask.staffId) ?? "",
          askedByName: names.get(ask.askedBy) ?? "",
          roles: ask.kind === "roles" ? rolesIn(detail) : [],
          label: ask.kind === "key" ? detail : "",
          keys: ask.kind === "roles" ? keysOf(ask.staffId) : 0,
          hasOpenLink: ask.kind === "roles" && invitations.isOpenFor(ask.staffId),
        }));
    },

    confirm: (actor: Actor, id: string): Promise<Confirmed | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const ask = orm.select().from(staffAsks).where(eq(staffAsks.id, id)).get();
        if (ask === undefined || ask.askedAt < oldest()) return { refused: "not_found" };
        if (ask.askedBy === actor.id) return { refused: "own_ask" };
        const asker = parts.row(ask.askedBy);
        const person = parts.row(ask.staffId);
        const isAskersStill =
          asker !== undefined &&
          asker.deactivatedAt === null &&
          may({ roles: rolesOf(asker) }, "staff.manage");
        if (!isAskersStill || person === undefined || person.deactivatedAt !== null) {
          remove(id);
          return { refused: "ask_void" };
        }
        remove(id);
        parts.record(actor, "staff.confirm", ask.staffId, {
          kind: ask.kind,
          detail: ask.detail,
          askedBy: ask.askedBy,
        });
        switch (ask.kind) {
          case "roles": {
            const roles = [...new Set([...rolesOf(person), ...rolesIn(ask.detail)])];
            orm.update(staff).set({ roles }).where(eq(staff.id, ask.staffId)).run();
            return { kind: "roles", roles };
          }
          case "invitation":
            return { kind: "invitation", link: invitations.issue(actor.id, ask.staffId) };
          case "key":
            return { kind: "key", key: parts.insertKey(actor, ask.staffId, ask.detail).key };
        }
      }),

    /** Whoever manages the staff may say no, also who asked. */
    decline: (actor: Actor, id: string): Promise<{ kind: AskKind } | StaffRefusal> =>
      write(() => {
        if (!may(actor, "staff.manage")) return { refused: "role_missing" };
        const ask = orm.select().from(staffAsks).where(eq(staffAsks.id, id)).get();
        if (ask === undefined) return { refused: "not_found" };
        remove(id);
        parts.record(actor, "staff.decline", ask.staffId, { kind: ask.kind, detail: ask.detail });
        return { kind: ask.kind };
      }),

    purge: (): Promise<void> =>
      write(() => {
        orm.delete(staffAsks).where(lt(staffAsks.askedAt, oldest())).run();
      }),
  };
}

function rolesIn(detail: string): Role[] {
  const given = JSON.parse(detail) as string[];
  return allRoles.filter((role) => given.includes(role));
}
