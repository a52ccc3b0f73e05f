import type { State } from "../state.ts";
import type { User } from "../users/user.ts";
import type { Delivery } from "../webhook/delivery.ts";
import { type Act } from "./activity.ts";
import { type EventContent, createEvent } from "./events.ts";

/** Puts what the user did into their phone's memory. Returns its place in the order of things. */
export function remember(state: State, user: User, act: Act): number {
  const order = state.nextOrder();
  state.activity.add(user.number, { order, at: state.clock.now(), act });
  state.changes.tell({ of: "user", userId: user.id });
  return order;
}

/** Tells the bot, and resolves with its answer. */
export function notify(state: State, user: User, content: EventContent): Promise<Delivery> {
  return state.webhook.send(createEvent(state, user, content));
}

/** Adding the account as a friend, or lifting a block: both are a follow event, with and without `isUnblocked`. */
export function follow(state: State, userId: string): Promise<Delivery> {
  const user = state.users.meet(userId);
  if (user.state === "deleted") throw new Error(`${userId} has deleted their LINE account.`);
  const isUnblocked = user.state === "blocked";
  user.state = "friend";
  remember(state, user, { did: "follow", isUnblocked });
  return notify(state, user, { type: "follow", follow: { isUnblocked } });
}

export function block(state: State, userId: string): Promise<Delivery> {
  const user = state.users.meet(userId);
  if (user.state !== "friend")
    throw new Error(`${userId} is not a friend of the account and cannot block it.`);
  user.state = "blocked";
  state.menus.forget(user.number);
  remember(state, user, { did: "block" });
  return notify(state, user, { type: "unfollow" });
}

export function unblock(state: State, userId: string): Promise<Delivery> {
  const user = state.users.meet(userId);
  if (user.state !== "blocked") throw new Error(`${userId} has not blocked the account.`);
  return follow(state, userId);
}

/** The LINE account is gone. Whether the bot hears of it is unverified: a switch. */
export async function deleteAccount(state: State, userId: string): Promise<Delivery | undefined> {
  const user = state.users.meet(userId);
  const wasFriend = user.state === "friend";
  user.state = "deleted";
  state.menus.forget(user.number);
  remember(state, user, { did: "deleteAccount" });
  if (!wasFriend || !state.switches.unfollowOnAccountDeletion) return undefined;
  return await notify(state, user, { type: "unfollow" });
}
