import { messagingApi } from "@line/bot-sdk";
import { syntheticUserId } from "../../seeds/residents.ts";

const perSecond = 200;

/**
 * What P1 is measured against: the SDK sends the same batches at LINE's own limit, from a list in memory, storing
 * nothing, waiting for nothing, and losing everything if it is killed.
 */
export async function sendBare(url: string, token: string, residents: number): Promise<void> {
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: url });
  const messages: messagingApi.Message[] = [{ type: "text", text: "本文 ".repeat(100) }];
  const batches = Math.ceil(residents / 500);
  const began = performance.now();
  const underWay = new Set<Promise<unknown>>();
  for (let batch = 0; batch < batches; batch++) {
    const due = began + (batch * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const to = Array.from({ length: Math.min(500, residents - batch * 500) }, (_, index) =>
      syntheticUserId(batch * 500 + index + 1),
    );
    const request = client
      .multicast({ to, messages }, crypto.randomUUID())
      .finally(() => underWay.delete(request));
    underWay.add(request);
  }
  await Promise.all(underWay);
}
