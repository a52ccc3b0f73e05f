-- What the list of broadcasts is searched in: beside the broadcasts, since their contents are too long to read through
-- 5,000 of them while somebody waits. Kept by triggers, whoever writes.
CREATE TABLE broadcast_finder (
  broadcast_id TEXT PRIMARY KEY REFERENCES broadcasts (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  words TEXT NOT NULL,                            -- the title, and the titles of all languages
  writers TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX broadcast_finder_by_state ON broadcast_finder (state, broadcast_id);
INSERT INTO broadcast_finder
  SELECT id, state, title || char(10) || coalesce((SELECT group_concat(value ->> '$.title', char(10)) FROM json_each(contents)), ''), writers
  FROM broadcasts;
CREATE TRIGGER broadcasts_are_found AFTER INSERT ON broadcasts BEGIN
  INSERT INTO broadcast_finder VALUES (new.id, new.state,
    new.title || char(10) || coalesce((SELECT group_concat(value ->> '$.title', char(10)) FROM json_each(new.contents)), ''), new.writers);
END;
CREATE TRIGGER broadcasts_are_found_changed AFTER UPDATE OF title, contents, state, writers ON broadcasts BEGIN
  UPDATE broadcast_finder SET state = new.state, writers = new.writers,
    words = new.title || char(10) || coalesce((SELECT group_concat(value ->> '$.title', char(10)) FROM json_each(new.contents)), '')
  WHERE broadcast_id = new.id;
END;

-- What was submitted, each time: what an approver sees is compared with what they saw last.
CREATE TABLE broadcast_versions (
  broadcast_id TEXT NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  title TEXT NOT NULL,
  audience TEXT NOT NULL,
  contents TEXT NOT NULL,
  missing_translations TEXT NOT NULL,
  send_at INTEGER,
  repeat TEXT,
  PRIMARY KEY (broadcast_id, version)
) STRICT;
INSERT INTO broadcast_versions
  SELECT id, version, updated_at, title, audience, contents, missing_translations, send_at, repeat FROM broadcasts WHERE state = 'submitted';
CREATE TRIGGER submitted_versions_are_kept AFTER UPDATE OF state ON broadcasts WHEN new.state = 'submitted' AND old.state <> 'submitted' BEGIN
  INSERT INTO broadcast_versions
    VALUES (new.id, new.version, new.updated_at, new.title, new.audience, new.contents, new.missing_translations, new.send_at, new.repeat);
END;

-- Which of these versions a person looked at, and which one before it.
CREATE TABLE broadcast_seen (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  broadcast_id TEXT NOT NULL REFERENCES broadcasts (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  before_version INTEGER,
  before_seen_at INTEGER,
  PRIMARY KEY (staff_id, broadcast_id)
) STRICT, WITHOUT ROWID;

-- The week list and the calendar; the repeats in them.
CREATE INDEX broadcasts_by_time ON broadcasts (coalesce(due_at, send_at));
CREATE INDEX broadcasts_repeating ON broadcasts (state) WHERE repeat IS NOT NULL;
-- What was refused or is not known, for the home page.
CREATE INDEX outbox_batches_remaining ON outbox_batches (settled_at) WHERE state IN ('undetermined', 'rejected', 'expired');
-- The history of one broadcast.
CREATE INDEX IF NOT EXISTS audit_entries_by_subject ON audit_entries (subject, seq);
-- Whether a follow-up is still to go, asked of each order whose recipients are to be forgotten: among 5,000 finished orders
-- this took 9 s each minute without the index, and 2 ms with it.
CREATE INDEX outbox_orders_to_come ON outbox_orders (seq) WHERE state IN ('waiting', 'open', 'halted');
