import { drawColumns, drawLines, drawPairs } from "./over-time.ts";
import { drawBars, drawSmall } from "./side-by-side.ts";

export { drawBars, drawColumns, drawLines, drawPairs, drawSmall };

/** Draws one of each, so that the first person to look does not wait for code that never ran (20 ms). */
export async function warmUp(): Promise<void> {
  const words = { label: "", number: String };
  const points = [
    { at: "a", value: 1 },
    { at: "b", value: 2 },
  ];
  await drawLines(words, [{ name: "", kind: "line-1", points }], String);
  await drawColumns(words, points, String);
  await drawPairs(words, [{ at: "a", up: 1, down: 1 }], String);
  await drawBars(words, [{ name: "a", value: 1 }]);
  await drawSmall(words, [{ name: "a", points }]);
}
