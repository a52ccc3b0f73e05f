import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Intent } from "./intent.ts";

const commands: Record<string, Intent> = {
  settings: { do: "showSettings" },
  language: { do: "askLanguage" },
  categories: { do: "askCategories" },
  districts: { do: "askDistricts" },
  children: { do: "askChildren" },
  onlyEmergencies: { do: "onlyEmergencies" },
  forget: { do: "askForget" },
  help: { do: "showHelp" },
  disaster: { do: "showDisaster" },
  shelters: { do: "showShelters" },
  safety: { do: "showSafety" },
  contact: { do: "showContact" },
};

/** What is understood in the middle of a sentence too: who asks 「避難所どこ」 has no time to look for the right word. */
const mentions: Record<string, Intent> = {
  shelters: { do: "showShelters" },
  disaster: { do: "showDisaster" },
};

/**
 * Learns the words of all languages, anew when the ward has changed, and returns what a text means, whichever language
 * its writer uses here: commands, names of languages, names of categories; else a disaster or a shelter that it mentions. Undefined
 * when it is none of them.
 */
export function createTextReader(ward: Ward, sentences: Sentences): (text: string) => Intent | undefined {
  const mentioned = learnMentions(ward, sentences);
  let learnt = { version: ward.version, meanings: learnWords(ward, sentences) };
  return (text) => {
    if (learnt.version !== ward.version)
      learnt = { version: ward.version, meanings: learnWords(ward, sentences) };
    return learnt.meanings.get(normal(text)) ?? mentioned(text);
  };
}

function learnMentions(ward: Ward, sentences: Sentences): (text: string) => Intent | undefined {
  const known = Object.entries(mentions).map(([name, intent]) => {
    const words = ward.languages.flatMap((language) =>
      sentences.list(language, `conversation:mentions.${name}`),
    );
    return {
      intent,
      words: words.map((word) => ({ latin: /^[a-z ]+$/.test(word), word, bare: normal(word) })),
    };
  });
  return (text) => {
    const bare = normal(text);
    const spaced = ` ${text
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, " ")} `;
    // A word between spaces is meant whole: fireworks are no fire. Languages without spaces have no such border.
    const has = ({ latin, word, bare: part }: { latin: boolean; word: string; bare: string }) =>
      latin ? spaced.includes(` ${word} `) : bare.includes(part);
    return known.find(({ words }) => words.some(has))?.intent;
  };
}

function learnWords(ward: Ward, sentences: Sentences): Map<string, Intent> {
  const meanings = new Map<string, Intent>();
  const learn = (word: string, intent: Intent) => {
    const key = normal(word);
    if (key !== "" && !meanings.has(key)) meanings.set(key, intent);
  };
  for (const language of ward.languages) {
    learn(sentences.say(language, "conversation:language.ownName"), { do: "setLanguage", to: language });
    for (const alias of sentences.list(language, "conversation:language.aliases"))
      learn(alias, { do: "setLanguage", to: language });
  }
  for (const language of ward.languages) {
    for (const [name, intent] of Object.entries(commands)) {
      for (const word of sentences.list(language, `conversation:commands.${name}`)) learn(word, intent);
    }
  }
  for (const language of ward.languages) {
    for (const { id, group } of ward.categories)
      learn(ward.name("categories", id, language), { do: "askCategories", group });
  }
  return meanings;
}

/** Case, width, spaces and punctuation do not matter: 「 設定。」 is 「設定」. */
function normal(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase().trim();
  const bare = plain.replaceAll(/[\s\p{P}\p{S}]+/gu, "");
  return bare === "" ? plain : bare;
}
