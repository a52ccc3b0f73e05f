import type { Style } from "./style.ts";

export interface Complaint {
  message: string;
  property: string;
}

/** A place in a JSON document: its value, and how to complain about it in LINE's words. */
export interface Place {
  readonly value: unknown;
  readonly style: Style;
  /** The place of a property or an element. */
  at(key: string | number): Place;
  /** LINE refuses the message. */
  complain(message: string): void;
  /** A doubt: LINE may take the message, but nobody should send it. */
  remark(message: string): void;
}

/** What was found wrong, by degree. */
export interface Findings {
  complaints: Complaint[];
  remarks: Complaint[];
}

export function noFindings(): Findings {
  return { complaints: [], remarks: [] };
}

/** A tree deeper than this is hostile, not a message. */
export const deepest = 64;

export function createPlace(value: unknown, style: Style, findings: Findings, path = "", depth = 0): Place {
  return {
    value,
    style,
    at: (key) => {
      const child = depth < deepest ? childOf(value, key) : undefined;
      return createPlace(child, style, findings, style.join(path, key), depth + 1);
    },
    complain: (message) => findings.complaints.push({ message, property: path }),
    remark: (message) => findings.remarks.push({ message, property: path }),
  };
}

function childOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Absent and null are the same to LINE. */
export function isAbsent(place: Place): boolean {
  return place.value === undefined || place.value === null;
}
