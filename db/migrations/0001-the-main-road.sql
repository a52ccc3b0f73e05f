-- Times are milliseconds since 1970 in UTC. Masks are 64 bits, one bit per category or district (see facets).

-- Which bit stands for which category or district of the ward profile. A bit is never given to another id.
CREATE TABLE facets (
  kind TEXT NOT NULL CHECK (kind IN ('category', 'district')),
  id TEXT NOT NULL,
  bit INTEGER NOT NULL CHECK (bit BETWEEN 0 AND 63),
  PRIMARY KEY (kind, id),
  UNIQUE (kind, bit)
) STRICT, WITHOUT ROWID;

CREATE TABLE residents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  line_user_id TEXT UNIQUE,                       -- NULL once erased
  standing TEXT NOT NULL CHECK (standing IN ('following', 'left', 'erased')),
  language TEXT NOT NULL,
  categories INTEGER NOT NULL DEFAULT 0,
  districts INTEGER NOT NULL DEFAULT 0,
  chose INTEGER NOT NULL DEFAULT 0,               -- 1 once a category, district or child was ever chosen
  answered TEXT NOT NULL DEFAULT '[]',            -- which questions need not be asked again
  changed_at TEXT NOT NULL DEFAULT '{}',          -- per field, the LINE timestamp of what is stored (invariant 2)
  rich_menu_id TEXT,                              -- the menu last linked, NULL while the default shows
  since INTEGER NOT NULL,                         -- when the present standing began
  revision INTEGER NOT NULL,                      -- grows with every change; readers ask for what is newer
  CHECK ((standing = 'erased') = (line_user_id IS NULL))
) STRICT;
CREATE INDEX residents_by_revision ON residents (revision);
CREATE INDEX residents_who_left ON residents (since) WHERE standing = 'left';
CREATE INDEX residents_with_menu ON residents (rich_menu_id) WHERE rich_menu_id IS NOT NULL;

CREATE TABLE resident_children (
  resident_id INTEGER NOT NULL REFERENCES residents (id),
  birth_month INTEGER NOT NULL CHECK (birth_month BETWEEN 190001 AND 299912),  -- 202604
  PRIMARY KEY (resident_id, birth_month)
) STRICT, WITHOUT ROWID;

-- The only thing the outbox knows of residents: who can be reached now, and where.
CREATE VIEW outbox_addresses AS
  SELECT id AS resident_id, line_user_id AS address FROM residents WHERE standing = 'following';

CREATE TABLE inbox_events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,                  -- LINE's webhookEventId (invariant 2)
  received_at INTEGER NOT NULL,
  user_id TEXT,                                   -- NULL once handled (invariant 10)
  payload TEXT,                                   -- NULL once handled
  attempts INTEGER NOT NULL DEFAULT 0,
  owner TEXT,
  leased_until INTEGER NOT NULL DEFAULT 0,
  handled_at INTEGER
) STRICT;
CREATE INDEX inbox_waiting ON inbox_events (seq) WHERE handled_at IS NULL;
CREATE INDEX inbox_handled ON inbox_events (handled_at) WHERE handled_at IS NOT NULL;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  roles TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  label TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,                  -- SHA-256 of a key of 256 random bits
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotent_requests (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,                      -- of method, path and body
  status INTEGER,                                 -- NULL while the first request is still being answered
  body TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (staff_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotent_requests_by_age ON idempotent_requests (created_at);

CREATE TABLE audit_entries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER audit_entries_are_never_changed BEFORE UPDATE ON audit_entries
  BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entries_are_never_deleted BEFORE DELETE ON audit_entries
  BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;

CREATE TABLE broadcasts (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'sending', 'sent', 'stopped',
                                       'cancelled', 'missed')),
  version INTEGER NOT NULL DEFAULT 1,
  audience TEXT NOT NULL,
  contents TEXT NOT NULL,
  missing_translations TEXT NOT NULL DEFAULT 'refuse' CHECK (missing_translations IN ('refuse', 'fallback')),
  send_at INTEGER,
  grace_ms INTEGER NOT NULL,
  repeat TEXT,
  due_at INTEGER,                                 -- when it, or the next of its repeats, goes
  series_id TEXT REFERENCES broadcasts (id),
  author_id TEXT NOT NULL REFERENCES staff (id),
  writers TEXT NOT NULL,                          -- everybody who wrote or submitted it: none of them may approve
  approved_by TEXT REFERENCES staff (id),
  approved_at INTEGER,
  begun_at INTEGER,                               -- when sending began
  finished_at INTEGER,
  stopped_by TEXT,
  comment TEXT,                                   -- why it was returned, stopped or cancelled
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (state IN ('draft', 'submitted', 'returned', 'cancelled') OR approved_by IS NOT NULL)  -- invariant 11
) STRICT;
CREATE INDEX broadcasts_by_state ON broadcasts (state, id);
CREATE INDEX broadcasts_due ON broadcasts (due_at) WHERE state = 'approved';
CREATE UNIQUE INDEX broadcasts_of_series ON broadcasts (series_id, due_at) WHERE series_id IS NOT NULL;

