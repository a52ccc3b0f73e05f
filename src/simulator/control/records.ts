import { Router } from "express";
import type { Platform } from "../platform.ts";
import type { Batch } from "../sending/ledger.ts";
import { endpointNames } from "../http/endpoints.ts";
import { control, nothing, queryNumber } from "./control.ts";

function asJson(batch: Batch) {
  const { recipients: _numbers, missed: _missed, ...rest } = batch;
  return { ...rest, to: batch.to(), notDelivered: batch.notDelivered() };
}

/** What happened. */
export function records(platform: Platform): Router {
  const router = Router();
  router.get(
    "/ledger",
    control(nothing, () => platform.ledger.summary()),
  );
  router.get(
    "/ledger/batches",
    control(nothing, (_body, request) => {
      const from = queryNumber(request, "from", 0);
      return platform.ledger
        .batches()
        .slice(from, from + queryNumber(request, "limit", 100))
        .map(asJson);
    }),
  );
  router.get(
    "/requests",
    control(nothing, (_body, request) => {
      const name = endpointNames.find((endpoint) => endpoint === request.query["endpoint"]);
      return platform.requests(name).slice(-queryNumber(request, "limit", 1_000));
    }),
  );
  router.get(
    "/mistakes",
    control(nothing, () => platform.clientMistakes()),
  );
  router.post(
    "/forget",
    control(nothing, () => platform.forget()),
  );
  return router;
}
