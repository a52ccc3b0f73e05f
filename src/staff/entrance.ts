import type { Database } from "../../db/open.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import { createAskStore } from "./ask-store.ts";
import { createAttemptStore } from "./attempt-store.ts";
import { createCredentialStore } from "./credential-store.ts";
import { createEnrolment } from "./enrolment.ts";
import { createEntryStore } from "./entry-store.ts";
import { createFactors } from "./factors.ts";
import { createInvitationStore } from "./invitation-store.ts";
import { createKnownBrowsers } from "./known-browser.ts";
import { createMemberStore } from "./member-store.ts";
import { createOwnAccount } from "./own-account.ts";
import { createStaffParts } from "./parts-store.ts";
import { createPasskeys, siteOf } from "./passkeys.ts";
import { type ProviderConfig, createProvider } from "./provider.ts";
import { createSeal } from "./secrets.ts";
import type { SessionStore } from "./session-store.ts";
import { createSignIn } from "./sign-in.ts";

export interface EntranceDeps {
  db: Database;
  audit: AuditStore;
  ids: Ids;
  clock: Clock;
  sessions: SessionStore;
  authSecret: string;
  consoleUrl: string | undefined;
  provider: Omit<ProviderConfig, "backTo"> | undefined;
  /** The ward's name in each language it has; the first is its own. */
  wardNames: readonly string[];
}

export type Entrance = ReturnType<typeof createEntrance>;

/** Everything about coming in, put together. */
export function createEntrance(deps: EntranceDeps) {
  const { db, audit, ids, clock, sessions, authSecret, consoleUrl, wardNames } = deps;
  const wardName = wardNames[0] ?? "";
  const seal = createSeal(authSecret);
  const attempts = createAttemptStore(db, clock);
  const entries = createEntryStore(db, clock);
  const credentials = createCredentialStore(db, audit, clock);
  const invitations = createInvitationStore(db, audit, clock);
  const browsers = createKnownBrowsers(seal);
  const passkeys = createPasskeys({ entries, site: siteOf(consoleUrl), wardName });
  const factors = createFactors({ credentials, attempts, passkeys, seal, clock });
  const parts = createStaffParts(db, audit, ids, clock);
  const members = createMemberStore({ db, parts, invitations, ids, clock });
  const asks = createAskStore({ db, parts, invitations, clock });
  const shared = {
    entries,
    passkeys,
    seal,
    clock,
    issuer: `${wardName} Kairan`,
    wardWords: [...wardNames, "kairan", "回覧"],
  };
  const provider =
    deps.provider === undefined || consoleUrl === undefined
      ? undefined
      : { ...deps.provider, backTo: `${consoleUrl}/console/provider/back` };

  return {
    entries,
    factors,
    members,
    asks,
    signIn: createSignIn({ attempts, credentials, entries, factors, sessions, browsers }),
    enrolment: createEnrolment({ ...shared, invitations, sessions, browsers }),
    account: createOwnAccount({ ...shared, credentials }),
    provider: createProvider({ config: provider, members, sessions, seal }),

    /** Forgets what ran out. */
    purge: async (): Promise<void> => {
      await Promise.all([attempts, entries, invitations, asks].map((store) => store.purge()));
    },
  };
}
