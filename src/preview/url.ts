import { readText } from "./read.ts";

// The schemes a LINE URI action takes. Everything else, `javascript:` above all, is no link.
const linkSchemes = new Set(["https:", "http:", "tel:", "line:"]);

function parse(value: unknown): URL | undefined {
  const text = readText(value);
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

/** The link as the browser understands it: parsed, so that no spelling trick survives. */
export function readLink(value: unknown): string | undefined {
  const url = parse(value);
  return url !== undefined && linkSchemes.has(url.protocol) ? url.href : undefined;
}

const ownPicture = /^\/pictures\/[\w-]+\.jpg$/;
const thisMachine = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * LINE fetches pictures over HTTPS only, so we draw no other; but a program under development has none, so what comes
 * from this machine is drawn too, and what a page's own server keeps.
 */
export function readImageUrl(value: unknown): string | undefined {
  if (typeof value === "string" && ownPicture.test(value)) return value;
  const url = parse(value);
  if (url?.protocol === "http:" && thisMachine.has(url.hostname)) return url.href;
  return url?.protocol === "https:" ? url.href : undefined;
}
