-- What was changed in the console about categories, districts and groups, on top of the ward profile: the ward is the
-- profile's file with these changes, in their order. Never changed or deleted; a retired thing is brought back by a
-- further change. The last seq is the version of the ward.
CREATE TABLE catalogue_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL REFERENCES staff (id),
  change TEXT NOT NULL                            -- as JSON
) STRICT;
