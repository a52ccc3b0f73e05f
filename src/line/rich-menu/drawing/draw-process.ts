import { drawMenu } from "./draw-menu.ts";
import { openFonts } from "./fonts.ts";
import type { Menu } from "./menu.ts";

// Runs in a process of its own (see draw-apart.ts): draws each menu it is sent and answers with the PNG or with why not.

const fonts = openFonts();

process.on("message", (menu: Menu) => {
  drawMenu(menu, fonts).then(
    (png) => process.send?.({ png }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
