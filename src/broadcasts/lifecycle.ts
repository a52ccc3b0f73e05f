export const broadcastStates = [
  "draft",
  "submitted",
  "returned",
  "approved",
  "sending",
  "sent",
  "stopped",
  "cancelled",
  "missed",
] as const;
export type BroadcastState = (typeof broadcastStates)[number];

/**
 * What may become of a broadcast, and from where: the one table that decides (invariant 3). `begin`, `miss`, `finish`
 * and `expire` are the clock's; the others are people's. A stopped broadcast resumes to where it was: `sending` if it
 * had begun, else `approved`.
 */
export const lifecycle = {
  edit: { from: ["draft", "returned"] },
  submit: { from: ["draft", "returned"] },
  return: { from: ["submitted"] },
  approve: { from: ["submitted"] },
  begin: { from: ["approved"] },
  miss: { from: ["approved"] },
  finish: { from: ["sending"] },
  stop: { from: ["approved", "sending"] },
  resume: { from: ["stopped"] },
  cancel: { from: ["draft", "submitted", "returned", "approved", "stopped"] },
  expire: { from: ["draft", "submitted", "returned"] },
} as const satisfies Record<string, { from: readonly BroadcastState[] }>;

export type Act = keyof typeof lifecycle;

export function allows(act: Act, state: BroadcastState): boolean {
  const from: readonly BroadcastState[] = lifecycle[act].from;
  return from.includes(state);
}

/** What people may do with a broadcast in this state, for an answer that says how to go on. */
export function actsIn(state: BroadcastState): Act[] {
  const peoples: Act[] = ["edit", "submit", "return", "approve", "stop", "resume", "cancel"];
  return peoples.filter((act) => allows(act, state));
}
