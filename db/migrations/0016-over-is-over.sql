-- Since when nothing new of an order is begun, because something newer is on its way to the same people.
ALTER TABLE outbox_orders ADD COLUMN ceased_at INTEGER;

-- With 20,000 alerts and as many telegrams these questions read everything: 70 to 130 ms, some of them every minute.
CREATE INDEX alerts_by_end ON alerts (coalesce(ended_at, expires_at)) WHERE kind = 'alert' AND confirmed_at IS NOT NULL;
CREATE INDEX broadcasts_of_kind ON broadcasts (kind, id);
CREATE INDEX broadcasts_of_kind_by_state ON broadcasts (kind, state, id);
CREATE INDEX broadcasts_in_drills ON broadcasts (mode, id) WHERE mode <> 'live';
CREATE INDEX hazards_that_led_to_nothing ON hazards (received_at) WHERE stage = 'done' AND alerts = '[]';
