-- Sections of the ward (課): each owns categories, and staff who belong to one may address only what it owns.
CREATE TABLE sections (
  id TEXT PRIMARY KEY,
  name_ja TEXT NOT NULL UNIQUE,
  name_en TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;

-- A category may be owned by several sections: events and the newsletter are written by many.
CREATE TABLE section_categories (
  section_id TEXT NOT NULL REFERENCES sections (id) ON DELETE CASCADE,
  category TEXT NOT NULL,
  PRIMARY KEY (section_id, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE section_members (
  staff_id TEXT NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  section_id TEXT NOT NULL REFERENCES sections (id) ON DELETE CASCADE,
  PRIMARY KEY (staff_id, section_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX section_members_of ON section_members (section_id);

-- Who of a section may address everybody all the same.
CREATE TABLE everyone_rights (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id) ON DELETE CASCADE,
  granted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit pages filter by these; each index ends with the time, so that the newest come first without sorting.
CREATE INDEX audit_entries_by_time ON audit_entries (at);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor, at);
CREATE INDEX audit_entries_by_act ON audit_entries (act, at);
CREATE INDEX audit_entries_by_actor_and_act ON audit_entries (actor, act, at);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject, at);
