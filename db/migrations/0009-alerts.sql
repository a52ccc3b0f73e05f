-- A broadcast is a notice (written, approved, scheduled) or an alert (raised from a template, confirmed, at once).
ALTER TABLE broadcasts ADD COLUMN kind TEXT NOT NULL DEFAULT 'notice' CHECK (kind IN ('notice', 'alert'));
-- Whether it is meant: stamped at birth, carried by the order to the moment of sending, never changed (invariant 8).
ALTER TABLE broadcasts ADD COLUMN mode TEXT NOT NULL DEFAULT 'live' CHECK (mode IN ('live', 'rehearsal', 'publicDrill'));
ALTER TABLE outbox_orders ADD COLUMN mode TEXT NOT NULL DEFAULT 'live' CHECK (mode IN ('live', 'rehearsal', 'publicDrill'));
CREATE TRIGGER broadcasts_keep_their_mode BEFORE UPDATE OF mode, kind ON broadcasts
  WHEN new.mode IS NOT old.mode OR new.kind IS NOT old.kind
  BEGIN SELECT RAISE(ABORT, 'what was made as a drill stays a drill, and what was not does not become one'); END;
CREATE TRIGGER outbox_orders_keep_their_mode BEFORE UPDATE OF mode ON outbox_orders WHEN new.mode IS NOT old.mode
  BEGIN SELECT RAISE(ABORT, 'what was made as a drill stays a drill, and what was not does not become one'); END;
CREATE TRIGGER outbox_orders_have_the_mode_of_their_broadcast BEFORE INSERT ON outbox_orders
  WHEN new.mode IS NOT (SELECT mode FROM broadcasts WHERE id = new.broadcast_id)
  BEGIN SELECT RAISE(ABORT, 'an order has the mode of its broadcast'); END;

-- What an alert is besides a broadcast of the same id.
CREATE TABLE alerts (
  id TEXT PRIMARY KEY REFERENCES broadcasts (id),
  kind TEXT NOT NULL CHECK (kind IN ('alert', 'update', 'correction', 'allClear')),
  of_id TEXT REFERENCES alerts (id),              -- the alert that this one follows up
  template TEXT NOT NULL,
  level INTEGER CHECK (level BETWEEN 1 AND 5),    -- of the five alert levels; NULL where they do not apply
  blanks TEXT NOT NULL,                           -- as given, JSON
  districts TEXT,                                 -- as JSON; NULL: the whole ward
  untranslated TEXT NOT NULL DEFAULT '{}',        -- by language, the blanks that stand there in another one
  alone_allowed INTEGER NOT NULL,                 -- whether one person may confirm what they raised (break-glass)
  raised_by TEXT NOT NULL REFERENCES staff (id),
  raised_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,                    -- not sent after it, shown as over after it
  confirmed_by TEXT REFERENCES staff (id),
  confirmed_at INTEGER,
  break_glass_reason TEXT,
  rule TEXT,                                      -- the written rule that raised it
  hazard TEXT,                                    -- the hazard that made the rule do so
  ended_at INTEGER,                               -- over before it expired: lifted, corrected, or ended by hand
  ended_by TEXT,                                  -- the follow-up that said so, or the person
  CHECK ((kind = 'alert') = (of_id IS NULL))
) STRICT;
CREATE INDEX alerts_followed_up ON alerts (of_id) WHERE of_id IS NOT NULL;
CREATE INDEX alerts_not_over ON alerts (expires_at) WHERE ended_at IS NULL;
-- A hazard raises an alert once, whichever process reads it.
CREATE UNIQUE INDEX alerts_of_hazard ON alerts (hazard, kind) WHERE hazard IS NOT NULL;

-- The lists of broadcasts are PR's desk; alerts have a list of their own.
DROP TRIGGER broadcasts_are_found;
CREATE TRIGGER broadcasts_are_found AFTER INSERT ON broadcasts WHEN new.kind = 'notice' BEGIN
  INSERT INTO broadcast_finder VALUES (new.id, new.state,
    new.title || char(10) || coalesce((SELECT group_concat(value ->> '$.title', char(10)) FROM json_each(new.contents)), ''), new.writers);
END;
