import { setImmediate as letOthersWork } from "node:timers/promises";
import { SaxesParser } from "saxes";
import type { XmlElement } from "./element.ts";

/** Why a document is not read. `detail` is for the log and for staff; it never holds more than a line of the document. */
export interface XmlRefusal {
  refused:
    | "too_large"
    | "doctype"
    | "not_utf8"
    | "malformed"
    | "too_deep"
    | "too_many_elements"
    | "too_many_attributes"
    | "too_many_references";
  detail: string;
}

/** JMA's largest products have 4 MB, its warnings half a megabyte (fact sheet 1.3); a telegram is 12 elements deep. */
export const xmlLimits = {
  bytes: 4 * 1024 * 1024,
  depth: 40,
  elements: 200_000,
  attributes: 64,
  /** `&amp;` and the like: the parser keeps a piece for each, and the pieces of a megabyte take 50 ms to collect. */
  references: 20_000,
} as const;

/**
 * Bytes between two rests. 8 KB of a telegram take 1 ms, with memory being collected up to 10 in one of half a megabyte,
 * 25 in one of 4 MB with 190,000 elements (Node 20, 2 shared cores).
 */
const stepBytes = 8 * 1024;

/** Thrown to stop the parser at once: it would go through the rest of a step, and a step can be made expensive. */
class Stop extends Error {
  constructor(readonly refusal: XmlRefusal) {
    super(refusal.refused);
  }
}

export interface ReadOptions {
  mostBytes?: number;
  /**
   * Is handed each child of the root when it is complete, instead of its being kept: thousands of them kept at once make the
   * garbage collector hold everybody up (up to 150 ms for a feed of 5 MB, against 7).
   */
  takeChild?: (child: XmlElement) => void;
}

/**
 * Reads XML of which nothing is trusted: no document type (so no entities but the five), no external anything, limits on
 * size, depth and number, and in small steps, so that others go on with their work meanwhile.
 */
export async function readXml(
  bytes: Buffer,
  { mostBytes = xmlLimits.bytes, takeChild }: ReadOptions = {},
): Promise<{ ok: XmlElement } | XmlRefusal> {
  if (bytes.length > mostBytes) {
    return { refused: "too_large", detail: `${bytes.length} bytes, at most ${mostBytes}` };
  }
  // Refused wherever it stands, also in a comment: no official telegram has one.
  if (bytes.includes("<!DOCTYPE")) return { refused: "doctype", detail: "holds <!DOCTYPE" };
  const tree = growTree(takeChild);
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += stepBytes) {
      if (at > 0) await letOthersWork();
      tree.take(decode(utf8, bytes.subarray(at, at + stepBytes)));
    }
    tree.take(decode(utf8));
    return { ok: tree.finished() };
  } catch (error) {
    if (error instanceof Stop) return error.refusal;
    throw error;
  }
}

function decode(utf8: TextDecoder, bytes?: Buffer): string {
  try {
    return bytes === undefined ? utf8.decode() : utf8.decode(bytes, { stream: true });
  } catch {
    throw new Stop({ refused: "not_utf8", detail: "has bytes that are not UTF-8" });
  }
}

/** Most elements have no attributes, and most no children; a Map and an array for each would double what is collected. */
const noAttributes: ReadonlyMap<string, string> = new Map();
const noChildren: Growing[] = [];

interface Growing extends XmlElement {
  children: Growing[];
}

function growTree(takeChild?: ReadOptions["takeChild"]) {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let elements = 0;
  let attributes = 0;
  let references = 0;

  const stop = (refused: XmlRefusal["refused"], detail: string): never => {
    throw new Stop({ refused, detail: detail.slice(0, 200) });
  };
  parser.on("error", (error) => stop("malformed", error.message));
  parser.on("doctype", () => stop("doctype", "has a document type"));
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) stop("not_utf8", `says it is ${encoding}`);
  });
  parser.on("opentagstart", () => {
    elements += 1;
    attributes = 0;
    if (open.length >= xmlLimits.depth) stop("too_deep", `deeper than ${xmlLimits.depth}`);
    if (elements > xmlLimits.elements) stop("too_many_elements", `more than ${xmlLimits.elements}`);
  });
  parser.on("attribute", () => {
    attributes += 1;
    if (attributes > xmlLimits.attributes) stop("too_many_attributes", `more than ${xmlLimits.attributes}`);
  });
  parser.on("opentag", (tag) => {
    const element: Growing = {
      name: tag.local,
      namespace: tag.uri,
      attributes:
        attributes === 0
          ? noAttributes
          : new Map(Object.entries(tag.attributes).map(([name, { value }]) => [name, value])),
      children: noChildren,
      text: "",
    };
    const outer = open.at(-1);
    if (outer?.children === noChildren) outer.children = [element];
    else outer?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed === undefined || takeChild === undefined || open.length !== 1) return;
    open[0]?.children.pop();
    takeChild(closed);
  });
  const add = (text: string) => {
    const inside = open.at(-1);
    if (inside !== undefined) inside.text += text;
  };
  parser.on("text", add);
  parser.on("cdata", add);

  return {
    take: (text: string) => {
      references += text.split("&").length - 1;
      if (references > xmlLimits.references) {
        stop("too_many_references", `more than ${xmlLimits.references}`);
      }
      // As the parser would (XML 1.0, 2.11), which keeps a piece for each line. It looks itself at what ends a step.
      parser.write(text.replaceAll(/\r\n|\r(?!$)/g, "\n"));
    },
    finished: (): XmlElement => {
      parser.close();
      return root ?? stop("malformed", "has no element");
    },
  };
}
