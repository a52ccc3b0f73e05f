import { rmSync } from "node:fs";
import { join } from "node:path";
import { syntheticUserId } from "../../seeds/residents.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type LineAbout, environmentFor, startPart, startedAsUsual } from "./processes.ts";
import type { Row } from "./table.ts";
import { type Load, postWebhooks } from "./webhook-load.ts";

const connections = 64;
const residents = 2_000;
const rounds = 3;

/** P3: stored durably before the answer, against the SDK's sample that stores nothing; the two in turn. */
export async function benchWebhooks(requests: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ["unfollow", "message"] as const) {
    const ours: Load[] = [];
    const theirs: Load[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await measure("sample", kind, requests));
      ours.push(await measure("kairan", kind, requests));
    }
    const [kairan, sample] = [median(ours), median(theirs)];
    const what =
      kind === "unfollow"
        ? "webhooks that need no answer in the chat"
        : "webhooks with a text, each answered by a reply (ours is a whole menu)";
    rows.push({
      promise: "P3",
      what: `${what}, ${connections} connections`,
      ours: `${show(kairan)}, each on the disk before its 200`,
      against: `SDK sample, nothing stored: ${show(sample)}`,
      ratio: kairan.perSecond / sample.perSecond,
      wanted: "≥ 1.0, p99 < 60 ms",
    });
  }
  return rows;
}

function show({ perSecond, p50, p99 }: Load): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`;
}

function median(loads: Load[]): Load {
  const sorted = [...loads].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}

async function measure(
  which: "kairan" | "sample",
  kind: "unfollow" | "message",
  requests: number,
): Promise<Load> {
  const folder = temporaryFolder();
  const line = await startPart("./line-part.js", { factor: 100 });
  const about = await line.ask<LineAbout>({ do: "about" });
  const { secret } = about;
  await line.ask({ do: "addRange", from: syntheticUserId(1), count: residents });
  const environment = environmentFor(about, `file:${join(folder, "kairan.db")}`);
  const bot =
    which === "kairan"
      ? await startPart("./kairan-part.js", { environment }, startedAsUsual())
      : await startPart("./sdk-sample-part.js", { line: about, replies: kind === "message" });
  const { url } = await bot.ask<{ url: string }>({ do: "about" });
  const event = (index: number) => ({
    type: kind,
    mode: "active",
    timestamp: Date.now(),
    source: { type: "user", userId: syntheticUserId(1 + (index % residents)) },
    webhookEventId: `01${String(index).padStart(24, "0")}`,
    deliveryContext: { isRedelivery: false },
    ...(kind === "message"
      ? {
          replyToken: `token-${index}`,
          message: { id: String(index), type: "text", text: "こんにちは", quoteToken: "q" },
        }
      : {}),
  });
  try {
    // A round to warm up, on ids that the measured one does not use.
    await postWebhooks(url, secret, 2_000, connections, (index) => event(1_000_000 + index));
    const load = await postWebhooks(url, secret, requests, connections, event);
    if (load.refused > 0) throw new Error(`${which}: ${load.refused} webhooks were not answered with 200`);
    return load;
  } finally {
    await bot.end();
    await line.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
