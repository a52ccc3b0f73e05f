import type { PreferenceChange, Preferences, Question, Resident } from "./preferences.ts";

type Changeable = Pick<Resident, "preferences" | "answered" | "chose" | "changedAt">;

/** Older notes of single fields are folded into one, so that a resident's row stays small. */
const keepFieldTimesForMs = 7 * 24 * 60 * 60 * 1000;
const floor = "*";

/**
 * Applies what a resident did at `timestamp`. Each field keeps the newest timestamp that changed it, so that events which
 * arrive late or twice change nothing, while two quick taps on different categories both count whatever their order
 * (invariant 2).
 */
export function applyChange(
  resident: Changeable,
  change: PreferenceChange,
  timestamp: number,
  known: Known,
): Changeable {
  const times = new Map(Object.entries(resident.changedAt));
  const isNews = (field: string): boolean => timestamp >= (times.get(field) ?? times.get(floor) ?? 0);
  const claim = (field: string): boolean => {
    if (!isNews(field)) return false;
    times.set(field, timestamp);
    return true;
  };
  const { preferences, question, counts } = changed(resident.preferences, change, claim, known);
  const answered = question === undefined ? resident.answered : new Set([...resident.answered, question]);
  return { preferences, answered, chose: resident.chose || counts, changedAt: folded(times) };
}

/** The ids a ward offers: an exact choice touches each of them. */
export interface Known {
  categories: readonly string[];
  districts: readonly string[];
}

interface Changed {
  preferences: Preferences;
  question: Question | undefined;
  counts: boolean;
}

function changed(
  before: Preferences,
  change: PreferenceChange,
  claim: (field: string) => boolean,
  known: Known,
): Changed {
  switch (change.kind) {
    case "language":
      return {
        preferences: claim("language") ? { ...before, language: change.to } : before,
        question: "language",
        counts: false,
      };
    case "category":
      return categories(before, [change.id], new Set(change.chosen ? [change.id] : []), claim);
    case "group":
      return categories(before, change.ids, new Set(change.chosen ? change.ids : []), claim);
    case "categories":
      return categories(
        before,
        [...new Set([...known.categories, ...before.categories])],
        new Set(change.ids),
        claim,
      );
    case "district":
      return districts(before, [change.id], new Set(change.chosen ? [change.id] : []), claim);
    case "districts":
      return districts(
        before,
        [...new Set([...known.districts, ...before.districts])],
        new Set(change.ids),
        claim,
      );
    case "child":
      return children(before, [change.birthMonth], new Set(change.added ? [change.birthMonth] : []), claim);
    case "skip":
      return { preferences: before, question: change.question, counts: false };
  }
}

function categories(
  before: Preferences,
  touched: readonly string[],
  chosen: ReadonlySet<string>,
  claim: (field: string) => boolean,
): Changed {
  const after = set(before.categories, touched, chosen, (id) => claim(`category:${id}`));
  return { preferences: { ...before, categories: after }, question: "categories", counts: true };
}

function districts(
  before: Preferences,
  touched: readonly string[],
  chosen: ReadonlySet<string>,
  claim: (field: string) => boolean,
): Changed {
  const after = set(before.districts, touched, chosen, (id) => claim(`district:${id}`));
  return { preferences: { ...before, districts: after }, question: "districts", counts: true };
}

function children(
  before: Preferences,
  touched: readonly string[],
  chosen: ReadonlySet<string>,
  claim: (field: string) => boolean,
): Changed {
  const after = set(before.childrenBirthMonths, touched, chosen, (month) => claim(`child:${month}`));
  return { preferences: { ...before, childrenBirthMonths: after }, question: "children", counts: true };
}

function set(
  before: ReadonlySet<string>,
  touched: readonly string[],
  chosen: ReadonlySet<string>,
  claim: (id: string) => boolean,
): ReadonlySet<string> {
  const after = new Set(before);
  for (const id of touched) {
    if (!claim(id)) continue;
    if (chosen.has(id)) after.add(id);
    else after.delete(id);
  }
  return after;
}

/** Fields untouched for a week share one time, the newest of them: an event that old is ignored for all of them. */
function folded(times: Map<string, number>): Record<string, number> {
  if (times.size === 0) return {};
  const newest = Math.max(...times.values());
  const old = [...times].filter(([field, time]) => field === floor || time < newest - keepFieldTimesForMs);
  if (old.length === 0) return Object.fromEntries(times);
  const recent = [...times].filter(
    ([field, time]) => field !== floor && time >= newest - keepFieldTimesForMs,
  );
  return { [floor]: Math.max(...old.map(([, time]) => time)), ...Object.fromEntries(recent) };
}
