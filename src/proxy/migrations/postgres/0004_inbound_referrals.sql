-- Engagements that came to us and are not in Salesforce yet, or not wholly, or only as a lead: what was begun, and what stands in
-- the way. An engagement that has become an opportunity with all that belongs to it has no row.
CREATE TABLE inbound (
    engagement_id TEXT    NOT NULL PRIMARY KEY,
    referral_id   TEXT    NOT NULL,
    begun_at      BIGINT  NOT NULL,
    -- What a lead was given last, as JSON: only what differs from it was changed in Partner Center.
    given         TEXT,
    reason_code   TEXT,
    reason_detail TEXT
);
