import { type DrawingProcess, startDrawing } from "../../src/line/rich-menu/drawing/draw-apart.ts";

const drawn = new Map<string, Promise<Buffer>>();

/** Draws as the program does, but each picture once for all tests of a file: it takes a good half of a second. */
export function drawOnce(): DrawingProcess {
  let real: DrawingProcess | undefined;
  return {
    draw: (menu) => {
      const key = JSON.stringify(menu);
      const known = drawn.get(key);
      if (known !== undefined) return known;
      real ??= startDrawing();
      const png = real.draw(menu);
      drawn.set(key, png);
      return png;
    },
    end: () => real?.end(),
  };
}
