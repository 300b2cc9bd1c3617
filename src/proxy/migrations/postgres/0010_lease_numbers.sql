-- Tells one lease from the next one of the same owner: what a run writes is taken only while its own lease lasts.
ALTER TABLE work ADD COLUMN lease_number BIGINT NOT NULL DEFAULT 0;
