import type { Alert } from "./alert.ts";
import { createConfirming } from "./confirm.ts";
import type { AlertDeps } from "./deps.ts";
import { createPreparing, type FollowUpAsk, type Prepared } from "./prepare.ts";
import { createRaising } from "./raise.ts";
import type { AlertOutcome } from "./refusal.ts";
import type { AlertFilter } from "./store.ts";

export type Alerts = ReturnType<typeof createAlerts>;

/** Everything people and written rules may do with alerts: the same functions for the console, the API and the feeds. */
export function createAlerts(deps: AlertDeps) {
  const { alerts, clock } = deps;
  const preparing = createPreparing(deps);
  return {
    ...createRaising(deps, preparing),
    ...createConfirming(deps),
    prepare: preparing.prepare,
    preview: preparing.preview,
    /** How many an alert reaches by its rule now. */
    headsOf: (alert: Alert) => preparing.headsOf(alert.audience),
    prepareFollowUp: async (id: string, ask: FollowUpAsk): Promise<AlertOutcome<Prepared>> => {
      const alert = await alerts.find(id);
      const original = alert?.of === undefined ? alert : await alerts.find(alert.of);
      return original === undefined ? { refused: "not_found" } : preparing.prepareFollowUp(original, ask);
    },
    find: alerts.find,
    list: (filter: AlertFilter): Promise<Alert[]> => alerts.list(filter, clock.now()),
    waiting: (): Promise<Alert[]> => alerts.waiting(50),
    followUpsOf: alerts.followUpsOf,
  };
}
