import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBars, drawColumns, drawLines, drawPairs, drawSmall } from "../../src/reports/charts/charts.ts";
import { asCsv, attachment } from "../../src/reports/csv.ts";
import { guardRow } from "../../src/reports/small-numbers.ts";

const table = { id: "t", caption: "表", columns: ["ことば", "数"] };

describe("a file", () => {
  it("begins with a BOM, ends its lines as Excel expects, and keeps numbers plain", async () => {
    const text = await asCsv({
      ...table,
      rows: [{ cells: ["日本語", 1234567] }, { cells: ['引用"符,と\n改行', undefined] }],
      total: ["合計", -3],
    });
    expect(text).toBe('\uFEFFことば,数\r\n日本語,1234567\r\n"引用""符,と\n改行",\r\n合計,-3\r\n');
  });

  it("no cell is a formula, whatever a title begins with", async () => {
    const evil = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "＠x"];
    const text = await asCsv({ ...table, columns: ["=x"], rows: evil.map((each) => ({ cells: [each] })) });
    const lines = text.slice(1).split("\r\n").filter(Boolean);
    expect(lines).toHaveLength(evil.length + 1);
    for (const line of lines) expect(line).toMatch(/^"?'/);
  });

  it("a long one has every line once", async () => {
    const rows = Array.from({ length: 1_234 }, (_, index) => ({ cells: [`r${index}`, index] }));
    const text = await asCsv({ ...table, rows });
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(1_235);
    expect(lines[1_234]).toBe("r1233,1233");
  });

  it("is named in Japanese, and in ASCII for old programs", () => {
    expect(attachment("回覧_月別'(1)*.csv", "kairan.csv")).toBe(
      "attachment; filename=\"kairan.csv\"; filename*=UTF-8''%E5%9B%9E%E8%A6%A7_%E6%9C%88%E5%88%A5%27%281%29%2A.csv",
    );
  });
});

describe("small numbers", () => {
  it("under ten are never said, and never can be reckoned from the total", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 9 }), (counts) => {
        const row = guardRow(counts);
        for (const [index, cell] of row.entries()) {
          if ((counts[index] ?? 0) < 10) expect(cell).toBe("hidden");
          else expect(["withheld", counts[index]]).toContain(cell);
        }
        const unsaid = row.filter((cell) => typeof cell !== "number").length;
        if (counts.length > 1) expect(unsaid).not.toBe(1);
      }),
    );
  });

  it("nothing is withheld without need", () => {
    expect(guardRow([10, 20, 30])).toEqual([10, 20, 30]);
    expect(guardRow([3, 20, 4])).toEqual(["hidden", 20, "hidden"]);
    expect(guardRow([40, 20, 4])).toEqual([40, "withheld", "hidden"]);
  });
});

describe("a chart", () => {
  const words = { label: 'followers "x', number: (value: number) => value.toLocaleString("ja") };
  const days = ["2026-11-01", "2026-11-02", "2026-11-03"];
  const points = days.map((at, index) => ({ at, value: index * 1_000 }));
  const short = (at: string) => at.slice(5);
  const charts = {
    lines: (some = points) => drawLines(words, [{ name: "a", kind: "line-1", points: some }], short),
    columns: (some = points) => drawColumns(words, some, short),
    pairs: (some = points) =>
      drawPairs(
        words,
        some.map(({ at, value }) => ({ at, up: value, down: value / 2 })),
        short,
      ),
    bars: (some = points) =>
      drawBars(
        words,
        some.map(({ at, value }) => ({ name: at, value })),
      ),
    small: (some = points) =>
      drawSmall(words, [{ name: "税・届出・手続きと<b>とても長い名前", points: some }]),
  };

  it.each(Object.entries(charts))("of %s has a name, and no style of its own", async (_, drawn) => {
    const svg = await drawn();
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).toContain('aria-label="followers &quot;');
    expect(svg).not.toMatch(/style|<script|<b>|aria-hidden|NaN/);
    expect(svg).toMatch(/viewBox="0 0 \d+ \d+"/);
  });

  it.each(Object.entries(charts))(
    "of %s can be drawn of one point and of nothing but zeros",
    async (_, drawn) => {
      for (const some of [points.slice(0, 1), points.map(({ at }) => ({ at, value: 0 }))]) {
        const svg = await drawn(some);
        expect(svg).not.toContain("NaN");
        expect(svg).not.toContain("undefined");
      }
    },
  );

  it("says the last number of a line", async () => {
    expect(await charts.small()).toContain(">2,000<");
  });
});
