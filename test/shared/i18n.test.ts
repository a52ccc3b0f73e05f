import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadSentences } from "../../src/shared/i18n.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(language: string, file: string, content: unknown): void {
  mkdirSync(join(folder, language), { recursive: true });
  writeFileSync(join(folder, language, file), JSON.stringify(content));
}
write("ja", "conversation.json", {
  hello: "{{name}}さん、こんにちは",
  nested: { deep: "深い" },
  words: ["設定", "せってい"],
  word: "一つ",
});
write("ja", "other.json", { hello: "別" });
write("en", "conversation.json", { hello: "Hello {{name}}" });
const sentences = loadSentences(folder);

describe("sentences", () => {
  it("are found by language, file and key", () => {
    expect(sentences.languages).toEqual(["en", "ja"]);
    expect(sentences.say("ja", "conversation:hello", { name: "花子" })).toBe("花子さん、こんにちは");
    expect(sentences.say("ja", "conversation:nested.deep")).toBe("深い");
    expect(sentences.say("ja", "other:hello")).toBe("別");
  });

  it("invariant 12: one that is missing throws and says where; it is never replaced by another language's", () => {
    expect(() => sentences.say("en", "conversation:nested.deep")).toThrow(
      'locales/en has no sentence "conversation:nested.deep".',
    );
    expect(() => sentences.say("ja", "conversation:nothing")).toThrow(/no sentence/);
    expect(() => sentences.say("ja", "nowhere:hello")).toThrow(/no sentence/);
    expect(() => sentences.say("fr", "conversation:hello")).toThrow(/locales\/fr/);
    expect(() => sentences.list("en", "conversation:words")).toThrow(/no sentence/);
    expect(() => sentences.say("ja", "conversation:nested")).toThrow(/no sentence/);
    expect(() => sentences.say("ja", "conversation:words")).toThrow(/no sentence/);
  });

  it("values are put in as they are: nothing is escaped, and nothing in them is a placeholder", () => {
    const hello = (name: string) => sentences.say("en", "conversation:hello", { name });
    expect(hello("<b> & “x”")).toBe("Hello <b> & “x”");
    expect(hello("{{name}}")).toBe("Hello {{name}}");
    expect(hello("$t(conversation:hello)")).toBe("Hello $t(conversation:hello)");
    expect(hello("$& $1")).toBe("Hello $& $1");
  });

  it("a list is given whole, and a single word as a list of one", () => {
    expect(sentences.list("ja", "conversation:words")).toEqual(["設定", "せってい"]);
    expect(sentences.list("ja", "conversation:word")).toEqual(["一つ"]);
  });
});
