-- Times are milliseconds since 1970, UTC.

-- One row for each opportunity that was ever reconciled.
CREATE TABLE links (
    opportunity_id         TEXT    NOT NULL PRIMARY KEY,
    -- Language of the audit trail: that of the seller who shared first.
    language               TEXT    NOT NULL DEFAULT 'en',
    -- Our referral. `intent_at` is the first create whose outcome was ever unclear. `attempt_at` is the last one: when it
    -- was sent, or when its answer was no longer waited for. While `attempt_open` is set, nobody knows what became of it.
    intent_at              INTEGER,
    attempt_at             INTEGER,
    attempt_open           INTEGER NOT NULL DEFAULT 0,
    referral_id            TEXT,
    engagement_id          TEXT,
    -- Microsoft's referral of the same engagement, likewise.
    microsoft_intent_at    INTEGER,
    microsoft_attempt_at   INTEGER,
    microsoft_attempt_open INTEGER NOT NULL DEFAULT 0,
    microsoft_referral_id  TEXT,
    -- How the pair stood after the last run.
    state                  TEXT    NOT NULL DEFAULT 'NotShared',
    reason_code            TEXT,
    reason_detail          TEXT,
    reason_until           INTEGER,
    updated_at             INTEGER NOT NULL
) STRICT;

-- What still has to be looked at: at most one row for each opportunity.
CREATE TABLE due_work (
    opportunity_id TEXT    NOT NULL PRIMARY KEY,
    due_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    lease_owner    TEXT,
    lease_until    INTEGER
) STRICT;

CREATE INDEX due_work_by_time ON due_work (due_at);

-- Encrypted. `origin` is the fingerprint of the configured secret that the stored one descends from.
CREATE TABLE secrets (
    name       TEXT    NOT NULL PRIMARY KEY,
    origin     BLOB    NOT NULL,
    sealed     BLOB    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
