-- What the rules of data quality find wrong, from the day it was found until the day it no longer holds. `subject` tells findings
-- of one household apart: "", "person:41", "notice:7".
CREATE TABLE casework_quality_finding (
    id {identity},
    rule TEXT NOT NULL,
    household_id BIGINT NOT NULL,
    village_code BIGINT NOT NULL,
    subject TEXT NOT NULL,
    owner TEXT NOT NULL,
    found_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    seen_by BIGINT NOT NULL,
    gone_on TEXT
);
CREATE UNIQUE INDEX casework_quality_open ON casework_quality_finding (household_id, rule, subject) WHERE gone_on IS NULL;
CREATE INDEX casework_quality_village ON casework_quality_finding (village_code, gone_on, due_on);

CREATE TABLE casework_quality_run (
    id {identity},
    county_code BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    households BIGINT NOT NULL,
    found BIGINT NOT NULL,
    gone BIGINT NOT NULL,
    open BIGINT NOT NULL
);
