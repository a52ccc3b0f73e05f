import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * @param port 0 for any that is free
 * @returns the address to call it by, such as `http://127.0.0.1:3000`
 * @throws what Node throws when the port is taken or not allowed
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const { port: given } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${given}`;
}

/** Takes no new connection, and is over when the answers under way are given. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
