import { createHmac } from "node:crypto";
import { createConnection } from "node:net";

export interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers other than 200. */
  refused: number;
}

/**
 * Posts signed webhooks over `connections` at once, each waiting for its answer, as fast as they are answered.
 * Requests are made beforehand, so that what is measured is the answering.
 */
export async function postWebhooks(
  url: string,
  secret: string,
  requests: number,
  connections: number,
  event: (index: number) => object,
): Promise<Load> {
  const { hostname, port } = new URL(url);
  const ready = Array.from({ length: requests }, (_, index) => request(hostname, secret, event(index)));
  const times: number[] = [];
  let next = 0;
  let refused = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, () => converse(hostname, Number(port))));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: requests / seconds, p50: at(times, 0.5), p99: at(times, 0.99), refused };

  function converse(host: string, portNumber: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host, port: portNumber, noDelay: true });
      let sentAt = 0;
      let answer = "";
      const send = (): void => {
        const body = ready[next++];
        if (body === undefined) {
          socket.end();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(body);
      };
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("data", (data: Buffer) => {
        answer += data.toString("latin1");
        if (!answer.includes("\r\n\r\n")) return;
        times.push(performance.now() - sentAt);
        if (!answer.startsWith("HTTP/1.1 200")) refused += 1;
        answer = "";
        send();
      });
    });
  }
}

function request(host: string, secret: string, event: object): Buffer {
  const body = Buffer.from(
    JSON.stringify({ destination: "U00000000000000000000000000000b07", events: [event] }),
  );
  const signature = createHmac("sha256", secret).update(body).digest("base64");
  const head = `POST /line/webhook HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json; charset=utf-8\r\nx-line-signature: ${signature}\r\nuser-agent: LineBotWebhook/2.0\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
