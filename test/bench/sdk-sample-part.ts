import type { AddressInfo } from "node:net";
import { HTTPFetchError, messagingApi, middleware, type webhook } from "@line/bot-sdk";
import express from "express";
import { type LineAbout, answerMessages } from "./processes.ts";

// What P3 is measured against: the bot of the SDK's own documentation. It stores nothing: an event that was answered
// with 200 and not yet handled is lost with the process.

let url = "";

answerMessages(async (question) => {
  if (!("start" in question)) return { url };
  const { line, replies } = question["start"] as { line: LineAbout; replies: boolean };
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: line.token, baseURL: line.url });
  const app = express();
  app.post("/line/webhook", middleware({ channelSecret: line.secret }), (request, response) => {
    const { events } = request.body as webhook.CallbackRequest;
    response.status(200).end();
    if (!replies) return;
    for (const event of events) {
      if (event.type !== "message" || event.replyToken === undefined) continue;
      client
        .replyMessage({ replyToken: event.replyToken, messages: [{ type: "text", text: "echo" }] })
        .catch((error: unknown) => {
          if (!(error instanceof HTTPFetchError)) throw error;
        });
    }
  });
  await new Promise<void>((resolve) => {
    const server = app.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      resolve();
    });
  });
  return null;
});
