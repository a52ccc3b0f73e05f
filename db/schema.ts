import { blob, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

// The tables that stores ask through Drizzle; the truth about all tables is db/migrations, and a test holds the two
// together. Residents, inbox and outbox are asked with statements prepared by hand (see db/README.md).

export const staff = sqliteTable("staff", {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  roles: text({ mode: "json" }).$type<string[]>().notNull(),
  createdAt: integer("created_at").notNull(),
  deactivatedAt: integer("deactivated_at"),
  lastSignInAt: integer("last_sign_in_at"),
});

export const apiKeys = sqliteTable("api_keys", {
  id: text().primaryKey(),
  staffId: text("staff_id").notNull(),
  label: text().notNull(),
  keyHash: text("key_hash").notNull(),
  createdAt: integer("created_at").notNull(),
});

export const idempotentRequests = sqliteTable(
  "idempotent_requests",
  {
    staffId: text("staff_id").notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    status: integer(),
    body: text(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.key] })],
);

export const auditEntries = sqliteTable("audit_entries", {
  seq: integer().primaryKey({ autoIncrement: true }),
  at: integer().notNull(),
  actor: text().notNull(),
  act: text().notNull(),
  subject: text().notNull(),
  details: text().notNull(),
  previousHash: text("previous_hash").notNull(),
  hash: text().notNull(),
});

export const broadcasts = sqliteTable("broadcasts", {
  id: text().primaryKey(),
  title: text().notNull(),
  state: text().notNull(),
  version: integer().notNull(),
  audience: text().notNull(),
  contents: text().notNull(),
  missingTranslations: text("missing_translations").notNull(),
  sendAt: integer("send_at"),
  graceMs: integer("grace_ms").notNull(),
  repeat: text(),
  dueAt: integer("due_at"),
  seriesId: text("series_id"),
  authorId: text("author_id").notNull(),
  writers: text({ mode: "json" }).$type<string[]>().notNull(),
  approvedBy: text("approved_by"),
  approvedAt: integer("approved_at"),
  begunAt: integer("begun_at"),
  finishedAt: integer("finished_at"),
  stoppedBy: text("stopped_by"),
  comment: text(),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
  kind: text({ enum: ["notice", "alert"] }).notNull(),
  mode: text({ enum: ["live", "rehearsal", "publicDrill"] }).notNull(),
});

export const linkTaps = sqliteTable(
  "link_taps",
  {
    broadcastId: text("broadcast_id").notNull(),
    language: text().notNull(),
    day: text().notNull(),
    taps: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.broadcastId, table.language, table.day] })],
);

export const sections = sqliteTable("sections", {
  id: text().primaryKey(),
  nameJa: text("name_ja").notNull(),
  nameEn: text("name_en").notNull(),
  version: integer().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const sectionCategories = sqliteTable(
  "section_categories",
  { sectionId: text("section_id").notNull(), category: text().notNull() },
  (table) => [primaryKey({ columns: [table.sectionId, table.category] })],
);

export const sectionMembers = sqliteTable(
  "section_members",
  { staffId: text("staff_id").notNull(), sectionId: text("section_id").notNull() },
  (table) => [primaryKey({ columns: [table.staffId, table.sectionId] })],
);

export const everyoneRights = sqliteTable("everyone_rights", {
  staffId: text("staff_id").primaryKey(),
  grantedAt: integer("granted_at").notNull(),
});
// Finding broadcasts, and who saw which version of them.

export const broadcastFinder = sqliteTable("broadcast_finder", {
  broadcastId: text("broadcast_id").primaryKey(),
  state: text().notNull(),
  words: text().notNull(),
  writers: text().notNull(),
});

export const broadcastVersions = sqliteTable(
  "broadcast_versions",
  {
    broadcastId: text("broadcast_id").notNull(),
    version: integer().notNull(),
    submittedAt: integer("submitted_at").notNull(),
    title: text().notNull(),
    audience: text().notNull(),
    contents: text().notNull(),
    missingTranslations: text("missing_translations").notNull(),
    sendAt: integer("send_at"),
    repeat: text(),
  },
  (table) => [primaryKey({ columns: [table.broadcastId, table.version] })],
);

export const broadcastSeen = sqliteTable(
  "broadcast_seen",
  {
    staffId: text("staff_id").notNull(),
    broadcastId: text("broadcast_id").notNull(),
    version: integer().notNull(),
    seenAt: integer("seen_at").notNull(),
    beforeVersion: integer("before_version"),
    beforeSeenAt: integer("before_seen_at"),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.broadcastId] })],
);
export const catalogueChanges = sqliteTable("catalogue_changes", {
  seq: integer().primaryKey({ autoIncrement: true }),
  at: integer().notNull(),
  actor: text().notNull(),
  change: text({ mode: "json" }).$type<unknown>().notNull(),
});

