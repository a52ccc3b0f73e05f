-- Each change between everyday and emergency menus, so that one that was cut short goes on where it stopped. LINE is asked
-- to move everybody at once; the key is written before the request (invariant 5), and what it answered after.
CREATE TABLE menu_switches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  face TEXT NOT NULL CHECK (face IN ('everyday', 'emergency')),
  resume_key TEXT NOT NULL UNIQUE,
  moves TEXT NOT NULL,                            -- [{from, to}] of rich menu ids, as JSON
  began_at INTEGER NOT NULL,
  request_id TEXT,                                -- LINE's, by which its progress is asked; NULL until it accepted
  accepted_at INTEGER,
  finished_at INTEGER,
  outcome TEXT CHECK (outcome IN ('moved', 'oneByOne')),
  CHECK ((finished_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE UNIQUE INDEX menu_switches_under_way ON menu_switches ((1)) WHERE finished_at IS NULL;

-- Whose menu is not the one of their language is asked every minute, and must not read all residents.
CREATE INDEX residents_by_language_and_menu ON residents (language, rich_menu_id) WHERE rich_menu_id IS NOT NULL;