CREATE TABLE link_taps (
  broadcast_id TEXT NOT NULL REFERENCES broadcasts (id),
  language TEXT NOT NULL,
  day TEXT NOT NULL,                              -- Tokyo date
  taps INTEGER NOT NULL,
  PRIMARY KEY (broadcast_id, language, day)
) STRICT, WITHOUT ROWID;

-- The outbox. An order asks that a broadcast be sent; its plan turns it into batches; each resident of an order
-- stands in exactly one batch, so that the sum of invariant 6 is a sum of batch sizes.
CREATE TABLE outbox_orders (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  broadcast_id TEXT NOT NULL UNIQUE REFERENCES broadcasts (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'halted', 'done', 'cancelled')),
  lane INTEGER NOT NULL,                          -- higher goes first
  due_at INTEGER NOT NULL,
  expires_at INTEGER,
  audience TEXT NOT NULL,
  default_language TEXT NOT NULL,
  plan_cursor INTEGER NOT NULL DEFAULT 0,         -- the last resident id looked at
  plan_done INTEGER NOT NULL DEFAULT 0,
  planned INTEGER NOT NULL DEFAULT 0              -- residents
) STRICT;
CREATE INDEX outbox_orders_open ON outbox_orders (lane DESC, due_at, seq) WHERE state = 'open';

CREATE TABLE outbox_bodies (
  order_seq INTEGER NOT NULL REFERENCES outbox_orders (seq),
  language TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (order_seq, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox_batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  order_seq INTEGER NOT NULL REFERENCES outbox_orders (seq),
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('filling', 'pending', 'sending', 'accepted', 'rejected', 'cancelled', 'expired',
                                       'undetermined', 'parked', 'split')),
  size INTEGER NOT NULL CHECK (size >= 0),
  residents TEXT,                                 -- their ids as JSON, ascending; NULL once settled
  retry_key TEXT NOT NULL UNIQUE,
  addresses TEXT,                                 -- theirs as JSON, sealed before the first attempt (invariant 5); NULL once settled
  attempts INTEGER NOT NULL DEFAULT 0,
  first_attempt_at INTEGER,
  unsure_since INTEGER,                           -- of the oldest attempt that may have been accepted
  not_before INTEGER NOT NULL DEFAULT 0,
  owner TEXT,
  leased_until INTEGER NOT NULL DEFAULT 0,
  settled_at INTEGER,
  request_id TEXT,
  detail TEXT
) STRICT;
CREATE INDEX outbox_batches_of_order ON outbox_batches (order_seq, state, language);
CREATE INDEX outbox_batches_pending ON outbox_batches (order_seq, id) WHERE state = 'pending';
CREATE INDEX outbox_batches_sending ON outbox_batches (leased_until) WHERE state = 'sending';

-- No foreign keys here: checking them would double the cost of planning a million residents.
CREATE TABLE outbox_copies (
  order_seq INTEGER NOT NULL,
  resident_id INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  PRIMARY KEY (order_seq, resident_id)            -- one copy (invariant 4)
) STRICT, WITHOUT ROWID;
