/** What one resident told the ward (受信設定). Nothing else is known of them (invariant 10). */
export interface Preferences {
  language: string;
  categories: ReadonlySet<string>;
  districts: ReadonlySet<string>;
  /** `2026-04`; the day is never kept. */
  childrenBirthMonths: ReadonlySet<string>;
}

/** The questions of the conversation. One that was answered, even with "skip", is not asked again. */
export type Question = "language" | "categories" | "districts" | "children";

export type ResidentId = number & { readonly brand: "ResidentId" };

export interface Resident {
  id: ResidentId;
  lineUserId: string;
  standing: "following" | "left";
  preferences: Preferences;
  answered: ReadonlySet<Question>;
  /** Whether a category, district or child was ever chosen; choosing nothing on purpose counts. */
  chose: boolean;
  /** When each field was last changed, as LINE's `timestamp`; see {@link applyChange}. */
  changedAt: Readonly<Record<string, number>>;
  richMenuId: string | undefined;
}

/** What a tap or a word changes. Each says what is to be, not what to flip, so that a repeated event changes nothing. */
export type PreferenceChange =
  | { kind: "language"; to: string }
  | { kind: "category"; id: string; chosen: boolean }
  | { kind: "categories"; ids: string[] }
  | { kind: "group"; ids: string[]; chosen: boolean }
  | { kind: "district"; id: string; chosen: boolean }
  | { kind: "districts"; ids: string[] }
  | { kind: "child"; birthMonth: string; added: boolean }
  | { kind: "skip"; question: Question };
