-- Since when both sides of a shared pair have not been the same. NULL while they are.
ALTER TABLE links ADD COLUMN pending_since BIGINT;
