import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../src/shared/project-root.ts";

/** `desk:state.sent`: every sentence of ja, which has all of them, by file and key. A ward's names are asked for by id. */
const sentences = new Set(
  readdirSync(projectPath("locales", "ja"))
    .filter((file) => file !== "mihon.json")
    .flatMap((file) =>
      keysOf(JSON.parse(readFileSync(projectPath("locales", "ja", file), "utf8")), `${file.slice(0, -5)}:`),
    ),
);
const sources = ["src", "seeds"].flatMap((folder) =>
  readdirSync(projectPath(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|js)$/.test(entry.name))
    .map((entry) => ({
      name: `${entry.parentPath}/${entry.name}`.slice(projectPath("").length),
      text: readFileSync(`${entry.parentPath}/${entry.name}`, "utf8"),
    })),
);

function keysOf(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    keysOf(inner, path.endsWith(":") ? path + key : `${path}.${key}`),
  );
}

/** What stands between quotes; within a template, `*` for what is filled in. */
function quotedIn(text: string): string[] {
  const plain = [...text.matchAll(/"([\w:.-]+)"/g)].map(([, key = ""]) => key);
  const filled = [...text.matchAll(/`((?:[\w:.-]|\$\{[^`}]*\})+)`/g)].map(([, key = ""]) =>
    key.replaceAll(/\$\{[^}]*\}/g, "*"),
  );
  return [...plain, ...filled];
}

describe("sentences", () => {
  it("each one that a staff page asks for by name stands in the locales", () => {
    const pages = sources.filter(({ name }) => /^\/?src\/console\/.*\.tsx?$/.test(name));
    const missing = pages.flatMap(({ name, text }) => {
      const asked = [...text.matchAll(/\bsay\(\s*"([\w:.-]+)"/g)].map(([, key = ""]) => key);
      const rooms = [...text.matchAll(/say\(`([\w-]+:[\w.]*)\$\{key\}`/g)].map(([, room = ""]) => room);
      return asked
        .filter((key) => !["", "console:", ...rooms].some((room) => sentences.has(room + key)))
        .map((key) => `${name}: ${key}`);
    });
    expect(missing).toEqual([]);
  });

  it("each one that stands in the locales is asked for somewhere", () => {
    const asked = new Set(sources.flatMap(({ text }) => quotedIn(text)));
    const patterns = [...asked]
      .filter((key) => /^[\w:.*-]+$/.test(key) && /\*/.test(key) && /[a-zA-Z]/.test(key))
      .map((key) => new RegExp(`^${key.replaceAll(".", "\\.").replaceAll("*", ".+")}$`));
    const unused = [...sentences].filter((sentence) => {
      const key = sentence.slice(sentence.indexOf(":") + 1);
      return ![sentence, key].some(
        (each) => asked.has(each) || patterns.some((pattern) => pattern.test(each)),
      );
    });
    expect(unused).toEqual([]);
  });

  it("each act on record has one, and each kind of act a name", () => {
    const acts = sources.flatMap(({ text }) =>
      [...text.matchAll(/act: "(\w+)\.(\w+)"/g)].flatMap(([, kind = "", act = ""]) => [
        `audit-page:kind.${kind}`,
        `audit-page:act.${kind}.${act}`,
      ]),
    );
    expect(acts.length).toBeGreaterThan(40);
    expect(acts.filter((key) => !sentences.has(key))).toEqual([]);
  });
});
