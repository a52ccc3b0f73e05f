import type { Platform } from "../platform.ts";

/** One line for each API request and each webhook, as they end. */
export function narrate(platform: Platform, print: (line: string) => void): void {
  platform.subscribe((change) => {
    if (change.of === "request") {
      const { method, path, status, durationMs = 0, fault, recipients } = change.request;
      const reached = recipients === undefined ? "" : ` to ${recipients}`;
      const struck = fault === undefined ? "" : ` (${fault})`;
      print(`→ ${method} ${path}${reached}: ${status ?? "cut"}${struck} ${durationMs.toFixed(1)} ms`);
    }
    if (change.of === "webhook") {
      const { events, status, reason, durationMs } = change.delivery;
      const kinds = events.map((event) => event.type).join(", ") || "ping";
      print(`← webhook ${kinds}: ${reason ?? status} ${durationMs.toFixed(1)} ms`);
    }
  });
}
