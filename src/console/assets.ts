import { Router } from "express";
import { previewFiles } from "../preview/index.ts";
import { projectPath } from "../shared/project-root.ts";

const library = (path: string) => projectPath("node_modules", path);

/** Every file the pages link; nothing comes from another server, since wards work on closed networks. */
const files: Record<string, string> = {
  "tokens.css": library("@digital-go-jp/design-tokens/dist/tokens.css"),
  "preview.css": previewFiles.css,
  "preview.js": previewFiles.js,
  "console.css": projectPath("src/console/console.css"),
  "audit.css": projectPath("src/console/audit/audit.css"),
  "sections.css": projectPath("src/console/sections/sections.css"),
  "desk.css": projectPath("src/console/broadcasts/desk.css"),
  "desk.js": projectPath("src/console/broadcasts/desk.js"),
  "catalogue.css": projectPath("src/console/catalogue/catalogue.css"),
  "compose.css": projectPath("src/console/compose/compose.css"),
  ...Object.fromEntries(
    ["main", "tabs", "phone", "counts", "pictures", "autosave", "form"].map((name) => [
      `compose/${name}.js`,
      projectPath(`src/console/compose/browser/${name}.js`),
    ]),
  ),
  "reports.css": projectPath("src/console/reports/reports.css"),
  "sign-in.css": projectPath("src/console/sign-in/sign-in.css"),
  "passkey.js": projectPath("src/console/sign-in/passkey.js"),
  "webauthn.js": library("@simplewebauthn/browser/dist/bundle/index.umd.min.js"),
  "icon.svg": projectPath("src/console/icon.svg"),
  "htmx.js": library("htmx.org/dist/htmx.min.js"),
  "sse.js": library("htmx-ext-sse/dist/sse.min.js"),
};

export function assets(): Router {
  const router = Router();
  for (const [name, path] of Object.entries(files))
    router.get(`/${name}`, (_request, response) =>
      response.sendFile(path, {
        cacheControl: false,
        headers: { "cache-control": "no-cache" },
        dotfiles: "allow",
      }),
    );
  return router;
}
