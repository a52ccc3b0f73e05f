import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A small identity provider (OpenID Connect, RS256). Whoever comes is signed in as `claims` says, without being asked. */
export interface IdentityProvider {
  issuer: string;
  /** What the next ID token says besides what the protocol needs. */
  claims: Record<string, unknown>;
  /** When the person was last asked, in milliseconds; undefined: just now. */
  askedAt: number | undefined;
  /** What came with the last way to the provider. */
  asked: URLSearchParams;
  /** Goes where a browser would go; returns the address it is sent back to. */
  visit(address: string): Promise<URL>;
  end(): Promise<void>;
}

export const client = { id: "kairan", secret: "a-client-secret" };

export async function startIdentityProvider(now: () => number = Date.now): Promise<IdentityProvider> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, URLSearchParams>();
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  function idToken(asked: URLSearchParams): string {
    const at = Math.floor(Date.now() / 1000);
    const payload = {
      iss: provider.issuer,
      aud: client.id,
      sub: "person-1",
      iat: at,
      exp: at + 300,
      nonce: asked.get("nonce"),
      auth_time: Math.floor((provider.askedAt ?? now()) / 1000),
      ...provider.claims,
    };
    const signed = `${base64({ alg: "RS256", kid: "1", typ: "JWT" })}.${base64(payload)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
  }

  function tokens(body: URLSearchParams): object | undefined {
    const asked = codes.get(body.get("code") ?? "");
    codes.delete(body.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    const isOurs =
      asked !== undefined &&
      body.get("client_id") === client.id &&
      body.get("client_secret") === client.secret &&
      body.get("redirect_uri") === asked.get("redirect_uri") &&
      asked.get("code_challenge_method") === "S256" &&
      asked.get("code_challenge") === challenge;
    return isOurs
      ? { access_token: "token", token_type: "Bearer", expires_in: 300, id_token: idToken(asked) }
      : undefined;
  }

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", provider.issuer);
    const json = (value: object, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (url.pathname === "/.well-known/openid-configuration")
      json({
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        jwks_uri: `${provider.issuer}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    else if (url.pathname === "/keys")
      json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] });
    else if (url.pathname === "/authorize") {
      provider.asked = url.searchParams;
      const code = randomBytes(16).toString("hex");
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", url.searchParams.get("state") ?? "");
      response.writeHead(302, { location: back.href }).end();
    } else {
      let body = "";
      request.on("data", (data: Buffer) => (body += data.toString()));
      request.on("end", () => {
        const given = tokens(new URLSearchParams(body));
        json(given ?? { error: "invalid_grant" }, given === undefined ? 400 : 200);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const provider: IdentityProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    claims: {},
    askedAt: undefined,
    asked: new URLSearchParams(),
    visit: async (address) => {
      const { headers } = await fetch(address, { redirect: "manual" });
      return new URL(headers.get("location") ?? "");
    },
    end: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return provider;
}
