import { Secret, TOTP } from "otpauth";

const stepMs = 30_000;

/** A new secret for an authenticator app: 160 bits, base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the QR code says to the app. */
export function totpAddress(secret: string, issuer: string, account: string): string {
  return new TOTP({ issuer, label: account, secret }).toString();
}

/**
 * Which 30 seconds a code belongs to, counted from 1970: now, the ones before or the ones after, since clocks differ.
 * Undefined when it is none of these. The caller makes sure that no step is used twice.
 */
export function totpStepOf(secret: string, code: string, now: number): number | undefined {
  const digits = code.normalize("NFKC").replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(digits)) return undefined;
  const delta = TOTP.validate({
    token: digits,
    secret: Secret.fromBase32(secret),
    timestamp: now,
    window: 1,
  });
  return delta === null ? undefined : Math.floor(now / stepMs) + delta;
}
