import { describe, expect, test } from "vitest";
import { all, below, child, textOf } from "../../src/feeds/xml/element.ts";
import { readXml, xmlLimits } from "../../src/feeds/xml/read-xml.ts";

async function refusalOf(bytes: Buffer | string): Promise<string | undefined> {
  const read = await readXml(Buffer.from(bytes));
  return "refused" in read ? read.refused : undefined;
}

async function treeOf(text: string) {
  const read = await readXml(Buffer.from(text));
  if ("refused" in read) throw new Error(read.detail);
  return read.ok;
}

describe("XML of which nothing is trusted", () => {
  test.each([
    ["an entity bomb", `<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>`, "doctype"],
    ["an external entity", `<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>`, "doctype"],
    ["a document type in a comment", "<!-- <!DOCTYPE a> --><a/>", "doctype"],
    ["a document type in small letters", "<!doctype a><a/>", "malformed"],
    ["an entity of nobody", "<a>&nbsp;</a>", "malformed"],
    ["an element that is not closed", "<a><b></a>", "malformed"],
    ["two roots", "<a/><b/>", "malformed"],
    ["a prefix of no namespace", "<x:a/>", "malformed"],
    ["nothing", "", "malformed"],
    ["words", "maintenance", "malformed"],
    ["another encoding", `<?xml version="1.0" encoding="Shift_JIS"?><a/>`, "not_utf8"],
    ["a deep nest", "<a>".repeat(50_000), "too_deep"],
    [
      "many attributes",
      `<a ${Array.from({ length: 5_000 }, (_, at) => `a${at}=""`).join(" ")}/>`,
      "too_many_attributes",
    ],
    ["many elements", `<a>${"<b/>".repeat(xmlLimits.elements)}</a>`, "too_many_elements"],
    ["many references", `<a>${"&amp;".repeat(xmlLimits.references + 1)}</a>`, "too_many_references"],
  ])("%s is refused", async (_, text, refused) => {
    expect(await refusalOf(text)).toBe(refused);
  });

  test("bytes that are not UTF-8 are refused, whatever the declaration says", async () => {
    const shiftJis = Buffer.from([0x3c, 0x61, 0x3e, 0x93, 0x8c, 0x8b, 0x9e, 0x3c, 0x2f, 0x61, 0x3e]);
    expect(await refusalOf(shiftJis)).toBe("not_utf8");
    expect(await refusalOf(Buffer.from("\ufeff<a/>", "utf16le"))).toBe("not_utf8");
    expect(await refusalOf(Buffer.concat([Buffer.from("<a>"), Buffer.from("東").subarray(0, 2)]))).toBe(
      "not_utf8",
    );
  });

  test("4 MB are read, one byte more is not", async () => {
    const filled = (size: number) => `<a>${" ".repeat(size - 7)}</a>`;
    expect(await refusalOf(filled(xmlLimits.bytes))).toBeUndefined();
    expect(await refusalOf(filled(xmlLimits.bytes + 1))).toBe("too_large");
  });

  test("others go on with their work while 4 MB are read", async () => {
    const text = `<a>${"<b><c>東京都</c></b>".repeat(60_000)}</a>`;
    let turns = 0;
    let reading = true;
    const count = () => {
      turns += 1;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    const tree = await treeOf(text);
    reading = false;
    expect(tree.children).toHaveLength(60_000);
    expect(turns).toBeGreaterThan(Buffer.byteLength(text) / (20 * 1024));
  });

  test("a sign that is cut by a step is whole again", async () => {
    const long = "東".repeat(40_000);
    expect(textOf(await treeOf(`<a>x${long}</a>`))).toBe(`x${long}`);
  });

  test("line ends are one sign, also where a step cuts them", async () => {
    for (const filling of [8_187, 8_188, 8_189, 8_190]) {
      const tree = await treeOf(`<a>${"x".repeat(filling)}\r\ny\rz</a>`);
      expect(textOf(tree).slice(filling)).toBe("\ny\nz");
    }
  });

  test("a megabyte of spaces inside a text costs nothing", async () => {
    const tree = await treeOf(`<a> x${" ".repeat(1_000_000)}y </a>`);
    const before = performance.now();
    expect(textOf(tree)).toHaveLength(1_000_002);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe("the tree", () => {
  test("keeps codes as strings, full-width signs and spaces as written", async () => {
    const tree = await treeOf(`<a><Code>03</Code><Name>\n　レベル３大雨警報 </Name><Code>0520100</Code></a>`);
    expect(all(tree, "Code").map((code) => textOf(code))).toEqual(["03", "0520100"]);
    expect(textOf(tree, "Name")).toBe("　レベル３大雨警報");
    expect(textOf(tree, "Nothing", "there")).toBe("");
  });

  test("knows namespaces and not prefixes", async () => {
    const tree = await treeOf(
      `<a xmlns="urn:one" xmlns:x="urn:two"><x:b x:c="1" d="&lt;"/><![CDATA[<e>]]></a>`,
    );
    const inner = child(tree, "b");
    expect([tree.namespace, inner?.namespace]).toEqual(["urn:one", "urn:two"]);
    expect([inner?.attributes.get("x:c"), inner?.attributes.get("d"), tree.text]).toEqual(["1", "<", "<e>"]);
  });

  test("is walked in the document's order", async () => {
    const tree = await treeOf("<a><b><c/><d/></b><e/></a>");
    expect([...below(tree)].map(({ name }) => name)).toEqual(["b", "c", "d", "e"]);
  });
});
