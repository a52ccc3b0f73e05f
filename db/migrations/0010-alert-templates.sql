-- Texts of alert templates that somebody proposed in the console. The templates themselves are files; of the texts by which
-- one of them is used, the newest approved ones stand before those of the file. Nothing is ever deleted.
CREATE TABLE alert_template_proposals (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  template TEXT NOT NULL,
  texts TEXT NOT NULL,                            -- of the languages proposed, as JSON
  comment TEXT,
  based_on INTEGER NOT NULL,                      -- how many were approved for this template when it was proposed
  proposed_by TEXT NOT NULL REFERENCES staff (id),
  proposed_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'refused')),
  approval INTEGER UNIQUE,                        -- grows with every approval, whichever template it is for
  decided_by TEXT REFERENCES staff (id),
  decided_at INTEGER,
  decision_comment TEXT,
  CHECK (decided_by IS NULL OR decided_by IS NOT proposed_by),
  CHECK ((state = 'open') = (decided_by IS NULL)),
  CHECK ((state = 'approved') = (approval IS NOT NULL))
) STRICT;
CREATE INDEX alert_template_proposals_of_one ON alert_template_proposals (template, seq);
CREATE INDEX alert_template_proposals_open ON alert_template_proposals (seq) WHERE state = 'open';
