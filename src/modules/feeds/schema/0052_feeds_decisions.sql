-- What a person has said about a row that linking left open. The row itself carries the outcome; this says who
-- decided, and holds the reason that an undo gives back. One decision of a row is in force.
CREATE TABLE feeds_decision (
    id {identity},
    row_id BIGINT NOT NULL REFERENCES feeds_row (id),
    batch_id BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    reason_before TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    decided_by TEXT NOT NULL,
    undone_at BIGINT,
    undone_by TEXT
);
CREATE UNIQUE INDEX feeds_decision_in_force ON feeds_decision (row_id) WHERE undone_at IS NULL;
CREATE INDEX feeds_decision_batch ON feeds_decision (batch_id);
