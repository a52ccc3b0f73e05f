-- Signing in to the staff pages. Whatever lets somebody in is kept as a hash, or sealed with a key that is not in here.

ALTER TABLE staff ADD COLUMN deactivated_at INTEGER;    -- since when nothing of theirs works
ALTER TABLE staff ADD COLUMN last_sign_in_at INTEGER;   -- NULL: made by the API or invited, and never signed in

DROP TABLE staff_sessions;
CREATE TABLE staff_sessions (
  token_hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,                        -- names the session on the account page
  staff_id TEXT NOT NULL REFERENCES staff (id),
  method TEXT NOT NULL CHECK (method IN ('passphrase', 'provider', 'demo')),
  browser TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  factor_at INTEGER                               -- when a second factor was last shown
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_sessions_by_age ON staff_sessions (seen_at);
CREATE INDEX staff_sessions_by_person ON staff_sessions (staff_id);

CREATE TABLE staff_credentials (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  passphrase_hash TEXT NOT NULL,                  -- argon2id
  totp_secret TEXT,                               -- sealed with AUTH_SECRET
  totp_step INTEGER NOT NULL,                     -- the last 30 seconds whose code was used: none is taken twice
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_passkeys (
  id TEXT PRIMARY KEY,                            -- the credential's id, base64url
  staff_id TEXT NOT NULL REFERENCES staff (id),
  public_key TEXT NOT NULL,                       -- COSE, base64url
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_passkeys_by_person ON staff_passkeys (staff_id);

CREATE TABLE staff_recovery_codes (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  code_hash TEXT NOT NULL,
  PRIMARY KEY (staff_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_invitations (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id), -- a new one replaces the old one
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Between passphrase and second factor, and between invitation and account.
CREATE TABLE staff_entries (
  token_hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('signIn', 'enrolment')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  data TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was put to a browser and is taken from it once: challenges of passkeys, forms to repeat, new authenticator secrets.
CREATE TABLE staff_challenges (
  holder TEXT NOT NULL,                           -- the hash of the session's or entry's token
  purpose TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (holder, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_attempts (
  subject TEXT PRIMARY KEY,                       -- the hash of an e-mail address, a network address, a browser, a person
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What one administrator asked for and another one has to confirm.
CREATE TABLE staff_asks (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('roles', 'invitation', 'key')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  detail TEXT NOT NULL,                           -- the roles as JSON; the key's label
  asked_by TEXT NOT NULL REFERENCES staff (id),
  asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
