import { describe, expect, it } from "vitest";
import { createTextReader } from "../../src/conversation/understand-text.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { mihonProfile } from "../support/wards.ts";

const ward = loadWard(mihonProfile);
const sentences = loadSentences();
const read = createTextReader(ward, sentences);

const commands = {
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

describe("words that count as commands", () => {
  it.each(
    ward.languages.flatMap((language) =>
      Object.entries(commands).flatMap(([command, intent]) =>
        sentences
          .list(language, `conversation:commands.${command}`)
          .map((word) => ({ word, language, command, intent })),
      ),
    ),
  )("“$word” ($language) means $command, whatever its writer's language", ({ word, intent }) => {
    expect(read(word)).toEqual(intent);
  });

  it.each(
    ward.languages.flatMap((language) =>
      [
        sentences.say(language, "conversation:language.ownName"),
        ...sentences.list(language, "conversation:language.aliases"),
      ].map((word) => ({ word, language })),
    ),
  )("“$word” chooses $language", ({ word, language }) => {
    expect(read(word)).toEqual({ do: "setLanguage", to: language });
  });

  it.each(ward.languages)("every word that the help text of %s puts in quotes is understood", (language) => {
    const help = sentences.say(language, "conversation:help.body");
    const quoted = [...help.matchAll(/[「“]([^」”]+)[」”]/gu)].map((match) => match[1] ?? "");
    expect(quoted.length).toBeGreaterThanOrEqual(7);
    for (const word of quoted) expect(read(word), word).toBeDefined();
    expect(read(quoted.at(-1) ?? "")).toEqual({ do: "onlyEmergencies" });
  });

  it.each(ward.languages)("what %s says of privacy names the word that has everything erased", (language) => {
    const privacy = sentences.say(language, "conversation:help.privacy", { days: 90 });
    const word = /[「“]([^」”]+)[」”]/u.exec(privacy)?.[1] ?? "";
    expect(read(word)).toEqual({ do: "askForget" });
  });

  it.each(ward.languages)("the word that the farewell of %s tells to send leads back", (language) => {
    const farewell = sentences.say(language, "conversation:forget.done");
    const word = /[「“]([^」”]+)[」”]/u.exec(farewell)?.[1] ?? "";
    expect(read(word)).toEqual({ do: "showSettings" });
  });

  it.each(ward.languages)(
    "the name of a category in %s opens its group, unless the word is a command already",
    (language) => {
      for (const { id, group } of ward.categories) {
        const name = ward.name("categories", id, language);
        const meant = read(name);
        const isCommand = Object.values(commands).some(
          (each) => JSON.stringify(each) === JSON.stringify(meant),
        );
        expect(isCommand ? { do: "askCategories", group } : meant, name).toEqual({
          do: "askCategories",
          group,
        });
      }
    },
  );

  it.each([
    "設定",
    " 設定 ",
    "「設定」",
    "設定。",
    "設 定",
    "Settings",
    "SETTINGS!",
    "ＳＥＴＴＩＮＧＳ",
    "settings\n",
    "my  settings?",
  ])("case, width, spaces and punctuation do not matter: %j", (text) => {
    expect(read(text)).toEqual({ do: "showSettings" });
  });

  it.each([
    ["避難所どこ", "showShelters"],
    ["いちばん近い避難所はどこですか？", "showShelters"],
    ["Where is the nearest shelter?", "showShelters"],
    ["最近的避难所在哪里", "showShelters"],
    ["대피소 어디예요?", "showShelters"],
    ["ひなんじょは どこですか", "showShelters"],
    ["地震こわい", "showDisaster"],
    ["Was that an earthquake?!", "showDisaster"],
    ["I am trapped", "showDisaster"],
    ["刚才地震了", "showDisaster"],
    ["지금 지진 났어요", "showDisaster"],
    ["たすけて ください", "showDisaster"],
  ])("a disaster or a shelter is understood within a sentence: %j", (text, intent) => {
    expect(read(text)).toEqual({ do: intent });
  });

  it.each(["floodlights", "a sheltered garden", "how do I sort garbage?", "쓰레기 어떻게 버려요?"])(
    "but a part of another word is none: %j",
    (text) => expect(read(text)).toBeUndefined(),
  );

  it("a question mark alone asks for help, in either width", () => {
    expect(read("?")).toEqual({ do: "showHelp" });
    expect(read("？")).toEqual({ do: "showHelp" });
  });

  it.each([
    "",
    " ",
    "!!!",
    "設定を変えたいのですが",
    "hello",
    "👍",
    "undefined",
    "__proto__",
    "constructor",
    "0",
  ])("%j means nothing", (text) => {
    expect(read(text)).toBeUndefined();
  });
});
