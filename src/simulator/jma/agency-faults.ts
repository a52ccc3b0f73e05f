export const agencyFaultKinds = [
  /** The connection breaks. */
  "down",
  /** The answer waits for `ms`. */
  "slow",
  "refuse404",
  "refuse500",
  "refuse503",
  /** Points somewhere else. */
  "redirect",
  /** A file cut off in the middle. */
  "garbage",
  /** More than anybody should read, without saying how much. */
  "oversize",
  /** A document type with entities before the root. */
  "doctype",
  /** Feeds list every entry twice. */
  "repeats",
] as const;
export type AgencyFaultKind = (typeof agencyFaultKinds)[number];

export interface AgencyFault {
  id: string;
  on: "feeds" | "data" | "*";
  does: AgencyFaultKind;
  ms?: number | undefined;
  /** So many requests; all when not said. */
  times?: number | undefined;
}

export interface AgencyFaults {
  add(fault: Omit<AgencyFault, "id">): AgencyFault;
  list(): readonly AgencyFault[];
  remove(id: string): boolean;
  clear(): void;
  /** What goes wrong with this request. */
  take(on: "feeds" | "data"): readonly AgencyFault[];
}

export function createAgencyFaults(): AgencyFaults {
  let faults: AgencyFault[] = [];
  let number = 0;
  return {
    add: (fault) => {
      const added = { ...fault, id: `jma-${++number}` };
      faults.push(added);
      return added;
    },
    list: () => faults,
    remove: (id) => {
      const before = faults.length;
      faults = faults.filter((each) => each.id !== id);
      return faults.length < before;
    },
    clear: () => {
      faults = [];
    },
    take: (on) => {
      const met = faults.filter((each) => each.on === "*" || each.on === on);
      for (const fault of met) if (fault.times !== undefined) fault.times--;
      faults = faults.filter((each) => each.times === undefined || each.times > 0);
      return met;
    },
  };
}
