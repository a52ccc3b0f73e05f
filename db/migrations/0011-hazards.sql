-- Every telegram that was heard, what was decided about it and why. `heard` and `decided` are work that a kill left over.
CREATE TABLE hazards (
  id TEXT PRIMARY KEY,
  telegram TEXT NOT NULL UNIQUE,                  -- the issuer's id: a second hearing is the same telegram
  fingerprint TEXT NOT NULL,                      -- of what it says: the same under another id is a repeat
  source TEXT NOT NULL CHECK (source IN ('jma', 'inbound')),
  reading TEXT NOT NULL,                          -- as it was read for this ward, JSON
  received_at INTEGER NOT NULL,
  received_from TEXT NOT NULL,                    -- the feed, a staff id, or `device`
  stage TEXT NOT NULL CHECK (stage IN ('heard', 'decided', 'done')),
  attempts INTEGER NOT NULL DEFAULT 0,            -- that failed
  decided_at INTEGER,
  decisions TEXT NOT NULL DEFAULT '[]',           -- JSON
  automatic INTEGER NOT NULL DEFAULT 0,           -- alerts it raised to be sent at once, and those that wait for a person
  drafts INTEGER NOT NULL DEFAULT 0,
  alerts TEXT NOT NULL DEFAULT '[]',              -- their ids, JSON
  call TEXT,                                      -- what staff were called for
  check_at INTEGER                                -- when to look whether the warning that it announced has come
) STRICT;
CREATE INDEX hazards_same ON hazards (fingerprint);
CREATE INDEX hazards_undone ON hazards (id) WHERE stage != 'done';
CREATE INDEX hazards_raised ON hazards (decided_at) WHERE automatic + drafts > 0;
CREATE INDEX hazards_called ON hazards (call, decided_at) WHERE call IS NOT NULL;
CREATE INDEX hazards_by_source ON hazards (source, id);
CREATE INDEX hazards_checked ON hazards (check_at) WHERE check_at IS NOT NULL;

-- What is known about each subject, and what residents were told of it.
CREATE TABLE hazard_states (
  subject TEXT PRIMARY KEY,
  reported_at INTEGER NOT NULL,
  state TEXT NOT NULL                             -- JSON
) STRICT, WITHOUT ROWID;

-- The switch that stops automatic sending. One row.
CREATE TABLE feed_maintenance (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  is_on INTEGER NOT NULL,
  by_id TEXT NOT NULL,                            -- who switched it last
  since INTEGER NOT NULL,
  until INTEGER,                                  -- ends by itself
  note TEXT NOT NULL
) STRICT;
INSERT INTO feed_maintenance VALUES (1, 0, 'system', 0, NULL, '');
