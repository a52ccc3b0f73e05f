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
  // By user and menu: a user sees no other menu than their own, and a changed one has another address.
  router.get("/:userId/menus/:richMenuId", (request, response) => {
    const { userId, richMenuId } = request.params;
    const shown = platform.user(userId) === undefined ? undefined : platform.richMenuOf(userId)?.menu;
    const image = shown?.richMenuId === richMenuId ? shown.image : undefined;
    if (image === undefined) response.status(404).end();
    else
      response.set("cache-control", "max-age=86400, immutable").type(image.contentType).send(image.content);
  });
  return router;
}
