-- What both sides agreed on last, by path, as JSON: the third leg of the merge.
ALTER TABLE links ADD COLUMN base TEXT;
-- What Partner Center held of our referral when it was last seen, by path, as JSON.
ALTER TABLE links ADD COLUMN held TEXT;
-- Lines of the audit trail that are not on the record yet, as JSON. They are kept before what they tell of is sent.
ALTER TABLE links ADD COLUMN told TEXT;
