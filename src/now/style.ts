import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { headColours } from "../messages/alert-head.ts";
import { projectPath } from "../shared/project-root.ts";

const levels = [1, 2, 3, 4, 5].map((level) => ({
  name: `level${level}`,
  ...headColours({ level, tone: "notice", mode: "live", kind: "alert" }),
}));
const tones = (["danger", "warning", "notice", "safe"] as const).map((tone) => ({
  name: tone,
  ...headColours({ tone, mode: "live", kind: "alert" }),
}));

const rules = [...levels, ...tones].map(
  ({ name, ground, ink }) => `.${name}>.head{background:${ground};color:${ink}}`,
);

/** The page's whole look, with the colours of the levels; it stands in the page, so that there is no second request. */
export const style = [
  readFileSync(projectPath("src", "now", "now.css"), "utf8").replaceAll(/\/\*.*?\*\/|\s*\n\s*/gs, ""),
  ...rules,
].join("");

/** Nothing but this style: whatever an alert says, nothing of it is run, loaded or sent. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
