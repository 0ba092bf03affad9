CREATE TABLE screening_run (
    id {identity},
    county BIGINT NOT NULL,
    at BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    account TEXT NOT NULL,
    cause TEXT NOT NULL,
    households BIGINT NOT NULL,
    raised BIGINT NOT NULL,
    merged BIGINT NOT NULL,
    suppressed BIGINT NOT NULL,
    cleared BIGINT NOT NULL,
    pack_hash TEXT NOT NULL
);

-- Held by the run that is storing; the next waits for its transaction to end.
CREATE TABLE screening_storing (
    county BIGINT PRIMARY KEY,
    run_id BIGINT NOT NULL
);

-- One row for a rule that a household has met. It stays open until a person has dealt with it, or until the rows that raised it
-- turn out to have been replaced by their sender.
CREATE TABLE screening_warning (
    id {identity},
    run_id BIGINT NOT NULL REFERENCES screening_run (id),
    household_id BIGINT NOT NULL,
    village_code BIGINT NOT NULL,
    rule TEXT NOT NULL,
    risk TEXT NOT NULL,
    level TEXT NOT NULL,
    raised_on TEXT NOT NULL,
    visit_by TEXT NOT NULL,
    state TEXT NOT NULL,
    cleared_on TEXT,
    lapsed_on TEXT,
    last_hit_on TEXT NOT NULL,
    merged BIGINT NOT NULL DEFAULT 0,
    amount_fen BIGINT,
    departments TEXT NOT NULL,
    evidence {blob} NOT NULL
);
-- Whatever runs at the same time, a household has one open warning of a rule.
CREATE UNIQUE INDEX screening_warning_open ON screening_warning (household_id, rule) WHERE state = 'open';
CREATE INDEX screening_warning_household ON screening_warning (household_id, state);
CREATE INDEX screening_warning_village ON screening_warning (village_code, state, level);
CREATE INDEX screening_warning_rule ON screening_warning (state, rule, village_code);

CREATE VIEW screening_v_open AS
SELECT household_id, village_code, level, risk, rule, raised_on FROM screening_warning WHERE state = 'open';
