import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { type messagingApi, type webhook } from "@line/bot-sdk";
import { type Simulator, startSimulator } from "../../../src/simulator/index.ts";

type Message = messagingApi.Message;

/** What the bot answers to an event; nothing if it returns nothing. */
export type Answers = (event: webhook.Event) => Message[] | undefined;

export interface Stage {
  simulator: Simulator;
  /** Calls LINE's API as the bot. */
  call(path: string, body: unknown): Promise<Response>;
  push(to: string, ...messages: Message[]): Promise<void>;
  close(): Promise<void>;
}

/** A simulator, and a bot of a few lines that talks to it. */
export async function setStage(answer: Answers): Promise<Stage> {
  let simulator: Simulator | undefined;
  const call = async (path: string, body: unknown): Promise<Response> => {
    const { url, platform } = simulator ?? raise();
    return await fetch(`${url}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${platform.channel.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
  };
  const bot = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.end();
      const { events } = JSON.parse(Buffer.concat(chunks).toString()) as webhook.CallbackRequest;
      for (const event of events) {
        const messages = answer(event);
        if (messages === undefined || !("replyToken" in event)) continue;
        void call("/v2/bot/message/reply", { replyToken: event.replyToken, messages });
      }
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, "127.0.0.1", resolve));
  const { port } = bot.address() as AddressInfo;
  simulator = await startSimulator({
    webhook: `http://127.0.0.1:${port}/`,
    startAt: Date.UTC(2026, 10, 20, 0, 41),
  });
  const started = simulator;
  return {
    simulator: started,
    call,
    push: async (to, ...messages) => {
      const answered = await call("/v2/bot/message/push", { to, messages });
      if (!answered.ok) throw new Error(await answered.text());
    },
    close: async () => {
      await started.close();
      bot.closeAllConnections();
      await new Promise((resolve) => bot.close(resolve));
    },
  };
}

function raise(): never {
  throw new Error("The bot was called before the simulator had started.");
}
