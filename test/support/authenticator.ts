import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A passkey made of software: ES256, attestation "none". */
export interface Authenticator {
  /** Answers the question of a registration, given as JSON, as a browser at this address would. */
  create(options: string, origin?: string): string;
  /** Answers the question of a sign-in. */
  get(options: string, origin?: string): string;
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer =>
  Buffer.concat([
    value.length < 24
      ? Buffer.from([0x40 + value.length])
      : value.length < 256
        ? Buffer.from([0x58, value.length])
        : Buffer.from([0x59, value.length >> 8, value.length % 256]),
    value,
  ]);

export function createAuthenticator(usualOrigin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  let counter = 0;

  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const coseKey = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, "base64url")),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, "base64url")),
  ]);

  function authenticatorData(rpId: string, attested: Buffer): Buffer {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    // Somebody was there (1); a key follows (64).
    const flags = Buffer.from([attested.length > 0 ? 0x41 : 0x01]);
    return Buffer.concat([sha256(rpId), flags, count, attested]);
  }
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const answer = (response: Record<string, string>) =>
    JSON.stringify({
      id: id.toString("base64url"),
      rawId: id.toString("base64url"),
      type: "public-key",
      clientExtensionResults: {},
      response,
    });

  return {
    create: (options, origin = usualOrigin) => {
      const { challenge, rp } = JSON.parse(options) as { challenge: string; rp: { id: string } };
      const length = Buffer.from([0, id.length]);
      const authData = authenticatorData(rp.id, Buffer.concat([Buffer.alloc(16), length, id, coseKey]));
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text("fmt"),
        text("none"),
        text("attStmt"),
        Buffer.from([0xa0]),
        text("authData"),
        bytes(authData),
      ]);
      return answer({
        clientDataJSON: clientData("webauthn.create", challenge, origin).toString("base64url"),
        attestationObject: attestation.toString("base64url"),
      });
    },
    get: (options, origin = usualOrigin) => {
      const { challenge, rpId } = JSON.parse(options) as { challenge: string; rpId: string };
      const data = clientData("webauthn.get", challenge, origin);
      const authData = authenticatorData(rpId, Buffer.alloc(0));
      const signature = sign("sha256", Buffer.concat([authData, sha256(data)]), privateKey);
      return answer({
        clientDataJSON: data.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
      });
    },
  };
}

/** The question that stands in a page for the browser. */
export function passkeyOptionsIn(html: string): string {
  const found = /data-options="([^"]*)"/.exec(html)?.[1];
  if (found === undefined) throw new Error("The page asks for no passkey.");
  return found.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
