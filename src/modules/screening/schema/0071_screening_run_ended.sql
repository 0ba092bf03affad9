-- When a run was done, as whoever began it noted.

ALTER TABLE screening_run ADD COLUMN ended_at BIGINT;
