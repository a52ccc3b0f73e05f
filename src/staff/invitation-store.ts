import { and, eq, gte, isNull, lt } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import {
  staff,
  staffCredentials,
  staffEntries,
  staffInvitations,
  staffPasskeys,
  staffRecoveryCodes,
  staffSessions,
} from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { NewPasskey } from "./credential-store.ts";
import { hashOf, newToken } from "./secrets.ts";

export const invitationLastsMs = 48 * 60 * 60_000;

export interface Invited {
  staffId: string;
  name: string;
  email: string;
}

export interface NewCredentials {
  passphraseHash: string;
  factor: { totpSecret: string; totpStep: number } | { passkey: NewPasskey };
  recoveryCodeHashes: readonly string[];
}

export type InvitationStore = ReturnType<typeof createInvitationStore>;

/** One-time links by which somebody sets their passphrase and second factor, the first time or after losing them. */
export function createInvitationStore({ orm, write }: Database, audit: AuditStore, clock: Clock) {
  const valid = (tokenHash: string) =>
    orm
      .select({ staffId: staff.id, name: staff.name, email: staff.email })
      .from(staffInvitations)
      .innerJoin(staff, eq(staff.id, staffInvitations.staffId))
      .where(
        and(
          eq(staffInvitations.tokenHash, tokenHash),
          gte(staffInvitations.createdAt, clock.now() - invitationLastsMs),
          isNull(staff.deactivatedAt),
        ),
      )
      .get();

  return {
    /** Whether somebody could still come in by a link of theirs. */
    isOpenFor: (staffId: string): boolean =>
      orm
        .select({ staffId: staffInvitations.staffId })
        .from(staffInvitations)
        .where(
          and(
            eq(staffInvitations.staffId, staffId),
            gte(staffInvitations.createdAt, clock.now() - invitationLastsMs),
          ),
        )
        .get() !== undefined,

    /**
     * Makes an earlier link of theirs invalid and ends their sessions; what let them in so far works until they have
     * used the new link. Called only inside a `write`, by an act that has made sure who asks.
     * @returns the token of the link: the only time it can be read
     */
    issue: (actorId: string, staffId: string): string => {
      const token = newToken();
      const set = { tokenHash: hashOf(token), createdAt: clock.now() };
      orm
        .insert(staffInvitations)
        .values({ staffId, ...set })
        .onConflictDoUpdate({ target: staffInvitations.staffId, set })
        .run();
      orm.delete(staffSessions).where(eq(staffSessions.staffId, staffId)).run();
      audit.append({ at: set.createdAt, actor: actorId, act: "staff.invite", subject: staffId });
      return token;
    },

    find: async (token: string): Promise<Invited | undefined> => valid(hashOf(token)),

    /**
     * Uses the link up: from here on these credentials, and only these, let the person in.
     * @returns false when the link was used or ran out in the meantime
     */
    accept: (
      tokenHash: string,
      { passphraseHash, factor, recoveryCodeHashes }: NewCredentials,
    ): Promise<boolean> =>
      write(() => {
        const invited = valid(tokenHash);
        if (invited === undefined) return false;
        const { staffId } = invited;
        const at = clock.now();
        orm.delete(staffInvitations).where(eq(staffInvitations.staffId, staffId)).run();
        orm.delete(staffPasskeys).where(eq(staffPasskeys.staffId, staffId)).run();
        orm.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.staffId, staffId)).run();
        orm.delete(staffSessions).where(eq(staffSessions.staffId, staffId)).run();
        orm.delete(staffEntries).where(eq(staffEntries.staffId, staffId)).run();
        const totp = "totpSecret" in factor ? factor : { totpSecret: null, totpStep: 0 };
        const set = { passphraseHash, ...totp, changedAt: at };
        orm
          .insert(staffCredentials)
          .values({ staffId, ...set })
          .onConflictDoUpdate({ target: staffCredentials.staffId, set })
          .run();
        if ("passkey" in factor)
          orm
            .insert(staffPasskeys)
            .values({ ...factor.passkey, staffId, createdAt: at })
            .run();
        for (const codeHash of recoveryCodeHashes)
          orm.insert(staffRecoveryCodes).values({ staffId, codeHash }).run();
        const kind = "passkey" in factor ? "passkey" : "authenticator";
        audit.append({
          at,
          actor: staffId,
          act: "staff.acceptInvitation",
          subject: staffId,
          details: { factor: kind },
        });
        return true;
      }),

    purge: (): Promise<void> =>
      write(() => {
        orm
          .delete(staffInvitations)
          .where(lt(staffInvitations.createdAt, clock.now() - invitationLastsMs))
          .run();
      }),
  };
}
