import { createIdempotencyStore } from "../api/idempotency-store.ts";
import { createRecordStore } from "../audit/record-store.ts";
import { createCallStore } from "../alerts/calls/call-store.ts";
import { createDrillStore } from "../alerts/drills/drill-store.ts";
import { createHazardStore } from "../alerts/hazards/hazard-store.ts";
import { createAlertStore } from "../alerts/store.ts";
import { createAuditStore } from "../audit/store.ts";
import { createBusyWeekStore } from "../broadcasts/busy-week-store.ts";
import { createDeskStore } from "../broadcasts/desk-store.ts";
import { createHistoryStore } from "../broadcasts/history-store.ts";
import { createLinkStore } from "../broadcasts/link-store.ts";
import { createSeenStore } from "../broadcasts/seen-store.ts";
import { createBroadcastStore } from "../broadcasts/store.ts";
import { createTemplateStore } from "../broadcasts/template-store.ts";
import { createWorkingCopyStore } from "../broadcasts/working-copy-store.ts";
import { createEntryStore } from "../feeds/jma/entry-store.ts";
import { createInboxStore } from "../line/inbox/store.ts";
import { createMenuSwitchStore } from "../line/rich-menu/switch-store.ts";
import { createClaimStore } from "../outbox/claim-store.ts";
import { createDeliveryStore } from "../outbox/delivery-store.ts";
import { createOrderStore } from "../outbox/order-store.ts";
import { createPlanStore } from "../outbox/plan-store.ts";
import { createSettleStore } from "../outbox/settle-store.ts";
import { createPictureStore } from "../pictures/store.ts";
import { createFollowStore } from "../reports/follow-store.ts";
import { createHeadsStore } from "../reports/heads-store.ts";
import { createTotalsStore } from "../reports/totals-store.ts";
import { createAudienceStore } from "../residents/audience-store.ts";
import { createCensusStore } from "../residents/census-store.ts";
import { createHeadCounter } from "../residents/census/head-counter.ts";
import { createResidentStore } from "../residents/store.ts";
import { createStaffPhoneStore } from "../staff/phone-store.ts";
import { createSectionStore } from "../staff/section-store.ts";
import { createSessionStore } from "../staff/session-store.ts";
import { createStaffStore } from "../staff/store.ts";
import type { Ground } from "./ground.ts";

export type Stores = ReturnType<typeof openStores>;

/** Every way to the tables; nothing else in the program writes SQL. */
export function openStores({ db, facets, clock, ids }: Ground) {
  const audit = createAuditStore(db);
  const orders = createOrderStore(db);
  const broadcasts = createBroadcastStore(db, orders, audit);
  const calls = createCallStore(db, ids);
  return {
    audit,
    record: createRecordStore(db),
    // Residents
    residents: createResidentStore(db, facets),
    audiences: createAudienceStore(db, facets),
    heads: createHeadCounter(createCensusStore(db), facets),
    inbox: createInboxStore(db),
    menuSwitches: createMenuSwitchStore(db),
    // Broadcasts
    broadcasts,
    desk: createDeskStore(db),
    history: createHistoryStore(db),
    seen: createSeenStore(db),
    busyWeeks: createBusyWeekStore(db),
    linkCounts: createLinkStore(db),
    templates: createTemplateStore(db, audit, ids, clock),
    workingCopies: createWorkingCopyStore(db),
    pictures: createPictureStore(db, audit, clock),
    // Alerts
    alerts: createAlertStore(db, { broadcasts, orders, calls, audit }),
    calls,
    drills: createDrillStore(db, broadcasts, audit),
    hazards: createHazardStore(db, audit),
    feedEntries: createEntryStore(db),
    // Outbox
    orders,
    plans: createPlanStore(db, ids),
    claims: createClaimStore(db, ids),
    settles: createSettleStore(db, ids),
    deliveries: createDeliveryStore(db),
    // Reports
    follows: createFollowStore(db),
    dailyHeads: createHeadsStore(db),
    totals: createTotalsStore(db),
    // Staff
    staff: createStaffStore(db, audit, ids, clock),
    sections: createSectionStore(db, audit),
    sessions: createSessionStore(db, audit, ids, clock),
    phones: createStaffPhoneStore(db, audit, clock),
    idempotency: createIdempotencyStore(db),
  };
}
