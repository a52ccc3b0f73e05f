import type { AddressInfo } from "node:net";
import { type Server, createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import express, { type ErrorRequestHandler, type Express } from "express";
import { controlApi } from "./control/control-api.ts";
import { answers } from "./http/answers.ts";
import { lineApi } from "./http/line-api.ts";
import { assignRequestId, recordOf } from "./http/request-ids.ts";
import { agencyRoutes } from "./jma/agency-routes.ts";
import { captivePortalPath } from "./http/write-answer.ts";
import { phonesPages } from "./phones/index.ts";
import type { Platform } from "./platform.ts";
import type { State } from "./state.ts";

/** LINE's own limit for a request, taken at the smaller reading of 2 MB. */
const largestBody = 2_000_000;

const linePaths = ["/v2", "/oauth2"];

/** One app for both LINE hosts, the control endpoints, and pages. */
export function createApp(state: State, platform: Platform, refuseFor: (ms: number) => void): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag");

  app.get("/", (_request, response) => response.redirect("/phones"));
  app.get(captivePortalPath, (_request, response) => {
    response.type("html").send("<!doctype html><title>Wi-Fi</title><p>Please log in to this network.</p>");
  });
  app.use("/_simulator", controlApi(platform, refuseFor));
  // Pages are mounted here, before LINE's API answers "Not found" to everything else.
  app.use(
    "/phones",
    phonesPages(platform, (messageId) => state.activity.contents.get(messageId)),
  );

  app.use("/jma/developer/xml", agencyRoutes(state.disasters.agency, state.clock));

  app.use(assignRequestId(state));
  app.use(linePaths, express.raw({ type: () => true, limit: largestBody }));
  app.use(lineApi(state));
  app.use((request, response) => {
    // A browser asking for /favicon.ico is not the bot's mistake.
    if (linePaths.some((path) => request.path.startsWith(path)))
      state.mistakes.note("unknownEndpoint", recordOf(response).id, `${request.method} ${request.path}`);
    response.status(404).json(answers.notFound().json);
  });
  app.use(answerErrors);
  return app;
}

/** Whatever arrives, the platform answers: too large 413, unreadable 400, and its own faults 500. */
const answerErrors: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = statusOf(error);
  const answer =
    status === 413
      ? answers.tooLarge()
      : status < 500
        ? answers.badRequest("The request could not be read")
        : answers.internalError();
  if (status >= 500) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  response.status(answer.status).json(answer.json);
};

function statusOf(error: unknown): number {
  const status = typeof error === "object" && error !== null && "status" in error ? error.status : 500;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}

export interface Listener {
  port: number;
  /** Nobody answers at the address any more: connections are refused. */
  stop(): Promise<void>;
  /** Listens again at the same port. */
  restart(): Promise<void>;
  /** The same, for that many real milliseconds. */
  stopFor(ms: number): Promise<void>;
  /** Stops for good. */
  close(): Promise<void>;
}

export async function listen(app: Express, host: string, port: number): Promise<Listener> {
  let server = await open(app, host, port);
  const { port: actual } = server.address() as AddressInfo;
  const closed = new AbortController();
  const stop = () => shut(server);
  const restart = async () => {
    if (!closed.signal.aborted && !server.listening) server = await open(app, host, actual);
  };
  return {
    port: actual,
    stop,
    restart,
    stopFor: async (ms) => {
      await stop();
      await sleep(ms, undefined, { ref: false });
      await restart();
    },
    close: async () => {
      closed.abort();
      await stop();
    },
  };
}

function open(app: Express, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
