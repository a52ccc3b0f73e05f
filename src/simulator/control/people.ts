import type { messagingApi } from "@line/bot-sdk";
import { type Request, Router } from "express";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import type { Delivery } from "../webhook/delivery.ts";
import { control, nothing, pathPart } from "./control.ts";

const state = z.enum(["friend", "blocked", "deleted", "neverFriend", "unknown"]);
export const newUserSchema = z.strictObject({
  id: z.string().optional(),
  displayName: z.string(),
  language: z.string().optional(),
  pictureUrl: z.string().optional(),
  statusMessage: z.string().optional(),
  state: state.optional(),
});
export const newUserRangeSchema = z.strictObject({
  from: z.string(),
  count: z.number().int(),
  state: state.optional(),
  language: z.union([z.string(), z.array(z.string())]).optional(),
});
const pick = z.string().optional();
const location = z.object({
  title: z.string().optional(),
  address: z.string().optional(),
  latitude: z.number(),
  longitude: z.number(),
});
const action = z.looseObject({ type: z.string() }).transform((value) => value as messagingApi.Action);

/** What the bot answered, without the bytes. */
export function asJson(delivery: Delivery | undefined) {
  if (delivery === undefined) return { sent: false };
  const { status, reason, at, durationMs, events } = delivery;
  return { sent: true, status, reason, at, durationMs, events };
}

/** People and what they do. */
export function people(platform: Platform): Router {
  const router = Router();
  const one = (request: Request) => pathPart(request, "userId");

  router.get(
    "/users",
    control(nothing, () => platform.users()),
  );
  router.post(
    "/users",
    control(newUserSchema, (user) => ({ userId: platform.addUser(user) })),
  );
  router.post(
    "/user-ranges",
    control(newUserRangeSchema, (range) => platform.addUserRange(range)),
  );
  router.get(
    "/users/:userId",
    control(nothing, (_body, request) => platform.user(one(request))),
  );

  const plainActs = {
    follow: platform.follow,
    block: platform.block,
    unblock: platform.unblock,
    "delete-account": platform.deleteAccount,
  };
  for (const [name, act] of Object.entries(plainActs))
    router.post(
      `/users/:userId/${name}`,
      control(nothing, async (_body, request) => asJson(await act(one(request)))),
    );

  const act = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    doIt: (userId: string, body: z.output<Schema>) => Promise<Delivery | undefined>,
  ) =>
    router.post(
      `/users/:userId/${name}`,
      control(schema, async (body, request) => asJson(await doIt(one(request), body))),
    );
  act("say", z.object({ text: z.string() }), (userId, { text }) => platform.say(userId, text));
  act("sticker", z.object({ packageId: z.string(), stickerId: z.string() }), platform.sendSticker);
  act(
    "image",
    z.object({ base64: z.base64().optional(), contentType: z.string().optional() }),
    (userId, { base64, contentType }) =>
      platform.sendImage(
        userId,
        base64 === undefined ? undefined : Buffer.from(base64, "base64"),
        contentType,
      ),
  );
  act("location", location, platform.sendLocation);
  act("unsend", z.object({ messageId: z.string().optional() }), (userId, { messageId }) =>
    platform.unsend(userId, messageId),
  );
  act("press", z.object({ action, pick }), (userId, body) =>
    platform.press(userId, body.action, { pick: body.pick }),
  );
  act("press-label", z.object({ label: z.string(), pick }), (userId, body) =>
    platform.pressLabel(userId, body.label, { pick: body.pick }),
  );
  act("tap-menu", z.object({ area: z.number().int(), pick }), (userId, body) =>
    platform.tapMenu(userId, body.area, { pick: body.pick }),
  );

  router.get(
    "/users/:userId/inbox",
    control(nothing, (_body, request) => platform.inbox(one(request))),
  );
  router.get(
    "/users/:userId/offers",
    control(nothing, (_body, request) => platform.offers(one(request))),
  );
  router.get(
    "/users/:userId/menu",
    control(nothing, (_body, request) => {
      const shown = platform.richMenuOf(one(request));
      return shown && { by: shown.by, richMenuId: shown.menu.richMenuId, ...shown.menu.menu };
    }),
  );
  return router;
}
