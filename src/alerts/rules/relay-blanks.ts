import type { Hazard, Telegram } from "../hazard.ts";
import type { Blanks } from "../template.ts";
import { nameKeyOf } from "./name-key.ts";
import { intensityOf } from "./rank.ts";
import type { HazardState } from "./state.ts";

type Words = Record<string, Blanks[string] | undefined>;

/**
 * What a relay template is told: the issuer's own names and words, nothing of ours. A template takes of it what it has
 * blanks for (`fitBlanks`).
 */
export function relayBlanks(hazard: Hazard, telegram: Telegram): Blanks {
  const { texts } = hazard;
  const words = {
    ...wordsOf(telegram),
    hazard: nameKeyOf(hazard),
    officialName: ja(hazard.name),
    area: ja(hazard.area.name),
    intensity: intensityOf(hazard),
    text: ja(hazard.text ?? ""),
    facts: ja((hazard.facts ?? []).map(({ label, value }) => `${label}：${value}`).join("\n")),
  };
  if (texts === undefined) return filled(words);
  const each = (part: "title" | "body") =>
    Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, text[part]]));
  return filled({ ...words, headline: each("title"), text: each("body") });
}

/** What a follow-up about something that was relayed is told: what it was, and what it is now. */
export function followUpBlanks(before: HazardState | undefined, hazard: Hazard, telegram: Telegram): Blanks {
  const now = relayBlanks(hazard, telegram);
  if (before === undefined) return now;
  const was = { hazard: nameKeyOf(before), officialName: ja(before.name) };
  const gone = hazard.phase === "lifted";
  return filled({
    ...now,
    ...(gone ? was : {}),
    before: was.hazard,
    beforeName: was.officialName,
  });
}

/** For a cancellation, which names nothing itself: what was relayed before. */
export function withdrawalBlanks(state: HazardState, telegram: Telegram): Blanks {
  return filled({ ...wordsOf(telegram), hazard: nameKeyOf(state), officialName: ja(state.name) });
}

/** For what was not understood: the issuer's own title and headline. */
export function unreadBlanks(telegram: Telegram): Blanks {
  return filled({ ...wordsOf(telegram), officialName: ja(telegram.title) });
}

function wordsOf(telegram: Telegram): Words {
  return {
    headline: ja(telegram.headline),
    publisher: ja(telegram.publisher),
    issuedAt: new Date(telegram.reportedAt).toISOString(),
  };
}

function ja(text: string): Blanks[string] | undefined {
  return text === "" ? undefined : { ja: text };
}

function filled(words: Words): Blanks {
  return Object.fromEntries(
    Object.entries(words).filter((each): each is [string, Blanks[string]] => each[1] !== undefined),
  );
}
