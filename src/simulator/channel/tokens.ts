import type { Random } from "../random.ts";
import type { Switches } from "../switches.ts";
import type { SimulatorClock } from "../time/clock.ts";
import type { Channel } from "./channel.ts";

/** Channel access tokens: the long-lived one, and stateless ones that live 15 minutes (LINE fact sheet section 13). */
export interface Tokens {
  issueStateless(): { token: string; expiresInSeconds: number };
  isValid(token: string): boolean;
  /** All stateless tokens stop working now, before their time. */
  expireAll(): void;
  /** The long-lived token stops working, or works again. */
  revokeLongLived(revoked?: boolean): void;
}

export function createTokens(
  channel: Channel,
  clock: SimulatorClock,
  random: Random,
  switches: Switches,
): Tokens {
  const expiries = new Map<string, number>();
  let longLivedRevoked = false;
  return {
    issueStateless: () => {
      const now = clock.now();
      for (const [token, expiry] of expiries) if (expiry <= now) expiries.delete(token);
      const token = `stateless.${random.hex(64)}`;
      expiries.set(token, now + switches.tokenLifetimeMs);
      return { token, expiresInSeconds: Math.floor(switches.tokenLifetimeMs / 1_000) };
    },
    isValid: (token) => {
      if (token === channel.accessToken) return !longLivedRevoked;
      return (expiries.get(token) ?? 0) > clock.now();
    },
    expireAll: () => expiries.clear(),
    revokeLongLived: (revoked = true) => {
      longLivedRevoked = revoked;
    },
  };
}
