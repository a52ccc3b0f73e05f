import { randomInt } from "node:crypto";
import { and, count, eq, gt, isNotNull, isNull, lt, ne } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staff, staffPhones, testSends } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";

const codeLivesMs = 10 * 60_000;
const hourMs = 60 * 60_000;
export const testSendsAnHour = 20;
/** Without letters and digits that are taken for one another. */
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const codeLength = 8;

export type StaffPhone =
  | { state: "none" }
  | { state: "waiting"; code: string; expiresAt: number }
  | { state: "linked"; lineUserId: string; since: number };

export type StaffPhoneStore = ReturnType<typeof createStaffPhoneStore>;

/** The phones on which staff try what they write. A phone is linked by a code that is sent from it. */
export function createStaffPhoneStore({ orm, write }: Database, audit: AuditStore, clock: Clock) {
  const of = (staffId: string) =>
    orm.select().from(staffPhones).where(eq(staffPhones.staffId, staffId)).get();
  const record = (staffId: string, act: string, at = clock.now()) =>
    audit.append({ at, actor: staffId, act, subject: staffId });

  return {
    find: async (staffId: string): Promise<StaffPhone> => {
      const row = of(staffId);
      if (row?.lineUserId) return { state: "linked", lineUserId: row.lineUserId, since: row.linkedAt ?? 0 };
      const { code, codeExpiresAt } = row ?? {};
      if (!code || !codeExpiresAt || codeExpiresAt <= clock.now()) return { state: "none" };
      return { state: "waiting", code, expiresAt: codeExpiresAt };
    },

    /** Every linked phone: the staff test group, in which rehearsals stay (invariant 8). */
    linked: async (): Promise<string[]> =>
      orm
        .select({ id: staffPhones.lineUserId })
        .from(staffPhones)
        .innerJoin(staff, eq(staff.id, staffPhones.staffId))
        .where(and(isNotNull(staffPhones.lineUserId), isNull(staff.deactivatedAt)))
        .all()
        .flatMap(({ id }) => (id === null ? [] : [id])),

    /** A new code for ten minutes, in place of the phone or code there was. */
    ask: (staffId: string): Promise<void> =>
      write(() => {
        if (of(staffId)?.lineUserId) record(staffId, "staff.unlinkPhone");
        const code = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join("");
        const set = { lineUserId: null, code, codeExpiresAt: clock.now() + codeLivesMs, linkedAt: null };
        orm
          .insert(staffPhones)
          .values({ staffId, ...set })
          .onConflictDoUpdate({ target: staffPhones.staffId, set })
          .run();
      }),

    /** Links the phone that sent a code. @returns the staff member's name, or undefined when nobody waits for it */
    link: async (text: string, lineUserId: string): Promise<string | undefined> => {
      const code = codeIn(text);
      if (code === undefined) return undefined;
      const now = clock.now();
      const waits = () =>
        orm
          .select({ staffId: staffPhones.staffId, name: staff.name })
          .from(staffPhones)
          .innerJoin(staff, eq(staff.id, staffPhones.staffId))
          .where(and(eq(staffPhones.code, code), gt(staffPhones.codeExpiresAt, now)))
          .get();
      if (waits() === undefined) return undefined;
      return write(() => {
        const found = waits();
        if (found === undefined) return undefined;
        const { staffId } = found;
        orm
          .delete(staffPhones)
          .where(and(eq(staffPhones.lineUserId, lineUserId), ne(staffPhones.staffId, staffId)))
          .run();
        orm
          .update(staffPhones)
          .set({ lineUserId, linkedAt: now, code: null, codeExpiresAt: null })
          .where(eq(staffPhones.staffId, staffId))
          .run();
        record(staffId, "staff.linkPhone", now);
        return found.name;
      });
    },

    unlink: (staffId: string): Promise<void> =>
      write(() => {
        const gone = orm.delete(staffPhones).where(eq(staffPhones.staffId, staffId)).returning().get();
        if (gone?.lineUserId) record(staffId, "staff.unlinkPhone");
      }),

    /** Forgets a phone that left the account or asked to be forgotten. */
    forget: async (lineUserId: string): Promise<void> => {
      const known = orm.select().from(staffPhones).where(eq(staffPhones.lineUserId, lineUserId)).get();
      if (known !== undefined)
        await write(() => {
          orm.delete(staffPhones).where(eq(staffPhones.lineUserId, lineUserId)).run();
        });
    },

    /** Puts a test send on record before it is made; false when there were twenty within the hour. */
    noteTestSend: (staffId: string, details: Record<string, unknown>): Promise<boolean> =>
      write(() => {
        const at = clock.now();
        orm
          .delete(testSends)
          .where(lt(testSends.at, at - hourMs))
          .run();
        const sent = orm.select({ n: count() }).from(testSends).where(eq(testSends.staffId, staffId)).get();
        if ((sent?.n ?? 0) >= testSendsAnHour) return false;
        orm.insert(testSends).values({ staffId, at }).run();
        audit.append({ at, actor: staffId, act: "broadcast.testSend", subject: staffId, details });
        return true;
      }),
  };
}

/** A code as people type it: small letters, spaces and hyphens make no difference. */
function codeIn(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const code = text.normalize("NFKC").replaceAll(/[\s-]/g, "").toUpperCase();
  return code.length === codeLength && Array.from(code).every((letter) => letters.includes(letter))
    ? code
    : undefined;
}
