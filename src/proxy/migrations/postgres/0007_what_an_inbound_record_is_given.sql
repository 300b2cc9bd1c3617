-- What both sides agree on once the record is made that was asked for last: of a request whose answer was lost nobody else knows.
ALTER TABLE inbound ADD COLUMN base TEXT;
