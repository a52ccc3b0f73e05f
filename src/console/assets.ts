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
  "sign-in.css": projectPath("src/console/sign-in/sign-in.css"),
  "passkey.js": projectPath("src/console/sign-in/passkey.js"),
  "webauthn.js": library("@simplewebauthn/browser/dist/bundle/index.umd.min.js"),
  "icon.svg": projectPath("src/console/icon.svg"),
  "htmx.js": library("htmx.org/dist/htmx.min.js"),
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
