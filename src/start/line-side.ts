import { createConversation } from "../conversation/conversation.ts";
import { withStaffPhones } from "../conversation/staff-phone.ts";
import { createInboxWorker } from "../line/inbox/work-off.ts";
import { createLine } from "../line/line-client.ts";
import { createProfileLanguage } from "../line/profile-language.ts";
import { createMenus } from "../line/rich-menu/menus.ts";
import { createSpeak } from "../line/speak.ts";
import { createWebhook } from "../line/webhook.ts";
import type { Ground } from "./ground.ts";
import type { Stores } from "./stores.ts";
import type { Watch } from "./watch.ts";

export type LineSide = ReturnType<typeof createLineSide>;

/** What comes from LINE and what is answered: webhook, inbox, conversation, menus. */
export function createLineSide(
  ground: Ground,
  { residents, phones, inbox, menuSwitches }: Stores,
  { now: openAlerts, more: moreOpen }: Watch["openAlerts"],
) {
  const { config, overrides, ward, sentences, clock, log, owner, metrics } = ground;
  const line = createLine(config.line, clock, overrides.requestTimeoutMs);
  const menus = createMenus({
    line,
    ward,
    sentences,
    residents,
    switches: menuSwitches,
    openAlerts,
    clock,
    log,
  });
  const profileLanguage = createProfileLanguage(line);
  const conversation = createConversation({
    ward,
    sentences,
    residents,
    clock,
    profileLanguage,
    openAlerts,
    moreOpen,
  });
  const inboxWorker = createInboxWorker({
    store: inbox,
    clock,
    log,
    owner,
    converse: withStaffPhones(conversation, { phones, residents, sentences, ward }),
    speak: createSpeak(line, clock, log),
    showMenu: menus.show,
    handled: (kind, answer) => metrics.events.inc({ kind, answer }),
  });
  const webhook = createWebhook({
    channelSecret: config.line.channelSecret,
    clock,
    log,
    store: inbox.add,
    arrived: inboxWorker.poke,
    answered: (seconds) => metrics.webhookSeconds.observe(seconds),
  });
  return { line, menus, inboxWorker, webhook };
}
