export interface ImageInfo {
  contentType: "image/png" | "image/jpeg";
  width: number;
  height: number;
}

/** Reads kind and size from the first bytes of a PNG or JPEG; undefined for anything else. */
export function readImage(bytes: Buffer): ImageInfo | undefined {
  return readPng(bytes) ?? readJpeg(bytes);
}

const pngStart = Buffer.from("89504e470d0a1a0a", "hex");

function readPng(bytes: Buffer): ImageInfo | undefined {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(pngStart)) return undefined;
  return { contentType: "image/png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Frame headers (SOF0 to SOF15) carry the size; C4, C8 and CC in that row are something else. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function readJpeg(bytes: Buffer): ImageInfo | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker))
      return {
        contentType: "image/jpeg",
        height: bytes.readUInt16BE(at + 5),
        width: bytes.readUInt16BE(at + 7),
      };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
