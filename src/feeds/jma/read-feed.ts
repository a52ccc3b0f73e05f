import { setImmediate as nextTurn } from "node:timers/promises";
import { SaxesParser } from "saxes";
import { type FeedEntry, readName, resolveLink } from "./entry.ts";

/** The feed is not what a feed is; nothing of it is taken. */
export class BadFeed extends Error {
  override name = "BadFeed";
}

const mostEntries = 20_000;
const longestText = 500;
// A long feed has megabytes: read in steps, each far below the 20 ms that a step may take (P4).
const stepLength = 65_536;

/**
 * Reads an Atom feed. Entries without an id or a link are left out; a broken file, a document type or anything that is not
 * an Atom feed is refused as a whole, so that half a file is never taken for all of it.
 * @throws BadFeed
 */
export async function readFeed(bytes: Buffer, baseUrl: string, now: number): Promise<FeedEntry[]> {
  const entries: FeedEntry[] = [];
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  let entry: Record<string, string> | undefined;
  let text = "";

  // What a callback throws comes out of `write`; the parser's own complaints are thrown too, for want of an error handler.
  parser.on("doctype", () => {
    throw new BadFeed("a document type");
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    if (path.length === 0 && (local !== "feed" || uri !== "http://www.w3.org/2005/Atom"))
      throw new BadFeed("not an Atom feed");
    path.push(local);
    text = "";
    if (path.length === 2 && local === "entry") entry = {};
    const rel = attributes["rel"]?.value ?? "alternate";
    if (path.length === 3 && local === "link" && rel === "alternate" && entry !== undefined)
      entry["link"] ??= attributes["href"]?.value ?? "";
  });
  parser.on("text", (more) => {
    if (path.length === 3 && text.length < longestText) text += more;
  });
  parser.on("closetag", () => {
    const name = path.pop();
    if (path.length === 2 && (name === "id" || name === "title" || name === "updated") && entry !== undefined)
      entry[name] ??= text.trim().slice(0, longestText);
    if (path.length !== 1 || entry === undefined) return;
    const made = makeEntry(entry, baseUrl, now);
    if (made !== undefined) entries.push(made);
    if (entries.length > mostEntries) throw new BadFeed("too many entries");
    entry = undefined;
  });

  try {
    const letters = new TextDecoder("utf-8", { fatal: true });
    for (let at = 0; at < bytes.length; at += stepLength) {
      parser.write(letters.decode(bytes.subarray(at, at + stepLength), { stream: true }));
      await nextTurn();
    }
    parser.write(letters.decode()).close();
  } catch (error) {
    throw error instanceof BadFeed ? error : new BadFeed(reasonOf(error), { cause: error });
  }
  return entries;
}

function makeEntry(
  { id = "", title = "", updated = "", link = "" }: Record<string, string>,
  baseUrl: string,
  now: number,
): FeedEntry | undefined {
  if (id === "" || link === "") return undefined;
  const at = Date.parse(updated);
  return {
    id,
    url: link.length > longestText ? undefined : resolveLink(link, baseUrl),
    ...readName(link),
    title,
    updatedAt: Number.isFinite(at) ? at : now,
  };
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : "unreadable").slice(0, 200);
