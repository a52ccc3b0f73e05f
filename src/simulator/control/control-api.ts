import express, { Router } from "express";
import type { Platform } from "../platform.ts";
import { conditions } from "./conditions.ts";
import { disasters } from "./disasters.ts";
import { people } from "./people.ts";
import { records } from "./records.ts";
import { webhooks } from "./webhooks.ts";

const largestBody = "10mb";

/** Everything a test in another process, or a curious person with curl, may do to the platform. */
export function controlApi(platform: Platform, refuseFor: (ms: number) => void): Router {
  const router = Router();
  router.use(express.json({ limit: largestBody, strict: false }));
  router.use(
    people(platform),
    records(platform),
    conditions(platform, refuseFor),
    webhooks(platform),
    disasters(platform),
  );
  router.use((_request, response) => {
    response
      .status(404)
      .json({ message: "No such control endpoint. They are listed in src/simulator/README.md." });
  });
  return router;
}
