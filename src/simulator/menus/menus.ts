import type { messagingApi } from "@line/bot-sdk";
import type { Changes } from "../changes.ts";
import type { Random } from "../random.ts";
import type { Switches } from "../switches.ts";
import type { SimulatorClock } from "../time/clock.ts";
import type { UserNumber } from "../users/user.ts";
import type { Users } from "../users/users.ts";
import type { ImageInfo } from "./image-size.ts";

export interface RichMenu {
  richMenuId: string;
  menu: messagingApi.RichMenuRequest;
  image?: ImageInfo & { content: Buffer };
}

export type MenuOperation =
  | { type: "link"; from: string; to: string }
  | { type: "unlink"; from: string }
  | { type: "unlinkAll" };

interface BatchProgress {
  phase: "ongoing" | "succeeded";
  acceptedAt: number;
  completedAt?: number;
}

/** All rich menus, who sees which, and the aliases (LINE fact sheet section 9). */
export interface Menus {
  create(menu: messagingApi.RichMenuRequest): RichMenu;
  find(richMenuId: string): RichMenu | undefined;
  list(): RichMenu[];
  delete(richMenuId: string): void;
  setImage(menu: RichMenu, image: ImageInfo & { content: Buffer }): void;

  defaultMenu(): RichMenu | undefined;
  setDefault(menu: RichMenu | undefined): void;
  /** Only friends can be linked; for anybody else nothing happens, and LINE does not say so. */
  link(number: UserNumber, menu: RichMenu | undefined): void;
  /** The menu linked to the user by the bot. */
  linkedTo(number: UserNumber): RichMenu | undefined;
  /** What stands at the bottom of the user's chat: their own menu before the default one. */
  shownTo(number: UserNumber): { menu: RichMenu; by: "user" | "default" } | undefined;
  /** For a user who blocks: the link goes with it, unless the switch says otherwise. */
  forget(number: UserNumber): void;
  /** In the background, as bulk link, bulk unlink and batch are done. */
  later(job: () => void): void;

  aliases: Map<string, string>;
  /** Where an alias leads by now: a changed one may lag. */
  menuOfAlias(aliasId: string): string | undefined;
  setAlias(aliasId: string, richMenuId: string): void;

  startBatch(requestId: string, operations: MenuOperation[], resumeKey: string | undefined): void;
  batchProgress(requestId: string): BatchProgress | undefined;
}

export interface MenusDeps {
  clock: SimulatorClock;
  random: Random;
  switches: Switches;
  users: Users;
  changes: Changes;
}

const fourteenDaysMs = 14 * 24 * 3_600_000;

export function createMenus({ clock, random, switches, users, changes }: MenusDeps): Menus {
  const menus = new Map<string, RichMenu>();
  const links = new Map<UserNumber, string>();
  const aliases = new Map<string, string>();
  const outdatedAliases = new Map<string, { richMenuId: string; until: number }>();
  const batches = new Map<string, BatchProgress>();
  const resumeKeys = new Map<string, number>();
  let defaultId: string | undefined;

  const find = (id: string | undefined) => (id === undefined ? undefined : menus.get(id));
  const linkedTo = (number: UserNumber) => find(links.get(number));
  const defaultMenu = () => find(defaultId);
  const tellUser = (number: UserNumber) => changes.tell({ of: "menu", userId: users.idOf(number) });
  const later = (job: () => void) => void clock.after(switches.menuJobDelayMs, job);

  /** Each user by the menu they had when the batch began: operations do not build on one another. */
  const runBatch = (operations: MenuOperation[]) => {
    for (const [number, linked] of links) {
      const operation = operations.find((each) => each.type === "unlinkAll" || each.from === linked);
      if (operation?.type === "link") links.set(number, operation.to);
      else if (operation !== undefined) links.delete(number);
    }
    changes.tell({ of: "menu" });
  };

  return {
    create: (menu) => {
      const created = { richMenuId: `richmenu-${random.hex(32)}`, menu };
      menus.set(created.richMenuId, created);
      return created;
    },
    find,
    list: () => [...menus.values()],
    delete: (richMenuId) => {
      menus.delete(richMenuId);
      if (defaultId === richMenuId) defaultId = undefined;
      changes.tell({ of: "menu" });
    },
    setImage: (menu, image) => {
      menu.image = image;
    },
    defaultMenu,
    setDefault: (menu) => {
      defaultId = menu?.richMenuId;
      changes.tell({ of: "menu" });
    },
    link: (number, menu) => {
      if (users.stateOf(number) !== "friend") return;
      if (menu === undefined) links.delete(number);
      else links.set(number, menu.richMenuId);
      tellUser(number);
    },
    linkedTo,
    shownTo: (number) => {
      const own = linkedTo(number);
      const menu = own ?? defaultMenu();
      return menu && { menu, by: own === undefined ? "default" : "user" };
    },
    forget: (number) => {
      if (!switches.menuLinkSurvivesBlock) links.delete(number);
      tellUser(number);
    },
    later,
    aliases,
    menuOfAlias: (aliasId) => {
      const outdated = outdatedAliases.get(aliasId);
      return outdated !== undefined && outdated.until > clock.now()
        ? outdated.richMenuId
        : aliases.get(aliasId);
    },
    setAlias: (aliasId, richMenuId) => {
      const before = aliases.get(aliasId);
      if (before !== undefined && switches.aliasLagMs > 0)
        outdatedAliases.set(aliasId, { richMenuId: before, until: clock.now() + switches.aliasLagMs });
      aliases.set(aliasId, richMenuId);
    },
    startBatch: (requestId, operations, resumeKey) => {
      const progress: BatchProgress = { phase: "ongoing", acceptedAt: clock.now() };
      batches.set(requestId, progress);
      const resumed = resumeKey === undefined ? undefined : resumeKeys.get(resumeKey);
      // Here a batch never stops half-way: resuming one finds nobody left to do.
      const repeated = resumed !== undefined && clock.now() - resumed < fourteenDaysMs;
      if (resumeKey !== undefined && !repeated) resumeKeys.set(resumeKey, clock.now());
      later(() => {
        if (!repeated) runBatch(operations);
        progress.phase = "succeeded";
        progress.completedAt = clock.now();
      });
    },
    batchProgress: (requestId) => {
      const progress = batches.get(requestId);
      return progress !== undefined && clock.now() - progress.acceptedAt < fourteenDaysMs
        ? progress
        : undefined;
    },
  };
}
