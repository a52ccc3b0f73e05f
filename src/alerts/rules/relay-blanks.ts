import { type Hazard, type Telegram, tsunamiLabel } from "../hazards/hazard.ts";
import type { Blanks } from "../templates/template.ts";
import { writtenName } from "./name-key.ts";
import type { HazardState } from "./state.ts";

type Words = Record<string, Blanks[string] | undefined>;

/**
 * What a relay template is told: the issuer's own names and words, nothing of ours. A template takes of it what it has
 * blanks for (`fitBlanks`). Names are plain strings, which templates look up in every language; free text says that it is
 * Japanese.
 */
export function relayBlanks(hazard: Hazard, telegram: Telegram): Blanks {
  const { texts } = hazard;
  const words = {
    ...wordsOf(telegram),
    officialName: writtenName(hazard),
    area: named(hazard.area.name),
    text: japanese(hazard.text ?? ""),
    facts: japanese((hazard.facts ?? []).map(({ label, value }) => `${label}：${value}`).join("\n")),
  };
  if (texts === undefined) return filled(words);
  const each = (part: "title" | "body") =>
    Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, text[part]]));
  return filled({ ...words, officialName: each("title"), headline: each("title"), text: each("body") });
}

/** What a follow-up about something that was relayed is told: what it was, and what it is now. */
export function followUpBlanks(before: HazardState | undefined, hazard: Hazard, telegram: Telegram): Blanks {
  const now = relayBlanks(hazard, telegram);
  return filled({
    ...now,
    // In the Body, what is lifted keeps the name it had (fact sheet, section 1.5).
    ...(hazard.phase === "lifted" ? { officialName: "解除" } : {}),
    before: nameToldOf(before),
  });
}

/** What the follow-up about a tsunami is told: the sentence by its key, so that it is read in every language, once. */
export function tsunamiBlanks(hazard: Hazard, telegram: Telegram): Blanks {
  const facts = (hazard.facts ?? []).filter(({ label }) => label !== tsunamiLabel);
  return filled({ ...relayBlanks({ ...hazard, facts }, telegram), tsunami: hazard.tsunami });
}

/** For a cancellation, which names nothing itself: what was relayed before. */
export function withdrawalBlanks(state: HazardState, telegram: Telegram): Blanks {
  return filled({ ...wordsOf(telegram), officialName: nameToldOf(state), before: nameToldOf(state) });
}

/** What it was called when residents were told; what was heard since may have another name. */
function nameToldOf(state: HazardState | undefined): string | undefined {
  return state && (state.saidBy?.name ?? writtenName(state));
}

/** For what was not understood: the issuer's own title and headline. */
export function unreadBlanks(telegram: Telegram): Blanks {
  return filled({ ...wordsOf(telegram), officialName: named(telegram.title) ?? telegram.type });
}

function wordsOf(telegram: Telegram): Words {
  return {
    headline: japanese(telegram.headline),
    publisher: named(telegram.publisher),
    issuedAt: new Date(telegram.reportedAt).toISOString(),
  };
}

function named(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function japanese(text: string): Blanks[string] | undefined {
  return text === "" ? undefined : { ja: text };
}

function filled(words: Words): Blanks {
  return Object.fromEntries(
    Object.entries(words).filter((each): each is [string, Blanks[string]] => each[1] !== undefined),
  );
}
