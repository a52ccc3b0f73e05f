import { monitorEventLoopDelay } from "node:perf_hooks";
import { readConfig } from "../../src/config.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { type Kairan, startKairan } from "../../src/start.ts";
import { answerMessages } from "./processes.ts";

// Kairan in a process of its own, with a watch on its event loop.

let kairan: Kairan;
const delay = monitorEventLoopDelay({ resolution: 1 });

answerMessages(async (question) => {
  if ("start" in question) {
    const { environment, localesFolder } = question["start"] as {
      environment: Record<string, string>;
      localesFolder?: string;
    };
    kairan = await startKairan(readConfig(environment), {
      log: createLogger("error"),
      publishMenus: false,
      ...(localesFolder === undefined ? {} : { localesFolder }),
    });
    return null;
  }
  switch (question["do"]) {
    case "about":
      return { url: kairan.url };
    case "watchLoop":
      delay.reset();
      delay.enable();
      return null;
    case "loop":
      delay.disable();
      return { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
    default:
      throw new Error(`unknown question ${String(question["do"])}`);
  }
});
