import type { DeskStore, Summary } from "../../broadcasts/desk-store.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import { dayMs } from "./times.ts";

/** Something that waits for this person, and why. */
export interface Work {
  broadcast: Summary;
  why: "submitted" | "returned" | "stopped" | "missed" | "undetermined" | "rejected" | "expired";
  /** How many residents it is about, for what was not handed over. */
  residents?: number;
}

/** What is over is shown for so long. */
const shownForMs = 7 * dayMs;
const most = 20;

/**
 * What waits for somebody, most pressing first: decisions about what is stopped or not known, approvals, what came back,
 * and what was not sent. Authors see what they wrote; approvers, duty officers and administrators see everything.
 */
export async function findWork(
  { desk, deliveries }: { desk: DeskStore; deliveries: DeliveryStore },
  actor: Actor,
  now: number,
): Promise<Work[]> {
  if (!may(actor, "broadcast.stop")) return [];
  const seesAll = actor.roles.some((role) => role !== "author" && role !== "viewer" && role !== "auditor");
  const writer = seesAll ? undefined : actor.id;
  const [stopped, submitted, returned, missed, remainders] = await Promise.all([
    desk.search({ states: ["stopped"], writer }, most),
    may(actor, "broadcast.approve") ? desk.search({ states: ["submitted"] }, 2 * most) : [],
    desk.search({ states: ["returned"], writer: actor.id }, most),
    desk.search({ states: ["missed"], writer }, most),
    deliveries.remainders(now - shownForMs),
  ]);
  const troubled = await desk.byIds([...new Set(remainders.map((each) => each.broadcastId))]);
  const failed = remainders.flatMap(({ broadcastId, state, residents }): Work[] => {
    const broadcast = troubled.find(({ id }) => id === broadcastId);
    const concerns = broadcast !== undefined && (seesAll || broadcast.writers.includes(actor.id));
    return concerns ? [{ broadcast, why: state, residents }] : [];
  });
  const as = (why: Work["why"], all: Summary[]): Work[] => all.map((broadcast) => ({ broadcast, why }));
  return [
    ...failed.filter(({ why }) => why === "undetermined"),
    ...as("stopped", stopped),
    ...as(
      "submitted",
      submitted.filter(({ writers }) => !writers.includes(actor.id)),
    ),
    ...as("returned", returned),
    ...as(
      "missed",
      missed.filter(({ updatedAt }) => now - updatedAt < shownForMs),
    ),
    ...failed.filter(({ why }) => why !== "undetermined"),
  ];
}