// ---- Compose ----

export const workingCopies = sqliteTable(
  "working_copies",
  {
    staffId: text("staff_id").notNull(),
    key: text().notNull(),
    fields: text(),
    savedAt: integer("saved_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.key] })],
);

export const templates = sqliteTable("templates", {
  id: text().primaryKey(),
  title: text().notNull(),
  fields: text().notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: integer("created_at").notNull(),
  updatedAt: integer("updated_at").notNull(),
});

export const pictures = sqliteTable("pictures", {
  id: text().primaryKey(),
  jpeg: blob({ mode: "buffer" }).notNull(),
  uploadedBy: text("uploaded_by").notNull(),
  createdAt: integer("created_at").notNull(),
  seenAt: integer("seen_at").notNull(),
});

export const staffPhones = sqliteTable("staff_phones", {
  staffId: text("staff_id").primaryKey(),
  lineUserId: text("line_user_id"),
  code: text(),
  codeExpiresAt: integer("code_expires_at"),
  linkedAt: integer("linked_at"),
});

export const testSends = sqliteTable("test_sends", {
  staffId: text("staff_id").notNull(),
  at: integer().notNull(),
});

// Figures: the sums that reports are made of. Other figures are asked with statements prepared by hand (src/reports).

export const linkTapTotals = sqliteTable("link_tap_totals", {
  broadcastId: text("broadcast_id").primaryKey(),
  taps: integer().notNull(),
});

// ---- Signing in ----

export const staffSessions = sqliteTable("staff_sessions", {
  tokenHash: text("token_hash").primaryKey(),
  id: text().notNull(),
  staffId: text("staff_id").notNull(),
  method: text({ enum: ["passphrase", "provider", "demo"] }).notNull(),
  browser: text().notNull(),
  createdAt: integer("created_at").notNull(),
  seenAt: integer("seen_at").notNull(),
  factorAt: integer("factor_at"),
});

export const staffCredentials = sqliteTable("staff_credentials", {
  staffId: text("staff_id").primaryKey(),
  passphraseHash: text("passphrase_hash").notNull(),
  totpSecret: text("totp_secret"),
  totpStep: integer("totp_step").notNull(),
  changedAt: integer("changed_at").notNull(),
});

export const staffPasskeys = sqliteTable("staff_passkeys", {
  id: text().primaryKey(),
  staffId: text("staff_id").notNull(),
  publicKey: text("public_key").notNull(),
  counter: integer().notNull(),
  transports: text({ mode: "json" }).$type<string[]>().notNull(),
  label: text().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const staffRecoveryCodes = sqliteTable(
  "staff_recovery_codes",
  { staffId: text("staff_id").notNull(), codeHash: text("code_hash").notNull() },
  (table) => [primaryKey({ columns: [table.staffId, table.codeHash] })],
);

export const staffInvitations = sqliteTable("staff_invitations", {
  staffId: text("staff_id").primaryKey(),
  tokenHash: text("token_hash").notNull(),
  createdAt: integer("created_at").notNull(),
});

export const staffEntries = sqliteTable("staff_entries", {
  tokenHash: text("token_hash").primaryKey(),
  purpose: text({ enum: ["signIn", "enrolment"] }).notNull(),
  staffId: text("staff_id").notNull(),
  data: text().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const staffChallenges = sqliteTable(
  "staff_challenges",
  {
    holder: text().notNull(),
    purpose: text().notNull(),
    value: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.holder, table.purpose] })],
);

export const staffAttempts = sqliteTable("staff_attempts", {
  subject: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: integer("last_at").notNull(),
  heldUntil: integer("held_until").notNull(),
});

export const staffAsks = sqliteTable("staff_asks", {
  id: text().primaryKey(),
  kind: text({ enum: ["roles", "invitation", "key"] }).notNull(),
  staffId: text("staff_id").notNull(),
  detail: text().notNull(),
  askedBy: text("asked_by").notNull(),
  askedAt: integer("asked_at").notNull(),
});
