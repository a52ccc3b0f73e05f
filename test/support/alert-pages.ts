import type { Visitor } from "./visitor.ts";

export type AlertFields = Record<string, string | string[]>;

/** What a form on a page would send if nothing were changed: its hidden fields. */
export function hiddenIn(html: string): Record<string, string> {
  const found = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, value]));
}

/** Opens the form for a template and sends it, as without a script. Returns the path of the alert's page. */
export async function raiseOnPage(
  officer: Visitor,
  fields: AlertFields = {},
  template = "evacuationLevel4",
): Promise<string> {
  const { html } = await officer.get(`/console/alerts/new?template=${template}`);
  const sent = { ...hiddenIn(html), template, where: "ward", "b.cause": "flood", next: "raise", ...fields };
  const { status, to, html: answer } = await officer.post("/console/alerts/new", sent);
  if (status !== 303 || to === null) throw new Error(`Not raised: ${status} ${textOf(answer).slice(0, 400)}`);
  return to;
}

/** Presses the button that confirms, on the page of an alert. */
export async function confirmOnPage(officer: Visitor, path: string, fields: AlertFields = {}) {
  const { html } = await officer.get(path);
  return officer.post(`${path}/confirm`, { version: hiddenIn(html)["version"] ?? "", ...fields });
}

/** What somebody reads of a page: its main part without tags. */
export function textOf(html: string): string {
  return (html.split("<body")[1] ?? html).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}
