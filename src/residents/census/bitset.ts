/** One bit per resident id, in 32-bit words that grow as ids do. */
export interface Bitset {
  set(index: number, on: boolean): void;
  /** Word `n` covers the ids from 32 n to 32 n + 31. */
  words(): Uint32Array;
}

export function createBitset(): Bitset {
  let words = new Uint32Array(64);
  return {
    set(index, on) {
      const word = index >>> 5;
      if (word >= words.length) {
        if (!on) return;
        words = grown(words, word);
      }
      const bit = 1 << (index & 31);
      const before = words[word] ?? 0;
      words[word] = on ? before | bit : before & ~bit;
    },
    words: () => words,
  };
}

function grown(words: Uint32Array<ArrayBuffer>, word: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(word + 1, Math.ceil(words.length * 1.2)));
  larger.set(words);
  return larger;
}

// One tight loop per pair of bitsets: many times faster than one loop that looks into all of them for each word.

export function orInto(target: Uint32Array, source: Uint32Array): void {
  const end = Math.min(target.length, source.length);
  for (let word = 0; word < end; word++) target[word] = (target[word] as number) | (source[word] as number);
}

export function orComplementInto(target: Uint32Array, source: Uint32Array): void {
  for (let word = 0; word < target.length; word++)
    target[word] = (target[word] as number) | ~(source[word] ?? 0);
}

export function andInto(target: Uint32Array, source: Uint32Array): void {
  for (let word = 0; word < target.length; word++)
    target[word] = (target[word] as number) & (source[word] ?? 0);
}

/** How many bits of a word are set. */
export function bitsIn(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
