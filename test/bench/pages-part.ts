import { monitorEventLoopDelay } from "node:perf_hooks";
import { readConfig } from "../../src/config.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { startKairan } from "../../src/start.ts";
import { answerMessages } from "./processes.ts";

// Kairan with its staff pages, in a process of its own: the one that asks for pages must not slow it down.

const delay = monitorEventLoopDelay({ resolution: 1 });

answerMessages(async ({ start, ask }) => {
  if (ask === "reset") return delay.reset();
  if (ask === "delay") return { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 };
  const { environment, staffId } = start as { environment: Record<string, string>; staffId: string };
  const { url } = await startKairan(readConfig(environment), {
    log: createLogger("silent"),
    publishMenus: false,
    demoLogins: () => [{ staffId, name: "bench", role: "approver" }],
  });
  delay.enable();
  return { url };
});
