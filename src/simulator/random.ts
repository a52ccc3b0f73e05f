/**
 * Everything the platform draws by chance or invents as an identifier, repeatable from one seed: the same seed and the
 * same calls give the same user ids, request ids and faults.
 */
export interface Random {
  /** At least 0, less than 1. */
  fraction(): number;
  /** That many lower-case hexadecimal digits. */
  hex(digits: number): string;
  uuid(): string;
  /** A ULID (26 characters) for that time, as LINE uses for `webhookEventId`. */
  ulid(epochMs: number): string;
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function createRandom(seed: number): Random {
  const draw = sfc32(seed);
  const hex = (digits: number) => {
    let text = "";
    while (text.length < digits) text += draw().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  };
  return {
    fraction: () => draw() / 4_294_967_296,
    hex,
    uuid: () => {
      const variant = "89ab".charAt(draw() & 3);
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
    },
    ulid: (epochMs) => {
      let time = "";
      for (let rest = epochMs; time.length < 10; rest = Math.floor(rest / 32))
        time = crockford.charAt(rest % 32) + time;
      const chance = Array.from({ length: 16 }, () => crockford.charAt(draw() & 31));
      return time + chance.join("");
    },
  };
}

/** "Small fast counting" generator: 32 random bits a call, period of at least 2^64, good enough for a test tool. */
function sfc32(seed: number): () => number {
  let a = seed >>> 0;
  let b = Math.floor(seed / 4_294_967_296) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const draw = () => {
    const result = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + result) >>> 0;
    return result;
  };
  for (let round = 0; round < 15; round += 1) draw();
  return draw;
}
