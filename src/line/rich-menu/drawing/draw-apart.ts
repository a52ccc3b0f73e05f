import { type ChildProcess, fork } from "node:child_process";
import { projectPath } from "../../../shared/project-root.ts";
import type { Menu } from "./menu.ts";

export interface DrawingProcess {
  /** The PNG of a menu. Rejects with what is wrong with it. */
  draw(menu: Menu): Promise<Buffer>;
  end(): void;
}

type Answer = { png: Uint8Array } | { error: string };

/**
 * Draws menus in a process that ends when they are done. Fonts and renderer take up to 100 MB that would not come back,
 * and 20 to 100 ms of an event loop that belongs to residents' webhooks. Menus are drawn one at a time.
 */
export function startDrawing(): DrawingProcess {
  const child: ChildProcess = fork(
    projectPath("dist", "src", "line", "rich-menu", "drawing", "draw-process.js"),
    [],
    {
      serialization: "advanced",
      env: {},
    },
  );
  return {
    draw: (menu) =>
      new Promise((resolve, reject) => {
        const ended = (): void => reject(new Error("The drawing process ended without an image."));
        child.once("exit", ended);
        child.once("error", reject);
        child.once("message", (answer: Answer) => {
          child.off("exit", ended);
          child.off("error", reject);
          if ("png" in answer) resolve(Buffer.from(answer.png));
          else reject(new Error(answer.error));
        });
        child.send(menu);
      }),
    end: () => {
      child.disconnect();
    },
  };
}
