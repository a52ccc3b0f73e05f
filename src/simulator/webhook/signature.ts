import { createHmac } from "node:crypto";
import type { Switches } from "../switches.ts";

/** base64(HMAC-SHA256(channel secret as text, raw body bytes)) (LINE fact sheet section 3). */
export function sign(body: Buffer, channelSecret: string): string {
  return createHmac("sha256", channelSecret).update(body).digest("base64");
}

const escaped: Record<Switches["webhookEscapes"], RegExp | undefined> = {
  none: undefined,
  emoji: /[\ud800-\udfff]/g,
  nonAscii: /[^\x20-\x7e]/g,
};

/**
 * JSON as LINE writes it: with `\uXXXX` where the switch says so. A bot that signs a re-serialised body instead of the
 * bytes it received gets another signature, here as there.
 */
export function toWireBytes(value: unknown, escapes: Switches["webhookEscapes"]): Buffer {
  const text = JSON.stringify(value);
  const pattern = escaped[escapes];
  if (pattern === undefined) return Buffer.from(text);
  const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return Buffer.from(text.replace(pattern, unit));
}
