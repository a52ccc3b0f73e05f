import { createAlerts } from "../alerts/alerts.ts";
import { createCalls } from "../alerts/calls.ts";
import { createDrillModes } from "../alerts/drill-mode.ts";
import { createAlertTemplates } from "../alerts/templates.ts";
import type { Line } from "../line/line-client.ts";
import { createPushTest } from "../line/push-test.ts";
import type { Ground } from "./ground.ts";
import type { Sending } from "./sending.ts";
import type { Stores } from "./stores.ts";

export type Alarm = ReturnType<typeof createAlarm>;

/** Emergencies: templates, alerts, and the calls to those who must know. */
export function createAlarm(ground: Ground, stores: Stores, line: Line, sending: Sending) {
  const { config, db, ward, sentences, clock, ids, tasks } = ground;
  const templates = createAlertTemplates({ db, audit: stores.audit, clock, ids, ward });
  const calls = createCalls({
    store: stores.calls,
    push: createPushTest(line),
    sentences,
    consoleUrl: config.consoleUrl,
    clock,
  });
  const alerts = createAlerts({
    alerts: stores.alerts,
    broadcasts: stores.broadcasts,
    templates,
    deliveries: stores.deliveries,
    reach: sending.reach,
    links: sending.links,
    ward,
    sentences,
    clock,
    ids,
    opened: sending.opened,
    called: () => tasks.run("calls", calls.pushOpen),
  });
  return { templates, calls, alerts, drillModes: createDrillModes({ store: stores.drills, clock }) };
}
