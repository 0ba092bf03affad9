-- The list behind the figures of a snapshot, as it was: what was counted, one row each. `record_id` is the household, warning,
-- clue or case to be opened; a household with two such persons is there twice.
CREATE TABLE bulletin_snapshot_row (
    id {identity},
    snapshot_id BIGINT NOT NULL,
    record_id BIGINT NOT NULL,
    area_code BIGINT NOT NULL,
    on_day TEXT NOT NULL
);
CREATE INDEX bulletin_snapshot_row_area ON bulletin_snapshot_row (snapshot_id, area_code, on_day);
