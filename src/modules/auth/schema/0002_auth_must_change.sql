-- A password that somebody else has set is to be changed before anything else is done with it.
ALTER TABLE auth_user ADD COLUMN must_change BIGINT NOT NULL DEFAULT 0;
