import { typeOf } from "./types.ts";

/** One line of a feed: a telegram that was issued, and where it lies. */
export interface FeedEntry {
  id: string;
  /** Where the telegram is to be fetched; undefined when the feed's link leads to somebody else's machine. */
  url: string | undefined;
  /** `VPWW55`, `VXSE53` …; empty where the name tells none. */
  type: string;
  /** The code at the end of the name: a forecast area or an issuing centre. Saves traffic; never the test of a place. */
  office: string;
  title: string;
  /** When the feed says that it was issued, in milliseconds. */
  updatedAt: number;
}

/** What the name of a telegram tells (fact sheet 1.1): `…/20260528045500_0_VPWW58_130000.xml`. */
export function readName(url: string): Pick<FeedEntry, "type" | "office"> {
  return { type: typeOf(url), office: /_([0-9A-Za-z]{1,20})\.xml$/.exec(url)?.[1] ?? "" };
}

const jmaRoot = "https://www.data.jma.go.jp/developer/xml/";

/**
 * Where a link of the feed really leads. Only the feed's own machine is ever asked. A mirror of JMA's feeds carries JMA's
 * own links: what they name is looked for on the mirror.
 * @param baseUrl the folder of the feeds, such as `https://www.data.jma.go.jp/developer/xml/feed`
 */
export function resolveLink(href: string, baseUrl: string): string | undefined {
  const base = new URL(`${baseUrl}/`);
  if (!URL.canParse(href, base.href)) return undefined;
  const link = new URL(href, base);
  const mirrored = link.href.startsWith(jmaRoot)
    ? new URL(`../${link.href.slice(jmaRoot.length)}`, base)
    : link;
  return mirrored.origin === base.origin && mirrored.username === "" ? mirrored.href : undefined;
}
