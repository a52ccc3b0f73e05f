import { Router } from "express";
import type { Registry } from "prom-client";

export interface HealthDeps {
  /** What keeps the program from working, by part; empty when all is well. Never rejects. */
  faults: () => Promise<Record<string, string>>;
  metrics: Registry;
  version: string;
}

/** `/healthz`: alive. `/readyz`: able to work. `/metrics`: Prometheus text. None of them holds anything of a resident. */
export function createHealthRouter({ faults, metrics, version }: HealthDeps): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok", version });
  });
  router.get("/readyz", async (_request, response) => {
    const found = await faults();
    const ready = Object.keys(found).length === 0;
    response.status(ready ? 200 : 503).json({ status: ready ? "ready" : "notReady", faults: found });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}
