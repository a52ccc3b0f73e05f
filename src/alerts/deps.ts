import type { BroadcastDeps } from "../broadcasts/deps.ts";
import type { NewCall } from "./calls/call-store.ts";
import type { AlertStore } from "./store.ts";
import type { AlertTemplates } from "./templates/templates.ts";

export interface AlertDeps extends Pick<
  BroadcastDeps,
  "reach" | "deliveries" | "links" | "ward" | "sentences" | "clock" | "ids" | "opened"
> {
  alerts: AlertStore;
  broadcasts: BroadcastDeps["store"];
  templates: AlertTemplates;
  /** Calls somebody of the staff. */
  call: (call: NewCall) => Promise<void>;
  /** Told when somebody was called. */
  called: () => void;
}
