-- One row for each file that a department sent. Its rows count only while state = 'applied': that one change
-- publishes a file of any size at once.
CREATE TABLE feeds_batch (
    id {identity},
    feed TEXT NOT NULL,
    department TEXT NOT NULL,
    county BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    period TEXT NOT NULL,
    state TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    received_by TEXT NOT NULL,
    rows_matched BIGINT NOT NULL DEFAULT 0,
    rows_candidate BIGINT NOT NULL DEFAULT 0,
    rows_unmatched BIGINT NOT NULL DEFAULT 0,
    rows_invalid BIGINT NOT NULL DEFAULT 0,
    totals_dropped BIGINT NOT NULL DEFAULT 0,
    same_as BIGINT,
    rejects_of BIGINT,
    replaces BIGINT,
    replaced_by BIGINT,
    error TEXT
);
CREATE INDEX feeds_batch_feed ON feeds_batch (county, feed, id);
-- Two uploads of the same bytes at the same moment: one of them counts.
CREATE UNIQUE INDEX feeds_batch_in_force ON feeds_batch (county, digest)
    WHERE state = 'applied' AND replaced_by IS NULL;

-- Whoever publishes in a county holds its row until the end of the transaction.
CREATE TABLE feeds_publishing (
    county BIGINT PRIMARY KEY,
    batch_id BIGINT NOT NULL
);

-- Rows are written in pieces while their batch is being received, and are nobody's business until it is
-- applied. `row_key` says what a row is about, `row_said` all that it says: keyed hashes.
CREATE TABLE feeds_row (
    id {identity},
    batch_id BIGINT NOT NULL REFERENCES feeds_batch (id),
    sheet TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    reason_args TEXT NOT NULL,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    id_text {blob},
    id_lookup {blob},
    person_id BIGINT,
    household_id BIGINT,
    village_code BIGINT,
    row_key {blob},
    row_said {blob},
    superseded_by BIGINT,
    content {blob} NOT NULL
);
CREATE INDEX feeds_row_batch ON feeds_row (batch_id, state, row_number);
CREATE INDEX feeds_row_household ON feeds_row (household_id);
CREATE INDEX feeds_row_key ON feeds_row (row_key);
CREATE INDEX feeds_row_superseded ON feeds_row (superseded_by) WHERE superseded_by IS NOT NULL;

CREATE TABLE feeds_candidate (
    row_id BIGINT NOT NULL REFERENCES feeds_row (id),
    rank BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    PRIMARY KEY (row_id, rank)
);
CREATE INDEX feeds_candidate_person ON feeds_candidate (person_id);
