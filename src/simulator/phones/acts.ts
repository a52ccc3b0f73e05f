import express, { type Request, type Response, Router } from "express";
import type { messagingApi } from "@line/bot-sdk";
import { z } from "zod";
import type { PagesDeps } from "./deps.ts";

const text = z.object({ text: z.string().min(1).max(5000) });
const sticker = z.object({
  packageId: z.string().regex(/^\d{1,20}$/),
  stickerId: z.string().regex(/^\d{1,20}$/),
});
const location = z.object({
  title: z.string().max(100),
  address: z.string().max(100),
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
});
const press = z.object({ action: z.string(), pick: z.string().max(20).optional() });
const language = z.object({
  language: z
    .string()
    .max(20)
    .regex(/^[A-Za-z-]*$/),
});
const largestPhoto = "10mb";

/** What residents do on their phones: each act is one POST, answered before the bot has answered it. */
export function phoneActs({ platform, pokes }: PagesDeps): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: "100kb" });
  const photo = express.raw({ type: ["image/jpeg", "image/png"], limit: largestPhoto });

  const act = (name: string, doIt: (userId: string, body: unknown) => Promise<unknown>) =>
    router.post(`/:userId/${name}`, form, (request, response) =>
      perform(response, async () => await doIt(knownUser(request), request.body)),
    );
  const knownUser = (request: Request): string => {
    const userId = String(request.params["userId"]);
    if (platform.user(userId) === undefined) throw new Error(`Nobody on this LINE has the id ${userId}.`);
    return userId;
  };

  act("follow", (userId) => platform.follow(userId));
  act("unblock", (userId) => platform.unblock(userId));
  act("block", (userId) => platform.block(userId));
  act("text", (userId, body) => platform.say(userId, text.parse(body).text));
  act("sticker", (userId, body) => platform.sendSticker(userId, sticker.parse(body)));
  act("location", (userId, body) => platform.sendLocation(userId, location.parse(body)));
  act("press", (userId, body) => {
    const { action, pick } = press.parse(body);
    return platform.press(
      userId,
      JSON.parse(action) as messagingApi.Action,
      pick === undefined ? {} : { pick },
    );
  });
  act("language", async (userId, body) => {
    const { id, displayName, state, pictureUrl, statusMessage } = platform.user(userId) ?? {
      id: userId,
      displayName: "",
    };
    const tag = language.parse(body).language;
    platform.addUser({
      id,
      displayName,
      state,
      pictureUrl,
      statusMessage,
      language: tag === "" ? undefined : tag,
    });
    for (const poke of pokes) poke(userId);
  });
  router.post("/:userId/photo", photo, (request, response) =>
    perform(response, async () => {
      if (!Buffer.isBuffer(request.body)) throw new Error("Photos are JPEG or PNG.");
      return await platform.sendImage(knownUser(request), request.body, request.get("content-type"));
    }),
  );
  return router;
}

/**
 * Answers 204 as soon as the act has happened on the phone: whether and what the bot answers, the chat will show.
 * What LINE does not let a user do (write after blocking, say) is refused at once with a sentence.
 */
export async function perform(response: Response, act: () => Promise<unknown>): Promise<void> {
  const done = act().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : "refused"),
  );
  const soon = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
  const refused = await Promise.race([done, soon]);
  if (refused === undefined) response.status(204).end();
  else response.status(409).type("text").send(refused);
}
