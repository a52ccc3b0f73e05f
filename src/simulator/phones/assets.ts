import express, { Router } from "express";
import { previewFiles } from "../../preview/index.ts";
import { projectPath } from "../../shared/project-root.ts";

const own = (name: string) => projectPath("src/simulator/phones", name);
const library = (path: string) => projectPath("node_modules", path);

/** Single files, by the name pages link them under. Nothing comes from another server. */
const files: Record<string, string> = {
  "tokens.css": library("@digital-go-jp/design-tokens/dist/tokens.css"),
  "preview.css": previewFiles.css,
  "preview.js": previewFiles.js,
  "htmx.js": library("htmx.org/dist/htmx.min.js"),
  "htmx-sse.js": library("htmx-ext-sse/dist/sse.min.js"),
  "icon.svg": own("icon.svg"),
};

/** Files may change while the simulator runs, so browsers ask each time and are mostly told "not modified". */
const fresh = { cacheControl: false, headers: { "cache-control": "no-cache" } };

export function assets(): Router {
  const router = Router();
  for (const [name, path] of Object.entries(files))
    router.get(`/${name}`, (_request, response) => response.sendFile(path, { ...fresh, dotfiles: "allow" }));
  for (const folder of ["browser", "styles"])
    router.use(
      `/${folder}`,
      express.static(own(folder), {
        index: false,
        setHeaders: (response) => response.set(fresh.headers),
      }),
    );
  return router;
}
