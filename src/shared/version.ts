import { readFileSync } from "node:fs";
import { projectPath } from "./project-root.ts";

/** The version of `package.json`. */
export const version: string = (
  JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { version: string }
).version;
