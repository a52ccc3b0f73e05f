import { Router } from "express";
import { previewFiles } from "../preview/index.ts";
import { projectPath } from "../shared/project-root.ts";

const library = (path: string) => projectPath("node_modules", path);

const ours = (path: string) => projectPath("src/console", path);

const looks: Record<string, string> = {
  "tokens.css": library("@digital-go-jp/design-tokens/dist/tokens.css"),
  "preview.css": previewFiles.css,
  "console.css": ours("console.css"),
  "calls.css": ours("calls/calls.css"),
  "sign-in.css": ours("sign-in/sign-in.css"),
  "desk.css": ours("broadcasts/desk.css"),
  "compose.css": ours("compose/compose.css"),
  "reports.css": ours("reports/reports.css"),
  "catalogue.css": ours("catalogue/catalogue.css"),
  "sections.css": ours("sections/sections.css"),
  "audit.css": ours("audit/audit.css"),
  "feeds.css": ours("feeds/feeds.css"),
  "alert-templates.css": ours("alert-templates/alert-templates.css"),
  "alerts.css": ours("alerts/alerts.css"),
};

const composeScripts = ["main", "tabs", "phone", "counts", "pictures", "autosave", "form"];

/** Every file the pages link; nothing comes from another server, since wards work on closed networks. */
const files: Record<string, string> = {
  ...looks,
  ...Object.fromEntries(
    composeScripts.map((name) => [`compose/${name}.js`, ours(`compose/browser/${name}.js`)]),
  ),
  "preview.js": previewFiles.js,
  "console.js": ours("console.js"),
  "keep-form.js": ours("keep-form.js"),
  "passkey.js": ours("sign-in/passkey.js"),
  "webauthn.js": library("@simplewebauthn/browser/dist/bundle/index.umd.min.js"),
  "htmx.js": library("htmx.org/dist/htmx.min.js"),
  "sse.js": library("htmx-ext-sse/dist/sse.min.js"),
  "icon.svg": ours("icon.svg"),
};

/** The style sheets of every page, in the order in which they hold. */
export const styles = Object.keys(looks);

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
