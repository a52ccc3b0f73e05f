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

/** LINE fetches pictures over HTTPS only, so we draw no other. */
export function readImageUrl(value: unknown): string | undefined {
  const url = parse(value);
  return url?.protocol === "https:" ? url.href : undefined;
}
