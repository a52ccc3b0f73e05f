-- What somebody of the staff must look at now: shown on their pages until they say they saw it, and pushed to the phones
-- they linked.
CREATE TABLE calls (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  role TEXT NOT NULL,                             -- whoever has it is called
  drill INTEGER NOT NULL DEFAULT 0,
  alert_id TEXT REFERENCES alerts (id),
  hazard_id TEXT,
  details TEXT NOT NULL DEFAULT '{}',             -- values for its sentence, JSON
  once TEXT UNIQUE,                               -- the same occasion calls once, however often it is noticed
  until INTEGER NOT NULL,                         -- not shown any more after it
  pushed_at INTEGER                               -- NULL until the linked phones have been told
) STRICT;
CREATE INDEX calls_open ON calls (until);
CREATE INDEX calls_to_push ON calls (at) WHERE pushed_at IS NULL;

CREATE TABLE call_answers (
  call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (call_id, staff_id)
) STRICT, WITHOUT ROWID;

-- One push to one phone, with the key that makes a repetition harmless.
CREATE TABLE call_pushes (
  call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  retry_key TEXT NOT NULL,
  done_at INTEGER,
  PRIMARY KEY (call_id, staff_id)
) STRICT, WITHOUT ROWID;
