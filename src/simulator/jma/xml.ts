/** A piece of XML that is safe to put into another one. */
export interface Xml {
  readonly markup: string;
}

type Content = Xml | string | readonly Xml[];

/** An element; texts are escaped. `el("Kind", el("Name", "なし"))` */
export function el(name: string, ...contents: Content[]): Xml {
  return elWith(name, {}, ...contents);
}

export function elWith(name: string, attributes: Record<string, string>, ...contents: Content[]): Xml {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escape(value)}"`)].join(
    " ",
  );
  const inside = contents.flat().map((each) => (typeof each === "string" ? escape(each) : each.markup));
  return { markup: inside.length === 0 ? `<${start}/>` : `<${start}>${inside.join("")}</${name}>` };
}

export function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** `2026-11-20T09:00:00+09:00` */
export function japanTime(at: number): string {
  return `${new Date(at + 9 * 60 * 60_000).toISOString().slice(0, 19)}+09:00`;
}

/** `2026-11-20T00:00:00Z` */
export function worldTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Digits as JMA prints them in names: レベル４. */
export function fullWidth(text: string | number): string {
  return String(text).replaceAll(/[0-9]/g, (digit) =>
    String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0),
  );
}
