/**
 * How something looks, without inline styles: pages live under a Content-Security-Policy that forbids them.
 * Keyword values become classes that `preview.css` knows; free values become declarations in `data-css`, which
 * `preview.js` applies through the CSSOM. Whoever writes `css` must have read the value strictly (css-values.ts).
 */
export type Trait = string | { readonly css: string } | false | undefined;

export interface Look {
  class: string;
  "data-css"?: string;
}

export function look(...traits: Trait[]): Look {
  const classes: string[] = [];
  const declarations: string[] = [];
  for (const trait of traits) {
    if (typeof trait === "object") declarations.push(trait.css);
    else if (typeof trait === "string") classes.push(trait);
  }
  const css = declarations.length === 0 ? {} : { "data-css": declarations.join(";") };
  return { class: classes.join(" "), ...css };
}
