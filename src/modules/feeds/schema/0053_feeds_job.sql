-- The work that received a file, as whoever ordered it numbers it; none for files from the command line.
ALTER TABLE feeds_batch ADD COLUMN job_id BIGINT;
