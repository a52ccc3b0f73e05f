import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** 256 random bits for a cookie or a link; only its {@link hashOf} is stored. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 in hex: enough for secrets of 256 random bits, never for what people think up. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export interface Seal {
  seal(text: string): string;
  /** Undefined when it was sealed with another secret, or touched. */
  open(sealed: string): string | undefined;
  /** A code that only we can make for this text. */
  sign(text: string): string;
}

/** Keeps what we must be able to read again, so that a copy of the database alone lets nobody in (AES-256-GCM). */
export function createSeal(authSecret: string): Seal {
  const keyFor = (use: string) => Buffer.from(hkdfSync("sha256", authSecret, "", `kairan ${use}`, 32));
  const sealing = keyFor("seal");
  const signing = keyFor("sign");
  return {
    seal: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      const inside = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), inside]).toString("base64url");
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < 28) return undefined;
      try {
        const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
    sign: (text) => createHmac("sha256", signing).update(text).digest("base64url"),
  };
}
