import type { Alert } from "../alerts/alert.ts";
import { type OpenNow, asOpenAlert, createOpenAlerts } from "../alerts/open-alerts.ts";
import { createAlertTemplates } from "../alerts/templates/templates.ts";
import { type OpenAlert, toneWeights } from "../messages/open-alert.ts";
import type { Ground } from "./ground.ts";
import type { Stores } from "./stores.ts";

export type Watch = ReturnType<typeof createWatch>;

/** A page that a crowd asks for stays light; the gravest come first, so what the ward's face hangs on is always among them. */
const mostOpen = 50;

/** What alerts are made of, and which of them are open: for everybody who shows them. */
export function createWatch({ overrides, db, ward, clock, ids, log }: Ground, { alerts, audit }: Stores) {
  const templates = createAlertTemplates({ db, audit, clock, ids, ward });
  const missing = templates.missing();
  if (missing.length > 0)
    log.warn(
      { missing },
      "alert templates without a text in a language of the ward: its readers get another one",
    );
  const toneOf = ({ template }: Alert) => templates.find(template)?.tone ?? "warning";

  /** An alert with what followed it up. How grave it is now, the last of them says. */
  async function family(alert: Alert): Promise<OpenAlert[]> {
    const all = [alert, ...(await alerts.followUpsOf(alert.id))].flatMap(
      (each) => asOpenAlert(each, toneOf(each)) ?? [],
    );
    const last = all.findLast(({ kind, level }) => kind === "alert" || level !== undefined);
    return all.map((each) => ({ ...each, emergency: last?.emergency ?? each.emergency }));
  }

  async function openNow(): Promise<OpenNow> {
    const weights = Object.fromEntries(templates.all().map(({ id, tone }) => [id, toneWeights[tone]]));
    const { alerts: open, all } = await alerts.gravestOpen(weights, mostOpen, clock.now());
    return { alerts: (await Promise.all(open.map(family))).flat(), more: all - open.length };
  }

  const given = overrides.openAlerts;

  /** Over since an instant: told for a while yet. */
  async function endedSince(since: number): Promise<OpenAlert[]> {
    const ended = await alerts.endedSince(since, clock.now());
    return (await Promise.all(ended.map(family))).flat();
  }

  return {
    templates,
    openAlerts: createOpenAlerts({
      openNow: given === undefined ? openNow : async () => ({ alerts: await given(), more: 0 }),
      clock,
    }),
    endedSince,
  };
}
