-- Since when somebody answers for an area; NULL for those named before this was kept. A row without a name: nobody does now.
ALTER TABLE indicators_responsible ADD COLUMN since TEXT;
-- Who answered for it before, and until when.
CREATE TABLE indicators_responsible_before (
    id {identity},
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT NOT NULL,
    account TEXT NOT NULL
);
CREATE INDEX indicators_responsible_before_area ON indicators_responsible_before (area_code);
