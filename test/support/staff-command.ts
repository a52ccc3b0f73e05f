import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectPath } from "../../src/shared/project-root.ts";

/** What `npm run staff -- …` says when it is run in a folder, and how it ends. */
export async function runStaffCommand(
  words: string[],
  environment: Record<string, string>,
  folder: string,
): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [projectPath("dist/src/staff/command.js"), ...words], {
    env: environment,
    cwd: folder,
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += data.toString()));
  child.stderr.on("data", (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, "exit")) as [number];
  return { code, said };
}

/** The one-time link that it printed. */
export const linkIn = (said: string) => /^ {2}(\S+)$/m.exec(said)?.[1] ?? "";
