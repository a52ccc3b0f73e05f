import type { Alert } from "../../alerts/alert.ts";
import type { Alerts } from "../../alerts/alerts.ts";
import type { AlertTemplates } from "../../alerts/templates/templates.ts";
import { writtenRules } from "../../alerts/store.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Page } from "../page.ts";
import type { AlertLine } from "./alert-list.tsx";
import { standingOf } from "./alert-parts.tsx";

export interface AlertLinesDeps {
  alerts: Alerts;
  alertTemplates: AlertTemplates;
  deliveries: DeliveryStore;
  staff: { nameOf: (id: string) => Promise<string | undefined> };
  clock: Clock;
}

const mostOpen = 50;

export type AlertLinesOf = ReturnType<typeof createAlertLines>;

/** Alerts as the list and the home page show them. */
export function createAlertLines({ alerts, alertTemplates, deliveries, staff, clock }: AlertLinesDeps) {
  /** What a written rule did is called so. */
  async function nameOf(page: Page, id: string): Promise<string> {
    return id === writtenRules ? page.say("alerts:byRule") : ((await staff.nameOf(id)) ?? id);
  }

  async function of(page: Page, found: Alert[]): Promise<AlertLine[]> {
    return Promise.all(
      found.map(async (alert) => ({
        alert,
        tone: alertTemplates.find(alert.template)?.tone ?? "warning",
        accepted: alert.confirmedAt === undefined ? undefined : (await deliveries.of(alert.id))?.accepted,
        raisedBy: await nameOf(page, alert.raisedBy),
      })),
    );
  }

  return {
    nameOf,
    of,

    /** What waits for its confirmation, and what is in force. */
    now: async (page: Page): Promise<{ waiting: AlertLine[]; open: AlertLine[] }> => {
      const [waiting, open] = await Promise.all([
        alerts.waiting(),
        alerts.list({ open: true, limit: mostOpen }),
      ]);
      const now = clock.now();
      return {
        waiting: await of(
          page,
          waiting.filter((each) => standingOf(each, now) === "waiting"),
        ),
        open: await of(page, open),
      };
    },
  };
}
