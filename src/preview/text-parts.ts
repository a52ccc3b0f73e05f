import { type Json, readList, readNumber, readRecord, readText } from "./read.ts";
import { readLink } from "./url.ts";

/** A piece of a text message: plain words, a web address, a mention, or one of LINE's own emoji. */
export type TextPart =
  | { kind: "plain"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "mention"; text: string }
  | { kind: "emoji" };

// Printable ASCII only: in Japanese an address ends where the next Japanese character begins.
const address = /https?:\/\/[!-~]+/g;
const trailing = /[.,;:!?'")\]}>]+$/;

/** Splits words and web addresses. Closing punctuation belongs to the sentence, a closing bracket to its opening. */
function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = trimAddress(match[0]);
    const href = readLink(found);
    if (href === undefined) continue;
    parts.push({ kind: "plain", text: text.slice(from, match.index) });
    parts.push({ kind: "link", text: found, href });
    from = match.index + found.length;
  }
  parts.push({ kind: "plain", text: text.slice(from) });
  return parts.filter((part) => part.kind !== "plain" || part.text !== "");
}

function trimAddress(found: string): string {
  const bare = found.replace(trailing, "");
  const closes = found.charAt(bare.length) === ")" && bare.includes("(") && !bare.includes(")");
  return closes ? `${bare})` : bare;
}

/** A `text` message: each emoji stands at the index of a `$` in the text (UTF-16 code units). */
export function textParts(message: Json): TextPart[] {
  const text = readText(message["text"]) ?? "";
  const places = readList(message["emojis"])
    .map((emoji) => readNumber(readRecord(emoji)["index"]))
    .filter((index) => index !== undefined && text.charAt(index) === "$")
    .sort((a, b) => (a ?? 0) - (b ?? 0));
  const parts: TextPart[] = [];
  let from = 0;
  for (const index of new Set(places)) {
    if (index === undefined) continue;
    parts.push(...splitLinks(text.slice(from, index)), { kind: "emoji" });
    from = index + 1;
  }
  return [...parts, ...splitLinks(text.slice(from))];
}

const placeholder = /\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}/g;

/** A `textV2` message: `{key}` stands for its substitution, doubled braces for themselves. */
export function textV2Parts(message: Json): TextPart[] {
  const text = readText(message["text"]) ?? "";
  const substitution = readRecord(message["substitution"]);
  const parts: TextPart[] = [];
  let plain = "";
  let from = 0;
  for (const match of text.matchAll(placeholder)) {
    plain += text.slice(from, match.index);
    from = match.index + match[0].length;
    const part = match[1] === undefined ? undefined : substitute(substitution, match[1]);
    if (part === undefined) {
      plain += match[1] === undefined ? match[0].slice(1) : match[0];
      continue;
    }
    parts.push(...splitLinks(plain), part);
    plain = "";
  }
  return [...parts, ...splitLinks(plain + text.slice(from))];
}

function substitute(substitution: Json, key: string): TextPart | undefined {
  const value = Object.hasOwn(substitution, key) ? readRecord(substitution[key]) : {};
  if (value["type"] === "emoji") return { kind: "emoji" };
  const all = readRecord(value["mentionee"])["type"] === "all";
  return value["type"] === "mention" ? { kind: "mention", text: all ? "@All" : `@${key}` } : undefined;
}
