import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { answerMessages } from "./processes.ts";

// The local LINE in a process of its own.

let line: Simulator;

/** Accepted requests whose message does not begin with these words. */
function others(than: string) {
  return line.platform.ledger
    .batches()
    .filter(({ messages }) => !String(Object(messages[0])["altText"]).startsWith(than));
}

answerMessages(async (question) => {
  if ("start" in question) {
    line = await startSimulator({
      rateLimitFactor: Number((question["start"] as Record<string, unknown>)["factor"] ?? 1),
    });
    return null;
  }
  const { platform } = line;
  switch (question["do"]) {
    case "about":
      return { url: line.url, secret: platform.channel.secret, token: platform.channel.accessToken };
    case "addRange":
      return platform.addUserRange({ from: String(question["from"]), count: Number(question["count"]) });
    case "forget":
      return platform.forget();
    case "multicasts": {
      const requests = platform.requests("multicast");
      const times = requests.map((request) => request.at);
      const summary = platform.ledger.summary();
      return {
        requests: requests.length,
        refused: requests.filter((request) => request.status === 429).length,
        first: Math.min(...times),
        last: Math.max(...times),
        copies: summary.copies,
        users: summary.users,
        doubled: summary.doubled.length,
      };
    }
    case "others":
      return others(String(question["than"])).length;
    case "otherAt":
      return others(String(question["than"]))[Number(question["index"])]?.at ?? null;
    default:
      throw new Error(`unknown question ${String(question["do"])}`);
  }
});
