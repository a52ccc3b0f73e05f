import type { Alerts } from "../../alerts/alerts.ts";
import type { DrillModes } from "../../alerts/drills/drill-mode.ts";
import type { AlertTemplates } from "../../alerts/templates/templates.ts";
import type { Broadcasts } from "../../broadcasts/broadcasts.ts";
import type { HistoryStore } from "../../broadcasts/history-store.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import type { Ids } from "../../shared/ids.ts";
import type { ProgressFeed } from "../broadcasts/progress-feed.ts";
import type { Context } from "../context.ts";
import type { AlertLinesOf } from "./alert-lines.ts";

export interface AlertPagesDeps {
  context: Context;
  alerts: Alerts;
  alertTemplates: AlertTemplates;
  drillModes: DrillModes;
  broadcasts: Broadcasts;
  history: HistoryStore;
  reach: Reach;
  feed: ProgressFeed;
  alertLines: AlertLinesOf;
  /** The record of a telegram that came in, by the telegram's own id. */
  recordOf: (telegram: string) => Promise<string | undefined>;
  ids: Ids;
  /** What the addresses of staff pages begin with. */
  baseUrl: string;
}
