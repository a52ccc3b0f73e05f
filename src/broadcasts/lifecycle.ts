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

/** A notice is written, approved and scheduled; an alert is raised from a template and confirmed. */
export type BroadcastKind = "notice" | "alert";

const notice: readonly BroadcastKind[] = ["notice"];
const alert: readonly BroadcastKind[] = ["alert"];
const both: readonly BroadcastKind[] = ["notice", "alert"];

/**
 * What may become of a broadcast of which kind, and from where: the one table that decides (invariant 3). `begin`, `miss`,
 * `finish` and `expire` are the clock's; the others are people's, and `confirm` also a written rule's. A stopped
 * broadcast resumes to where it was: `sending` if it had begun, else `approved`.
 */
export const lifecycle = {
  edit: { of: notice, from: ["draft", "returned"] },
  submit: { of: notice, from: ["draft", "returned"] },
  return: { of: notice, from: ["submitted"] },
  approve: { of: notice, from: ["submitted"] },
  confirm: { of: alert, from: ["draft"] },
  begin: { of: notice, from: ["approved"] },
  miss: { of: notice, from: ["approved"] },
  finish: { of: both, from: ["sending"] },
  stop: { of: both, from: ["approved", "sending"] },
  resume: { of: both, from: ["stopped"] },
  cancel: { of: both, from: ["draft", "submitted", "returned", "approved", "stopped"] },
  expire: { of: both, from: ["draft", "submitted", "returned"] },
} as const satisfies Record<string, { of: readonly BroadcastKind[]; from: readonly BroadcastState[] }>;

export type Act = keyof typeof lifecycle;

/** What of a broadcast decides about what may become of it. */
export interface Standing {
  kind: BroadcastKind;
  state: BroadcastState;
}

export function allows(act: Act, { kind, state }: Standing): boolean {
  const from: readonly BroadcastState[] = lifecycle[act].from;
  return lifecycle[act].of.includes(kind) && from.includes(state);
}

/** What people may do with a broadcast as it stands, for an answer that says how to go on. */
export function actsIn(standing: Standing): Act[] {
  const peoples: Act[] = ["edit", "submit", "return", "approve", "confirm", "stop", "resume", "cancel"];
  return peoples.filter((act) => allows(act, standing));
}
