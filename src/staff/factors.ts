import type { Clock } from "../shared/clock.ts";
import type { AttemptStore } from "./attempt-store.ts";
import { factorBrake } from "./brakes.ts";
import type { CredentialStore, Credentials } from "./credential-store.ts";
import type { Passkeys } from "./passkeys.ts";
import { hashOfRecoveryCode } from "./recovery-codes.ts";
import type { Seal } from "./secrets.ts";
import { totpStepOf } from "./totp.ts";

/** What somebody gave as a second factor: one of these is filled in, the others are "". */
export interface GivenFactor {
  code: string;
  recoveryCode: string;
  passkey: string;
}

/** What a page may ask for. */
export interface AskedFactor {
  totp: boolean;
  /** The question for a passkey, as JSON for the browser. */
  passkey: string | undefined;
}

export type FactorOutcome = "right" | "wrong" | { waitMs: number };

export interface FactorDeps {
  credentials: CredentialStore;
  attempts: AttemptStore;
  passkeys: Passkeys;
  seal: Seal;
  clock: Clock;
}

export type Factors = ReturnType<typeof createFactors>;

/** The second factor, at signing in and whenever something weighty is done. */
export function createFactors({ credentials, attempts, passkeys, seal, clock }: FactorDeps) {
  async function fits(
    staffId: string,
    holder: string,
    given: GivenFactor,
    has: Credentials,
  ): Promise<boolean> {
    if (given.passkey !== "") {
      const used = await passkeys.read(holder, has.passkeys, given.passkey);
      if (used === undefined) return false;
      await credentials.notePasskeyUse(used.id, used.counter);
      return true;
    }
    if (given.recoveryCode.trim() !== "")
      return credentials.useRecoveryCode(staffId, hashOfRecoveryCode(staffId, given.recoveryCode));
    const secret = has.totpSecret === undefined ? undefined : seal.open(has.totpSecret);
    const step = secret === undefined ? undefined : totpStepOf(secret, given.code, clock.now());
    return step !== undefined && (await credentials.useTotpStep(staffId, step));
  }

  return {
    /** Undefined when this person has no second factor of ours: somebody who comes from the ward's provider. */
    ask: async (staffId: string, holder: string): Promise<AskedFactor | undefined> => {
      const has = await credentials.find(staffId);
      if (has === undefined) return undefined;
      return { totp: has.totpSecret !== undefined, passkey: await passkeys.ask(holder, has.passkeys) };
    },

    check: async (staffId: string, holder: string, given: GivenFactor): Promise<FactorOutcome> => {
      const brake = factorBrake(staffId);
      const waitMs = await attempts.begin([brake]);
      if (waitMs > 0) return { waitMs };
      const has = await credentials.find(staffId);
      if (has === undefined || !(await fits(staffId, holder, given, has))) return "wrong";
      await attempts.forgive([brake]);
      return "right";
    },
  };
}
