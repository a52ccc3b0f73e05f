import { Router } from "express";
import type { PagesDeps } from "./deps.ts";

/** The pictures that live on the platform itself: rich menus, and photos that residents sent. */
export function pictures({ platform, photoOf }: PagesDeps): Router {
  const router = Router();
  router.get("/photos/:messageId", (request, response) => {
    const photo = photoOf(request.params.messageId);
    if (photo === undefined) response.status(404).end();
    else response.type(photo.contentType).send(photo.content);
  });
  // Also of a menu that is no longer shown: a page that is just being loaded may still name it.
  router.get("/menus/:richMenuId", (request, response) => {
    const image = platform
      .richMenus()
      .find(({ richMenuId }) => richMenuId === request.params.richMenuId)?.image;
    if (image === undefined) response.status(404).end();
    else
      response.set("cache-control", "max-age=86400, immutable").type(image.contentType).send(image.content);
  });
  return router;
}
