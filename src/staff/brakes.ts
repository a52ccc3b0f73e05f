import type { Brake } from "./attempt-store.ts";

const second = 1000;
const minute = 60 * second;

/**
 * Who is braked when passphrases are guessed: the account, and the network address generously, since behind a ward's
 * proxy everybody comes from one. A browser that has signed in to this account before has a count of its own, so that
 * strangers' mistakes never keep its owner out.
 */
export function passphraseBrakes(
  email: string,
  address: string,
  knownBrowser: string | undefined,
): {
  account: Brake[];
  address: Brake[];
} {
  if (knownBrowser !== undefined)
    return {
      account: [
        { subject: `browser ${knownBrowser}`, free: 10, firstWaitMs: 5 * second, longestWaitMs: 2 * minute },
      ],
      address: [],
    };
  return {
    account: [
      {
        subject: `account ${email.toLowerCase()}`,
        free: 5,
        firstWaitMs: 5 * second,
        longestWaitMs: 2 * minute,
      },
    ],
    address: [{ subject: `address ${address}`, free: 50, firstWaitMs: second, longestWaitMs: minute }],
  };
}

/** Codes are short, and only who knows the passphrase gets to guess them: the wait grows longer. */
export function factorBrake(staffId: string): Brake {
  return { subject: `factor ${staffId}`, free: 5, firstWaitMs: 10 * second, longestWaitMs: 15 * minute };
}
