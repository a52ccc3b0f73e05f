import { createAlerts } from "../alerts/alerts.ts";
import { createCalls } from "../alerts/calls/calls.ts";
import { createDrillModes } from "../alerts/drills/drill-mode.ts";
import type { Line } from "../line/line-client.ts";
import { createPush } from "../line/push-test.ts";
import type { Ground } from "./ground.ts";
import type { Sending } from "./sending.ts";
import type { Stores } from "./stores.ts";
import type { Watch } from "./watch.ts";

export type Alarm = ReturnType<typeof createAlarm>;

/** Emergencies: templates, alerts, and the calls to those who must know. */
export function createAlarm(
  ground: Ground,
  stores: Stores,
  { templates, openAlerts }: Watch,
  line: Line,
  sending: Sending,
) {
  const { config, ward, sentences, clock, ids, tasks } = ground;
  const calls = createCalls({
    store: stores.calls,
    push: createPush(line),
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
    opened: () => {
      openAlerts.changed();
      sending.opened();
    },
    call: calls.call,
    called: () => tasks.run("calls", calls.pushOpen),
  });
  return { templates, calls, alerts, drillModes: createDrillModes({ store: stores.drills, clock }) };
}
