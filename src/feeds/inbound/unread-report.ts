import { createHash } from "node:crypto";
import type { Reading } from "../../alerts/hazards/hazard.ts";
import { plain } from "../plain.ts";

/**
 * A report that was refused, as far as it is known. The same bytes are the same report, however often a device that knows
 * no better sends them.
 * @param value what stood in it, if it was JSON at all: it may say what it is called
 */
export function unreadReport(
  { bytes, type, value }: { bytes: Buffer; type: "cap" | "json"; value: unknown },
  detail: string,
  now: number,
): Reading {
  return {
    telegram: {
      id: `refused,${createHash("sha256").update(bytes).digest("base64url")}`,
      source: "inbound",
      type,
      status: "unknown",
      infoType: "issue",
      eventId: "",
      serial: "",
      title: nameIn(value) || (type === "cap" ? "CAP 1.2" : "JSON"),
      publisher: "",
      reportedAt: now,
      headline: "",
    },
    hazards: [],
    remarks: [{ code: "unread", why: "unreadReport", detail: plain(detail, 300) }],
  };
}

function nameIn(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const own = (key: string): unknown =>
    Object.hasOwn(value, key) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
  const name = ["title", "event"].map(own).find((each) => typeof each === "string");
  return plain(name ?? "", 200);
}
