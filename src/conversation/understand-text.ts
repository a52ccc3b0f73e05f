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

/**
 * Learns the words of all languages, anew when the ward has changed, and returns what a text means, whichever language
 * its writer uses here: commands, names of languages, names of categories. Undefined when it is none of them.
 */
export function createTextReader(ward: Ward, sentences: Sentences): (text: string) => Intent | undefined {
  let learnt = { version: ward.version, meanings: learnWords(ward, sentences) };
  return (text) => {
    if (learnt.version !== ward.version)
      learnt = { version: ward.version, meanings: learnWords(ward, sentences) };
    return learnt.meanings.get(normal(text));
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
