-- By what a row is known as the same receipt again (receipts.h); nothing when it gives nothing or never counted.
ALTER TABLE programmes_record ADD COLUMN receipt_key TEXT;
CREATE INDEX programmes_record_receipt ON programmes_record (receipt_key);
