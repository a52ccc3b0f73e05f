-- What official feeds announced. A feed's entries and the mark of its version are kept in one act, so the table is also the
-- queue: whatever waits here was seen and not yet heard, whichever process saw it.
CREATE TABLE feed_entries (
  id TEXT PRIMARY KEY,                            -- the feed's own, the same however often it is listed
  url TEXT NOT NULL,                              -- where the telegram is fetched; '' where the feed's link led elsewhere
  type TEXT NOT NULL,                             -- VPWW55, VXSE53 …; '' where the name tells none
  title TEXT NOT NULL,
  updated_at INTEGER NOT NULL,                    -- when the feed says that it was issued
  first_seen_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'fetched', 'ignored', 'failed', 'too_old')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL DEFAULT 0,
  detail TEXT,                                    -- why the last attempt failed
  owner TEXT,                                     -- the process that is at it
  leased_until INTEGER NOT NULL DEFAULT 0,
  done_at INTEGER,
  body BLOB                                       -- the original bytes, gzip, of what was heard; 30 days
) STRICT;
CREATE INDEX feed_entries_waiting ON feed_entries (updated_at) WHERE state = 'waiting';
CREATE INDEX feed_entries_done ON feed_entries (first_seen_at) WHERE state <> 'waiting';

-- By which the next question for a feed's file is put conditionally.
CREATE TABLE feed_files (
  url TEXT PRIMARY KEY,
  etag TEXT,
  last_modified TEXT,
  read_at INTEGER NOT NULL
) STRICT;
