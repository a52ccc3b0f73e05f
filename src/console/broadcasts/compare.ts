/** A stretch of text: in both, only in the old one, or only in the new one. */
export interface Stretch {
  kind: "same" | "gone" | "new";
  text: string;
}

/** Beyond this the middle counts as changed as a whole: comparing takes lines × lines. */
const mostCompared = 40_000;

/** What became of a text, line by line, and within a changed line what its middle became. Joined, `same` and `new` are the new text. */
export function compareTexts(before: string, after: string): Stretch[] {
  if (before === after) return before === "" ? [] : [{ kind: "same", text: after }];
  const [old, now] = [lines(before), lines(after)];
  const head = sharedHead(old, now);
  const tail = sharedHead(old.slice(head).reverse(), now.slice(head).reverse());
  const middle = compareLines(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return joined([
    { kind: "same", text: now.slice(0, head).join("") },
    ...middle,
    { kind: "same", text: now.slice(now.length - tail).join("") },
  ]);
}

/** Each line keeps its end. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compareLines(old: string[], now: string[]): Stretch[] {
  if (old.length * now.length > mostCompared) return changed(old.join(""), now.join(""));
  // longest[i][j]: the longest common run of lines of old from i and of now from j.
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: Stretch[] = [];
  let [gone, added] = ["", ""];
  const settle = (): void => {
    found.push(...changed(gone, added));
    [gone, added] = ["", ""];
  };
  for (let i = 0, j = 0; i < old.length || j < now.length;) {
    const [left = "", right = ""] = [old[i], now[j]];
    if (i < old.length && j < now.length && left === right) {
      settle();
      found.push({ kind: "same", text: left });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      gone += left;
      i += 1;
    } else {
      added += right;
      j += 1;
    }
  }
  settle();
  return found;
}

/** What two ends have in common stays; a character of several parts, such as a family, is never cut in two. */
function changed(before: string, after: string): Stretch[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  head = Math.min(characterAt(before, head).start, characterAt(after, head).start);
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  for (const text of [before, after]) tail = text.length - characterAt(text, text.length - tail).end;
  return [
    { kind: "same", text: after.slice(0, head) },
    { kind: "gone", text: before.slice(head, before.length - tail) },
    { kind: "new", text: after.slice(head, after.length - tail) },
    { kind: "same", text: after.slice(after.length - tail) },
  ];
}

const characters = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** Where the character begins and ends that would be cut at an index; the index itself where none would be. */
function characterAt(text: string, index: number): { start: number; end: number } {
  const found = index >= text.length ? undefined : characters.segment(text).containing(index);
  if (found === undefined || found.index === index) return { start: index, end: index };
  return { start: found.index, end: found.index + found.segment.length };
}

function sharedHead(one: string[], other: string[]): number {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
  return shared;
}

function joined(stretches: Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.text === "") continue;
    const last = all.at(-1);
    if (last?.kind === stretch.kind) last.text += stretch.text;
    else all.push({ ...stretch });
  }
  return all;
}
