/**
 * One element of a document, as it was written: codes stay strings (`03` stays `03`, fact sheet 1.3), names and texts stay
 * word for word.
 */
export interface XmlElement {
  /** Without prefix: `TsunamiHeight`. */
  name: string;
  namespace: string;
  /** By the name as written, with prefix if it has one. A Map, so that no name of the issuer meets one of JavaScript. */
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** What stands directly in it, not in its children. */
  text: string;
}

/** The first child of this name. */
export function child(of: XmlElement | undefined, name: string): XmlElement | undefined {
  return of?.children.find((each) => each.name === name);
}

/** All children of this name. */
export function children(of: XmlElement | undefined, name: string): XmlElement[] {
  return of?.children.filter((each) => each.name === name) ?? [];
}

/** The first element at the end of these steps down. */
export function path(of: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>(child, of);
}

/** Every element at the end of these steps down, whichever branches lead there, in the document's order. */
export function all(of: XmlElement | undefined, ...names: string[]): XmlElement[] {
  return names.reduce<XmlElement[]>(
    (found, name) => found.flatMap((each) => children(each, name)),
    of === undefined ? [] : [of],
  );
}

/**
 * The text at the end of these steps, "" when there is none. Only the white space of XML is taken off its ends: a
 * full-width space is the issuer's own.
 */
export function textOf(of: XmlElement | undefined, ...names: string[]): string {
  const text = path(of, ...names)?.text ?? "";
  // Not by a regular expression: one would take minutes for a megabyte of spaces inside.
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Every element below, at any depth, in the document's order. Not recursive: the depth is the issuer's. */
export function* below(of: XmlElement | undefined): Generator<XmlElement> {
  const waiting = of === undefined ? [] : [...of.children].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (let at = next.children.length - 1; at >= 0; at--) {
      const each = next.children[at];
      if (each !== undefined) waiting.push(each);
    }
  }
}

/** The same signs, whether written full-width or not (レベル４, レベル4): only ever for comparing. */
export function comparable(text: string): string {
  return text.normalize("NFKC");
}
