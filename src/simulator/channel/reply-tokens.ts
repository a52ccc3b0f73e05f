import type { Random } from "../random.ts";
import type { SimulatorClock } from "../time/clock.ts";
import type { UserNumber } from "../users/user.ts";

/** Why a reply token is refused; LINE says `Invalid reply token` to all three. */
type TokenRefusal = "replyTokenUsedTwice" | "replyTokenExpired" | "replyTokenUnknown";

/**
 * Reply tokens: used once, within a minute of the webhook's arrival. A redelivered webhook gives another minute, unless
 * the token was used or the event is 20 minutes old (LINE fact sheet section 3).
 */
export interface ReplyTokens {
  create(user: UserNumber, eventAt: number): string;
  /** The webhook with this token is being handed to the bot: its minute starts. */
  handedOver(token: string): void;
  use(token: string): { user: UserNumber } | { refused: TokenRefusal };
}

const minuteMs = 60_000;
const oldestEventMs = 20 * minuteMs;
const sweepAfter = 10_000;

interface Entry {
  user: UserNumber;
  eventAt: number;
  validUntil: number;
  used: boolean;
}

export function createReplyTokens(clock: SimulatorClock, random: Random): ReplyTokens {
  const entries = new Map<string, Entry>();
  let sweepAt = sweepAfter;

  const sweep = () => {
    if (entries.size < sweepAt) return;
    const forgetBefore = clock.now() - 2 * oldestEventMs;
    for (const [token, entry] of entries) if (entry.eventAt < forgetBefore) entries.delete(token);
    sweepAt = entries.size * 2 + sweepAfter;
  };
  return {
    create: (user, eventAt) => {
      sweep();
      const token = random.hex(32);
      entries.set(token, { user, eventAt, validUntil: eventAt + minuteMs, used: false });
      return token;
    },
    handedOver: (token) => {
      const entry = entries.get(token);
      const now = clock.now();
      if (entry !== undefined && now - entry.eventAt <= oldestEventMs) entry.validUntil = now + minuteMs;
    },
    use: (token) => {
      const entry = entries.get(token);
      if (entry === undefined) return { refused: "replyTokenUnknown" };
      if (entry.used) return { refused: "replyTokenUsedTwice" };
      if (clock.now() > entry.validUntil) return { refused: "replyTokenExpired" };
      entry.used = true;
      return { user: entry.user };
    },
  };
}
