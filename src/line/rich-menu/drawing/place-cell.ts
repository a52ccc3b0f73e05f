import type { SetCell } from "./set-labels.ts";

export interface Place {
  /** The centre of the disc. */
  disc: [number, number];
  /** The top left corner of the label's room. */
  label: [number, number];
}

/** Looks at the other cells too, so that what stands alike in a menu stands in line. */
export function placeCell(set: SetCell, all: readonly SetCell[]): Place {
  return set.layout.sideBySide ? placeSideBySide(set, all) : placeStacked(set, all);
}

/**
 * Icons and first lines stand level in all cells of one height. Their common place is midway between what suits
 * the average label and what suits the tallest, as far as the tallest stays inside.
 */
function placeStacked({ layout, label }: SetCell, all: readonly SetCell[]): Place {
  const { card, disc, gap, labelRoom } = layout;
  const alike = all.filter((other) => Math.abs(other.layout.card.height - card.height) < layout.gutter);
  const heights = alike.map((other) => other.label.height);
  const tallest = Math.max(...heights);
  const average = heights.reduce((sum, height) => sum + height, 0) / heights.length;
  const leading = label.height / label.lines - label.size;
  const wished = (card.height - disc - gap - (average + tallest) / 2 + leading) / 2;
  const lowest = layout.padding.y + labelRoom.maxHeight - tallest;
  const top = card.y + Math.min(wished, lowest);
  const left = card.x + layout.padding.x;
  return { disc: [card.x + card.width / 2, top + disc / 2], label: [left, top + disc + gap - leading / 2] };
}

/** Icons of equally wide cells stand in one column, so the widest label decides for all. */
function placeSideBySide({ layout, label }: SetCell, all: readonly SetCell[]): Place {
  const { card, disc, gap } = layout;
  const column = all.filter((other) => Math.abs(other.layout.card.width - card.width) < layout.gutter);
  const widest = Math.max(...column.map((other) => other.label.ink.width));
  const left = card.x + (card.width - disc - gap - widest) / 2;
  const middle = card.y + card.height / 2;
  return { disc: [left + disc / 2, middle], label: [left + disc + gap, middle - label.height / 2] };
}
