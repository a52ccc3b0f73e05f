import { measures } from "./cell-layout.ts";
import { type Fonts, openFonts } from "./fonts.ts";
import { type SetTitle, menuSvg } from "./menu-svg.ts";
import { type Menu, checkMenu, checkPng } from "./menu.ts";
import { renderPng } from "./render-png.ts";
import { labelWeight, setLabels } from "./set-labels.ts";
import { textToPath } from "./text-to-path.ts";

/**
 * A rich menu's image as PNG; the same menu gives the same bytes. Throws, saying what to change, when LINE would
 * refuse the image (LINE fact sheet section 9), a label does not fit, a character has no glyph, or a colour is
 * too pale to read. To draw several menus, share `openFonts()` among them.
 */
export async function drawMenu(menu: Menu, fonts: Fonts = openFonts()): Promise<Buffer> {
  checkMenu(menu);
  const cells = await setLabels(fonts, menu);
  const png = renderPng(menuSvg(menu, cells, await setTitle(fonts, menu)));
  checkPng(png);
  return png;
}

async function setTitle(fonts: Fonts, menu: Menu): Promise<SetTitle | null> {
  if (menu.title === undefined) return null;
  const unit = menu.width / 2500;
  const margin = (measures.gutter + measures.padding.x) * unit;
  const strip = Math.min(menu.height, ...menu.cells.map(({ bounds }) => bounds.y));
  const text = await textToPath(fonts, menu.title, {
    language: menu.language,
    weight: labelWeight,
    size: { min: measures.title.min * unit, max: measures.title.max * unit },
    maxWidth: menu.width - 2 * margin,
    maxHeight: strip,
    maxLines: 1,
    align: "start",
  });
  return { text, x: margin, y: (strip - text.height) / 2 };
}
