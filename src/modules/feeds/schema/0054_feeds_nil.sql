-- The same bytes may be what a sheet says of two months: they are the same file only for the same period.
DROP INDEX feeds_batch_in_force;
CREATE UNIQUE INDEX feeds_batch_in_force ON feeds_batch (county, digest, period)
    WHERE state = 'applied' AND replaced_by IS NULL;

-- 零报告: a department says that it has nothing to report for a period.
ALTER TABLE feeds_batch ADD COLUMN is_nil BIGINT NOT NULL DEFAULT 0;

-- Whom somebody's row means holds for the next month's row that is written alike: `row_alike` is the keyed hash of sender,
-- number as sent, name and place; `carried_from` the row about which a person decided.
ALTER TABLE feeds_decision ADD COLUMN row_alike {blob};
ALTER TABLE feeds_decision ADD COLUMN carried_from BIGINT;
CREATE INDEX feeds_decision_alike ON feeds_decision (row_alike) WHERE undone_at IS NULL AND row_alike IS NOT NULL;
