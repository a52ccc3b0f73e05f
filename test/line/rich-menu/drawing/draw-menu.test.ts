import { describe, expect, it } from "vitest";
import { drawMenu } from "../../../../src/line/rich-menu/drawing/draw-menu.ts";
import { startDrawing } from "../../../../src/line/rich-menu/drawing/draw-apart.ts";
import { openFonts } from "../../../../src/line/rich-menu/drawing/fonts.ts";
import type { IconName } from "../../../../src/line/rich-menu/drawing/icons.ts";
import { type Menu, checkPng } from "../../../../src/line/rich-menu/drawing/menu.ts";
import { sampleLabels, sampleMenu } from "./sample-menu.ts";

const japanese = sampleMenu("ja", sampleLabels.ja);
const [firstCell] = japanese.cells;
if (firstCell === undefined) throw new Error("The sample menu has no cell.");
const oneCell = (label: string, language: string): Menu => ({
  ...japanese,
  language,
  cells: [{ ...firstCell, label }],
});

describe("a rich-menu image", () => {
  it("is byte for byte the same when drawn again with fonts opened anew", async () => {
    expect((await drawMenu(japanese)).equals(await drawMenu(japanese))).toBe(true);
  });

  it.each(Object.entries(sampleLabels))(
    "in %s is a PNG of the asked size that LINE accepts",
    async (language, labels) => {
      const fonts = openFonts();
      for (const height of [1686, 843]) {
        const png = await drawMenu(sampleMenu(language, labels, height), fonts);
        expect(png.subarray(1, 4).toString()).toBe("PNG");
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2500, height]);
        expect(png.length).toBeLessThan(1_000_000);
      }
    },
  );

  it("shows Han characters in the form of its language", async () => {
    const draw = async (language: string): Promise<string> =>
      (await drawMenu(oneCell("直骨返", language))).toString("base64");
    const [ja, easy, chinese, korean] = [
      await draw("ja"),
      await draw("ja-x-easy"),
      await draw("zh-Hans"),
      await draw("ko"),
    ];
    expect(easy).toBe(ja);
    expect(new Set([ja, chinese, korean]).size).toBe(3);
  });

  it("shows its title in the strip above the cells, and refuses one that has no strip", async () => {
    const lowered = {
      ...japanese,
      cells: [{ ...firstCell, bounds: { x: 0, y: 200, width: 2500, height: 1486 } }],
    };
    const untitled = await drawMenu(lowered);
    expect((await drawMenu({ ...lowered, title: "みどり区" })).equals(untitled)).toBe(false);
    await expect(drawMenu({ ...japanese, title: "みどり区" })).rejects.toThrow(/"みどり区".*does not fit/);
  });

  // Packing the PNG on the main thread keeps it busy for more than half of the time.
  it("is drawn the same in a process of its own, which goes on after one that cannot be drawn", async () => {
    const drawing = startDrawing();
    await expect(drawing.draw(oneCell("ဗမာ", "my"))).rejects.toThrow(/No installed font/);
    expect((await drawing.draw(japanese)).equals(await drawMenu(japanese))).toBe(true);
    drawing.end();
  });

  it("is not handed out when it is over a megabyte", () => {
    expect(() => checkPng(Buffer.alloc(1_000_001))).toThrow("1000001 bytes");
    expect(() => checkPng(Buffer.alloc(1_000_000))).not.toThrow();
  });
});

describe("a menu that comes as data", () => {
  const withCell = (change: object): Menu => ({ ...japanese, cells: [{ ...firstCell, ...change }] });

  it("is refused with the names of the icons when it asks for an unknown one", async () => {
    await expect(drawMenu(withCell({ icon: "toString" as IconName }))).rejects.toThrow(
      /no icon "toString"; there are categories, settings, /,
    );
  });

  it("is refused when a cell reaches out of the image", async () => {
    const bounds = { x: 2000, y: 0, width: 501, height: 843 };
    await expect(drawMenu(withCell({ bounds }))).rejects.toThrow('The cell "分野をえらぶ" reaches out');
  });

  it("is refused when a label is empty", async () => {
    await expect(drawMenu(withCell({ label: " " }))).rejects.toThrow("There is no text to draw.");
  });
});
