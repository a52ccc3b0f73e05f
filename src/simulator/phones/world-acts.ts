import express, { Router } from "express";
import { z } from "zod";
import { perform } from "./acts.ts";
import type { PagesDeps } from "./deps.ts";
import { disasterChoiceNames, disasterChoices } from "./disasters.tsx";
import { address } from "./top-bar.tsx";
import { sliderRule } from "./health.tsx";

const forward = z.object({ minutes: z.coerce.number().int().min(1).max(100_000) });
const outage = z.object({ down: z.enum(["yes", "no"]) });
const disaster = z.object({ choice: z.enum(disasterChoiceNames) });
const errors = z.object({ percent: z.coerce.number().min(0).max(100) });
const phone = z.object({
  name: z.string().trim().min(1).max(20),
  language: z.string().regex(/^[A-Za-z-]{2,20}$/),
  lang: z.enum(["ja", "en"]).default("ja"),
  theme: z.enum(["light", "dark"]).default("light"),
  show: z.union([z.string(), z.array(z.string())]).default([]),
});

/** The knobs of the world: time, disasters, LINE's health, and new people. */
export function worldActs({ platform, pokes }: PagesDeps): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: "100kb" }));
  const turn = (name: string, doIt: (body: unknown) => void) =>
    router.post(`/${name}`, (request, response) =>
      perform(response, async () => {
        doIt(request.body);
        for (const poke of pokes) poke("");
      }),
    );

  turn("forward", (body) => platform.clock.advance(forward.parse(body).minutes * 60_000));
  turn("disaster", (body) => {
    const [kind, options] = disasterChoices[disaster.parse(body).choice];
    platform.jma.happen(kind, options);
  });
  turn("outage", (body) => {
    platform.network.down = outage.parse(body).down === "yes";
  });
  turn("errors", (body) => {
    const probability = errors.parse(body).percent / 100;
    const before = sliderRule(platform);
    if (before !== undefined) platform.faults.remove(before.id);
    if (probability > 0) platform.faults.add({ on: "*", does: "refuse500", probability });
  });
  router.post("/phone", (request, response) => {
    const read = phone.safeParse(request.body);
    if (!read.success) {
      response.status(409).type("text").send(z.prettifyError(read.error));
      return;
    }
    const { name, language, lang, theme, show } = read.data;
    const id = platform.addUser({ displayName: name, language });
    const shown = [...(Array.isArray(show) ? show : [show]), id];
    response
      .set("hx-redirect", address({ show: shown, lang, theme }))
      .status(204)
      .end();
  });
  return router;
}
