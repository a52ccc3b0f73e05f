import type { Request } from "express";

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "Mac"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];

/** What people call their browser: `Firefox (Windows)`. Nothing else of the header is kept. */
export function browserNameOf(request: Request): string {
  const agent = request.headers["user-agent"] ?? "";
  const find = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = find(browsers) ?? "?";
  const system = find(systems);
  return system === undefined ? browser : `${browser} (${system})`;
}
