import { Router } from "express";
import type { PictureStore } from "./store.ts";

/** `GET /pictures/<id>.jpg`: for LINE's servers and residents' phones, so without signing in. */
export function createPictureRouter(store: PictureStore): Router {
  const router = Router();
  router.get("/pictures/:name", async (request, response) => {
    const id = /^([\w-]{43})\.jpg$/.exec(request.params.name)?.[1];
    const jpeg = id === undefined ? undefined : await store.find(id);
    if (jpeg === undefined) {
      response.status(404).end();
      return;
    }
    response
      .set({
        "content-type": "image/jpeg",
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "cross-origin",
      })
      .send(jpeg);
  });
  return router;
}
