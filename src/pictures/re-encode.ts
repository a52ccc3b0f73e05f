import sharp from "sharp";

// Pictures come seldom and differ: what the library would remember is memory for nothing.
sharp.cache(false);

/** What LINE's hero shows at most, and what a phone on a slow line should wait for. */
const widest = 1040;
const tallest = 1560;
const mostBytes = 1_000_000;
/** A picture that unfolds to more than this is refused: no camera of today takes it, and it would fill the memory. */
const mostPixels = 50_000_000;

export type ReEncoded = { jpeg: Buffer } | { refused: "not_a_picture" | "too_many_pixels" };

let last: Promise<unknown> = Promise.resolve();

/**
 * Makes a JPEG of at most 1040 pixels' width and 1 MB: upright, with nothing of the file but what is seen. The work is
 * done off the main thread, one picture at a time.
 */
export function reEncode(file: Buffer): Promise<ReEncoded> {
  const turn = last.then(() => encode(file));
  last = turn;
  return turn;
}

async function encode(file: Buffer): Promise<ReEncoded> {
  if (!looksLikePicture(file)) return { refused: "not_a_picture" };
  try {
    const { width, height } = await sharp(file, { limitInputPixels: false }).metadata();
    if (width * height > mostPixels) return { refused: "too_many_pixels" };
    for (const quality of [84, 70, 50]) {
      const jpeg = await sharp(file, { limitInputPixels: mostPixels, failOn: "error" })
        .rotate()
        .resize({ width: widest, height: tallest, fit: "inside", withoutEnlargement: true })
        .flatten({ background: "#ffffff" })
        .toColourspace("srgb")
        .jpeg({ quality, progressive: true })
        .toBuffer();
      if (jpeg.length <= mostBytes || quality === 50) return { jpeg };
    }
  } catch {
    // Cut off, or made to look like a picture.
  }
  return { refused: "not_a_picture" };
}

/** JPEG, PNG or WebP by its first bytes: nothing else is handed to a decoder, whatever the file is called. */
function looksLikePicture(file: Buffer): boolean {
  const begins = (bytes: string, at = 0) =>
    file.subarray(at, at + bytes.length / 2).toString("hex") === bytes;
  const jpeg = begins("ffd8ff");
  const png = begins("89504e470d0a1a0a");
  const webp = begins("52494646") && begins("57454250", 8);
  return jpeg || png || webp;
}
