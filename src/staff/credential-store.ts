import { and, count, eq, lt, ne } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import {
  staff,
  staffCredentials,
  staffEntries,
  staffPasskeys,
  staffRecoveryCodes,
  staffSessions,
} from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Session } from "./session-store.ts";

export interface Passkey {
  id: string;
  staffId: string;
  publicKey: string;
  counter: number;
  transports: string[];
  label: string;
  createdAt: number;
}

export type NewPasskey = Omit<Passkey, "staffId" | "createdAt">;

export interface Credentials {
  name: string;
  email: string;
  passphraseHash: string;
  /** Sealed; undefined for somebody who has passkeys only. */
  totpSecret: string | undefined;
  passkeys: Passkey[];
  recoveryCodes: number;
}

export type CredentialStore = ReturnType<typeof createCredentialStore>;

/** What lets somebody in: passphrase, authenticator, passkeys, recovery codes. Each change is on record. */
export function createCredentialStore({ orm, write }: Database, audit: AuditStore, clock: Clock) {
  const passkeysOf = (staffId: string): Passkey[] =>
    orm
      .select()
      .from(staffPasskeys)
      .where(eq(staffPasskeys.staffId, staffId))
      .orderBy(staffPasskeys.createdAt)
      .all();
  const record = (staffId: string, act: string, details: Record<string, unknown> = {}) =>
    audit.append({ at: clock.now(), actor: staffId, act, subject: staffId, details });
  const change = (staffId: string, set: Partial<typeof staffCredentials.$inferInsert>) =>
    orm
      .update(staffCredentials)
      .set({ ...set, changedAt: clock.now() })
      .where(eq(staffCredentials.staffId, staffId))
      .run();

  return {
    /** Whose address this is, if they may sign in with a passphrase; never somebody deactivated. */
    findByEmail: async (email: string): Promise<{ staffId: string; passphraseHash: string } | undefined> => {
      const row = orm
        .select()
        .from(staff)
        .innerJoin(staffCredentials, eq(staffCredentials.staffId, staff.id))
        .where(eq(staff.email, email))
        .get();
      if (row === undefined || row.staff.deactivatedAt !== null) return undefined;
      return { staffId: row.staff.id, passphraseHash: row.staff_credentials.passphraseHash };
    },

    find: async (staffId: string): Promise<Credentials | undefined> => {
      const row = orm
        .select()
        .from(staff)
        .innerJoin(staffCredentials, eq(staffCredentials.staffId, staff.id))
        .where(eq(staff.id, staffId))
        .get();
      if (row === undefined || row.staff.deactivatedAt !== null) return undefined;
      const left = orm
        .select({ codes: count() })
        .from(staffRecoveryCodes)
        .where(eq(staffRecoveryCodes.staffId, staffId))
        .get();
      return {
        name: row.staff.name,
        email: row.staff.email,
        passphraseHash: row.staff_credentials.passphraseHash,
        totpSecret: row.staff_credentials.totpSecret ?? undefined,
        passkeys: passkeysOf(staffId),
        recoveryCodes: left?.codes ?? 0,
      };
    },

    /** False when a code of this step, or of a later one, was used before. */
    useTotpStep: (staffId: string, step: number): Promise<boolean> =>
      write(() => {
        const { changes } = orm
          .update(staffCredentials)
          .set({ totpStep: step })
          .where(and(eq(staffCredentials.staffId, staffId), lt(staffCredentials.totpStep, step)))
          .run();
        return changes === 1;
      }),

    /** False when there is no such code, or it was used before. */
    useRecoveryCode: (staffId: string, codeHash: string): Promise<boolean> =>
      write(() => {
        const { changes } = orm
          .delete(staffRecoveryCodes)
          .where(and(eq(staffRecoveryCodes.staffId, staffId), eq(staffRecoveryCodes.codeHash, codeHash)))
          .run();
        if (changes === 1) record(staffId, "staff.useRecoveryCode");
        return changes === 1;
      }),

    notePasskeyUse: (id: string, counter: number): Promise<void> =>
      write(() => {
        orm.update(staffPasskeys).set({ counter }).where(eq(staffPasskeys.id, id)).run();
      }),

    /** Ends every other session of theirs, and whatever was begun with the old one. */
    changePassphrase: ({ actor, id }: Session, passphraseHash: string): Promise<void> =>
      write(() => {
        change(actor.id, { passphraseHash });
        orm.delete(staffEntries).where(eq(staffEntries.staffId, actor.id)).run();
        orm
          .delete(staffSessions)
          .where(and(eq(staffSessions.staffId, actor.id), ne(staffSessions.id, id)))
          .run();
        record(actor.id, "staff.changePassphrase");
      }),

    /** @param step whose code was shown to prove it; it counts as used */
    changeTotp: ({ actor }: Session, totpSecret: string, step: number): Promise<void> =>
      write(() => {
        change(actor.id, { totpSecret, totpStep: step });
        record(actor.id, "staff.changeAuthenticator");
      }),

    changeRecoveryCodes: ({ actor }: Session, hashes: readonly string[]): Promise<void> =>
      write(() => {
        orm.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.staffId, actor.id)).run();
        for (const codeHash of hashes)
          orm.insert(staffRecoveryCodes).values({ staffId: actor.id, codeHash }).run();
        record(actor.id, "staff.changeRecoveryCodes");
      }),

    /** False when this passkey is somebody's already. */
    addPasskey: ({ actor }: Session, passkey: NewPasskey): Promise<boolean> =>
      write(() => {
        const row = { ...passkey, staffId: actor.id, createdAt: clock.now() };
        const { changes } = orm.insert(staffPasskeys).values(row).onConflictDoNothing().run();
        if (changes === 1) record(actor.id, "staff.addPasskey", { label: passkey.label });
        return changes === 1;
      }),

    /** False when it is the last second factor they have, or not theirs. */
    removePasskey: ({ actor }: Session, id: string): Promise<boolean> =>
      write(() => {
        const own = passkeysOf(actor.id);
        const totp = orm
          .select({ secret: staffCredentials.totpSecret })
          .from(staffCredentials)
          .where(eq(staffCredentials.staffId, actor.id))
          .get();
        const found = own.find((each) => each.id === id);
        if (found === undefined || (own.length === 1 && (totp?.secret ?? null) === null)) return false;
        orm.delete(staffPasskeys).where(eq(staffPasskeys.id, id)).run();
        record(actor.id, "staff.removePasskey", { label: found.label });
        return true;
      }),
  };
}
