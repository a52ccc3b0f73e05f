-- What is typed and not yet saved, per person and form: nothing is lost on a crash or a lapsed session.
CREATE TABLE working_copies (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  key TEXT NOT NULL,                              -- the broadcast's id, or `new-` and the id it will have
  fields TEXT,                                    -- the form as it was posted, JSON; NULL: only looked at so far
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (staff_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX working_copies_by_key ON working_copies (key, saved_at);
CREATE INDEX working_copies_by_age ON working_copies (saved_at);

-- Notices to start from. They cannot be sent (invariant 11): nothing but the form reads them.
CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  fields TEXT NOT NULL,                           -- as in working_copies
  created_by TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- Re-encoded pictures. The id is the SHA-256 of the bytes: the same picture is kept once, and never changes.
CREATE TABLE pictures (
  id TEXT PRIMARY KEY,
  jpeg BLOB NOT NULL,
  uploaded_by TEXT NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL                        -- when it was last uploaded, or found in use
) STRICT;
CREATE INDEX pictures_by_age ON pictures (seen_at);

-- The phones staff have registered for test sends. A code waits ten minutes for the phone that sends it.
CREATE TABLE staff_phones (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  line_user_id TEXT UNIQUE,                       -- NULL while the code waits
  code TEXT UNIQUE,
  code_expires_at INTEGER,
  linked_at INTEGER
) STRICT;

CREATE TABLE test_sends (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX test_sends_by_person ON test_sends (staff_id, at);

-- What went out in a week, for the warning that people get too much.
