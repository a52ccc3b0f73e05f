import { blob, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

// The tables that stores ask through Drizzle; the truth about all tables is db/migrations, and a test holds the two
// together. Residents, inbox and outbox are asked with statements prepared by hand (see db/README.md).

export const staff = sqliteTable("staff", {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  roles: text({ mode: "json" }).$type<string[]>().notNull(),
  createdAt: integer("created_at").notNull(),
});

export const apiKeys = sqliteTable("api_keys", {
  id: text().primaryKey(),
  staffId: text("staff_id").notNull(),
  label: text().notNull(),
  keyHash: text("key_hash").notNull(),
  createdAt: integer("created_at").notNull(),
});

export const staffSessions = sqliteTable("staff_sessions", {
  tokenHash: text("token_hash").primaryKey(),
  staffId: text("staff_id").notNull(),
  createdAt: integer("created_at").notNull(),
  seenAt: integer("seen_at").notNull(),
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
