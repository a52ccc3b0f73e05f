import { type XmlElement, children, textOf } from "../xml/element.ts";
import { readXml } from "../xml/read-xml.ts";
import { type FeedEntry, readName, resolveLink } from "./entry.ts";

/** The feed is not what a feed is; nothing of it is taken. */
export class BadFeed extends Error {
  override name = "BadFeed";
}

const atom = "http://www.w3.org/2005/Atom";
const longestText = 500;

/** A long feed of several days has megabytes. */
export const largestFeed = 6_000_000;

/**
 * Reads an Atom feed. Entries without an id are left out; a broken file, a document type or anything that is not
 * an Atom feed is refused as a whole, so that half a file is never taken for all of it.
 * @param now stands in where an entry does not say when it was issued
 * @throws BadFeed
 */
export async function readFeed(bytes: Buffer, baseUrl: string, now: number): Promise<FeedEntry[]> {
  const entries: FeedEntry[] = [];
  const read = await readXml(bytes, {
    mostBytes: largestFeed,
    takeChild: (child) => {
      const isEntry = child.name === "entry" && child.namespace === atom;
      const entry = isEntry ? readEntry(child, baseUrl, now) : undefined;
      if (entry !== undefined) entries.push(entry);
    },
  });
  if ("refused" in read) throw new BadFeed(`${read.refused}: ${read.detail}`);
  if (read.ok.name !== "feed" || read.ok.namespace !== atom) throw new BadFeed("not an Atom feed");
  return entries;
}

function readEntry(element: XmlElement, baseUrl: string, now: number): FeedEntry | undefined {
  // What others add to it in their own namespaces may be called the same.
  const entry = { ...element, children: element.children.filter(({ namespace }) => namespace === atom) };
  const id = textOf(entry, "id");
  const link = children(entry, "link").find(
    ({ attributes }) => (attributes.get("rel") ?? "alternate") === "alternate",
  );
  // JMA's ids are the addresses themselves.
  const href = link?.attributes.get("href") ?? id;
  if (id === "" || id.length > longestText) return undefined;
  const issuedAt = Date.parse(textOf(entry, "updated"));
  return {
    id,
    url: href.length > longestText ? undefined : resolveLink(href, baseUrl),
    ...readName(href),
    title: textOf(entry, "title").slice(0, longestText),
    // Also keeps one that claims to be of the future from being the newest for ever.
    updatedAt: Number.isFinite(issuedAt) ? Math.min(issuedAt, now) : now,
  };
}
