-- Work has a key of its own now: an opportunity's id, or `engagement/` and the id of an engagement that has no opportunity yet.
CREATE TABLE work (
    work_key    TEXT    NOT NULL PRIMARY KEY,
    due_at      BIGINT  NOT NULL,
    attempts    BIGINT  NOT NULL DEFAULT 0,
    -- Counts who asked for a look. A run that ends has answered only those who asked before it began.
    wakes       BIGINT  NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until BIGINT
);
INSERT INTO work (work_key, due_at, attempts, lease_owner, lease_until)
    SELECT opportunity_id, due_at, attempts, lease_owner, lease_until FROM due_work;
DROP TABLE due_work;
CREATE INDEX work_by_time ON work (due_at);

-- Referrals that Partner Center said to have changed and that nobody has looked at yet: one row each, however often it says so.
CREATE TABLE inbox (
    referral_id TEXT    NOT NULL PRIMARY KEY,
    arrivals    BIGINT  NOT NULL DEFAULT 1,
    received_at BIGINT  NOT NULL
);

-- Where each feed of changes goes on, and which process reads it now.
CREATE TABLE feeds (
    feed        TEXT    NOT NULL PRIMARY KEY,
    mark        TEXT,
    lease_owner TEXT,
    lease_until BIGINT
);

-- Records that hang on an opportunity: a deleted one is only named by its own id.
CREATE TABLE children (
    child_id       TEXT NOT NULL PRIMARY KEY,
    opportunity_id TEXT NOT NULL
);
CREATE INDEX children_by_opportunity ON children (opportunity_id);

-- The version of the record that our own last write made: seen again in the feed, it is no news.
ALTER TABLE links ADD COLUMN written_version TEXT;
CREATE INDEX links_by_referral ON links (referral_id);
CREATE INDEX links_by_microsoft_referral ON links (microsoft_referral_id);
CREATE INDEX links_by_engagement ON links (engagement_id);
