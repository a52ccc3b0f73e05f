import type { Alert } from "../../src/alerts/alert.ts";
import { createHazardDesk } from "../../src/alerts/hazards/hazard-desk.ts";
import type { RuleAsk } from "../../src/alerts/raise.ts";
import type { AlertsByRule, HazardDeskDeps } from "../../src/alerts/hazards/hazard-desk-deps.ts";
import { createHazardStore } from "../../src/alerts/hazards/hazard-store.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { createIds } from "../../src/shared/ids.ts";
import { createLogger } from "../../src/shared/logger.ts";
import type { Actor, Role } from "../../src/staff/permissions.ts";
import { createTestClock, openTestDatabase } from "./database.ts";
import { minute, noon, shippedRules } from "./hazards.ts";

/** Alerts that are kept in memory, as the real ones would be by their hazard's key. */
function createAlertBook(clock: { now(): number }) {
  const byKey = new Map<string, Alert>();
  const asked: RuleAsk[] = [];
  let trouble: "none" | "before" | "after" | "refuse" = "none";

  function newAlert(ask: RuleAsk): Alert {
    const kind = ask.followUp?.kind ?? "alert";
    const now = clock.now();
    return {
      id: `${kind}-${byKey.size + 1}`,
      kind,
      mode: "live",
      state: ask.send ? "sending" : "draft",
      version: 1,
      template: ask.template,
      level: ask.level,
      title: ask.template,
      contents: {},
      untranslated: {},
      blanks: ask.blanks,
      districts: ask.districts === undefined ? undefined : [...ask.districts],
      audience: ask.followUp === undefined ? { everyone: true } : { recipientsOf: ask.followUp.of },
      aloneAllowed: false,
      raisedBy: "written-rules",
      raisedAt: now,
      confirmedBy: ask.send ? "written-rules" : undefined,
      confirmedAt: ask.send ? now : undefined,
      breakGlassReason: undefined,
      expiresAt: now + 60 * minute,
      endedAt: undefined,
      endedBy: undefined,
      discardedBy: undefined,
      rule: ask.rule,
      hazard: ask.hazard,
      of: ask.followUp?.of,
      finishedAt: undefined,
    };
  }

  function change(id: string, set: Partial<Alert>): void {
    for (const [key, alert] of byKey) if (alert.id === id) byKey.set(key, { ...alert, ...set });
  }

  const alerts: AlertsByRule = {
    raiseByRule: async (ask) => {
      if (trouble === "before") throw new Error("killed before");
      if (trouble === "refuse") return { refused: "invalid", problems: [{ field: "template" }] };
      asked.push(ask);
      const key = `${ask.hazard} ${ask.followUp?.kind ?? "alert"}`;
      const alert = byKey.get(key) ?? newAlert(ask);
      byKey.set(key, alert);
      if (trouble === "after") throw new Error("killed after");
      return alert;
    },
    discardByRule: async (id) => {
      const isDraft = [...byKey.values()].some((alert) => alert.id === id && alert.confirmedAt === undefined);
      if (isDraft) change(id, { state: "cancelled" });
      return isDraft;
    },
    endByRule: async (id) => change(id, { endedAt: clock.now() }),
    find: async (id) => [...byKey.values()].find((alert) => alert.id === id),
  };
  return {
    alerts,
    asked,
    all: () => [...byKey.values()],
    confirm: (id: string) => {
      change(id, { state: "sending", confirmedAt: clock.now() });
      const { kind, of } = [...byKey.values()].find((alert) => alert.id === id) ?? {};
      if (of !== undefined && (kind === "allClear" || kind === "correction"))
        change(of, { endedAt: clock.now() });
    },
    /** Waited too long; or a person threw it away. */
    lapse: (id: string) => change(id, { state: "cancelled" }),
    discard: (id: string) => change(id, { state: "cancelled", discardedBy: "dutyOfficer" }),
    /** What happens to the next acts. */
    fails: (how: typeof trouble) => {
      trouble = how;
    },
  };
}

/** A desk on a real database, with alerts that are only written down. */
export function openHazardOffice(given: Partial<HazardDeskDeps> = {}) {
  const clock = createTestClock(noon + minute);
  const { db, remove } = openTestDatabase(clock);
  const book = createAlertBook(clock);
  const called: { kind: string; values: Record<string, string> }[] = [];
  const once = new Set<string>();
  const audit = createAuditStore(db);
  const ids = createIds();
  const deps: HazardDeskDeps = {
    store: createHazardStore(db, audit),
    alerts: book.alerts,
    templates: { find: () => undefined },
    rules: shippedRules,
    ward: { languages: ["ja", "en"] },
    call: async ({ kind, values, once: occasion }) => {
      if (!once.has(occasion)) called.push({ kind, values });
      once.add(occasion);
    },
    clock,
    ids,
    log: createLogger("silent"),
    ...given,
  };
  return {
    db,
    clock,
    book,
    called,
    deps,
    desk: createHazardDesk(deps),
    /** As after a kill: another desk on the same database. */
    restart: () => createHazardDesk(deps),
    acts: () =>
      db.sqlite
        .prepare<[], { act: string }>("SELECT act FROM audit_entries ORDER BY seq")
        .all()
        .map(({ act }) => act),
    close: remove,
  };
}
export type HazardOffice = ReturnType<typeof openHazardOffice>;

export function somebody(...roles: Role[]): Actor {
  return {
    id: roles.join("-"),
    name: "Somebody",
    roles,
    sections: [],
    categories: undefined,
    mayAddressEveryone: true,
  };
}
