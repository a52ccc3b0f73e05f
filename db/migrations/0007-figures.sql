-- Totals over time, for the reports. Nothing here is about a single person.

-- How many began to follow and how many left, by the hour (UTC) in which LINE says they did.
CREATE TABLE follow_counts (
  hour INTEGER PRIMARY KEY,                       -- when the hour began
  follows INTEGER NOT NULL DEFAULT 0,
  leaves INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Those who follow, counted once on each day: all of them, those who never chose anything, and by what they chose.
CREATE TABLE daily_heads (
  kind TEXT NOT NULL CHECK (kind IN ('all', 'undecided', 'language', 'category', 'district', 'children')),
  day TEXT NOT NULL,                              -- Tokyo date
  id TEXT NOT NULL,                               -- of the language, category …; '' where there is none
  residents INTEGER NOT NULL,
  PRIMARY KEY (kind, day, id)                     -- some days of all ids are asked together
) STRICT, WITHOUT ROWID;

-- What became of each broadcast, so that a year of them is a sum of rows and not of their batches.
CREATE TABLE broadcast_totals (
  broadcast_id TEXT PRIMARY KEY REFERENCES broadcasts (id),
  begun_at INTEGER NOT NULL,
  categories TEXT NOT NULL,                       -- ids as JSON; [""] when the rule names none
  planned INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  follows_after INTEGER NOT NULL,                 -- within 24 hours
  leaves_after INTEGER NOT NULL,
  final INTEGER NOT NULL                          -- 1 when nothing of it can change any more
) STRICT, WITHOUT ROWID;
CREATE INDEX broadcast_totals_by_time ON broadcast_totals (begun_at);
CREATE INDEX broadcasts_begun ON broadcasts (begun_at, state, id) WHERE begun_at IS NOT NULL;

CREATE TABLE link_tap_totals (
  broadcast_id TEXT PRIMARY KEY REFERENCES broadcasts (id),
  taps INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO link_tap_totals SELECT broadcast_id, sum(taps) FROM link_taps GROUP BY broadcast_id;
