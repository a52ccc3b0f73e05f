import type { PictureFor } from "../messages/own-picture.ts";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { OrderStore } from "../outbox/order-store.ts";
import type { SettleStore } from "../outbox/settle-store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ids } from "../shared/ids.ts";
import type { Logger } from "../shared/logger.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Links } from "./links.ts";
import type { Reach } from "./reach.ts";
import type { BroadcastStore } from "./store.ts";

export interface BroadcastDeps {
  store: BroadcastStore;
  orders: OrderStore;
  settles: SettleStore;
  deliveries: DeliveryStore;
  reach: Reach;
  links: Links;
  pictureFor: PictureFor;
  ward: Ward;
  sentences: Sentences;
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** The sections that somebody of the staff belongs to now. */
  sectionsOf: (staffId: string) => Promise<readonly string[]>;
  /** Told when an order may now be planned and sent. */
  opened: () => void;
}
