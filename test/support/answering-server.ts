import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** Stands where LINE stands and answers whatever a test says, also what LINE would never say. */
export interface AnsweringServer {
  url: string;
  /** Every request, whole, in order. */
  asked: Asked[];
  answer: (request: Asked, response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function startAnsweringServer(): Promise<AnsweringServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const asked = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      answering.asked.push(asked);
      answering.answer(asked, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const answering: AnsweringServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    answer: (_, response) => void response.writeHead(200).end("{}"),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return answering;
}

/** What `createLine` needs to know to talk to it with a long-lived token. */
export function lineConfig(url: string) {
  return {
    channelSecret: "secret",
    credentials: { accessToken: "long-lived" },
    apiBaseUrl: url,
    dataApiBaseUrl: url,
    multicastsPerSecond: 200,
  };
}
