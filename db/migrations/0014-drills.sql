-- Who is in drill mode, and how long. What somebody raises while in it is a drill (invariant 8); it closes itself.
CREATE TABLE drill_modes (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  mode TEXT NOT NULL CHECK (mode IN ('rehearsal', 'publicDrill')),
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  CHECK (until > since)
) STRICT, WITHOUT ROWID;
