import { createHmac } from "node:crypto";
import { request } from "node:http";
import type { World } from "./world.ts";

export function signatureOf({ config }: World, body: string | Buffer): string {
  return createHmac("sha256", config.line.channelSecret).update(body).digest("base64");
}

/** Posts bytes to the webhook as LINE would, signed unless told otherwise; returns the status. */
export async function postWebhook(
  world: World,
  body: string | Buffer,
  headers: Record<string, string> = { "x-line-signature": signatureOf(world, body) },
): Promise<number> {
  const response = await fetch(`${world.kairan.url}/line/webhook`, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers,
  });
  return response.status;
}

/** Posts events in the envelope that LINE puts them in. */
export function postEvents(world: World, ...events: unknown[]): Promise<number> {
  return postWebhook(world, JSON.stringify({ destination: `U${"f".repeat(32)}`, events }));
}

let sent = 0;

/** An event as LINE writes it, with an id of its own; `more` says what is different. */
export function eventOf(userId: string, more: Record<string, unknown>): Record<string, unknown> {
  sent += 1;
  return {
    type: "follow",
    mode: "active",
    timestamp: Date.now(),
    source: { type: "user", userId },
    webhookEventId: `01TEST${String(sent).padStart(20, "0")}`,
    deliveryContext: { isRedelivery: false },
    ...more,
  };
}

/** A post whose head promises so many bytes and whose body comes piece by piece. */
export function postSlowly(
  world: World,
  headers: Record<string, string | number>,
  pieces: Buffer[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    const post = request(
      `${world.kairan.url}/line/webhook`,
      { method: "POST", headers, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    post.on("error", reject);
    for (const piece of pieces) post.write(piece);
    post.end();
  });
}
