import type { Hazard, Telegram } from "../hazard.ts";
import type { Blanks } from "../template.ts";
import { intensityOf } from "./rank.ts";
import type { HazardState } from "./state.ts";

type Words = Record<string, string | undefined>;

/** What a relay template is told: the issuer's own names and words, nothing of ours. `before`: the name it had until now. */
export function relayBlanks(hazard: Hazard, telegram: Telegram, before?: string): Blanks {
  return filled({
    ...wordsOf(telegram),
    hazard: hazard.kind,
    officialName: hazard.name,
    area: hazard.area.name,
    intensity: intensityOf(hazard),
    before,
  });
}

/** For a cancellation, which names nothing itself: what was relayed before. */
export function withdrawalBlanks(state: HazardState, telegram: Telegram): Blanks {
  return filled({ ...wordsOf(telegram), hazard: state.kind, officialName: state.name });
}

/** For what was not understood: the issuer's own title and headline. */
export function unreadBlanks(telegram: Telegram): Blanks {
  return filled({ ...wordsOf(telegram), officialName: telegram.title });
}

function wordsOf(telegram: Telegram): Words {
  return {
    headline: telegram.headline,
    publisher: telegram.publisher,
    issuedAt: new Date(telegram.reportedAt).toISOString(),
  };
}

function filled(words: Words): Blanks {
  return Object.fromEntries(
    Object.entries(words).filter((each): each is [string, string] => each[1] !== undefined && each[1] !== ""),
  );
}
