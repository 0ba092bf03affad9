-- A clue: one household, or somebody whom the register does not know, that may be at risk. `area_code` is the village
-- once it is known, until then what is known above it. `is_open` holds until it is closed, or until the case that it
-- led to is over.
CREATE TABLE casework_clue (
    id {identity},
    county_code BIGINT NOT NULL,
    area_code BIGINT NOT NULL,
    household_id BIGINT,
    source TEXT NOT NULL,
    risks TEXT NOT NULL,
    state TEXT NOT NULL,
    closed_reason TEXT NOT NULL,
    into_clue BIGINT,
    case_id BIGINT,
    is_open BIGINT NOT NULL,
    created_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    version BIGINT NOT NULL
);
-- Whatever comes in at the same time, a household has one open clue.
CREATE UNIQUE INDEX casework_clue_open ON casework_clue (household_id) WHERE is_open = 1 AND household_id IS NOT NULL;
CREATE INDEX casework_clue_household ON casework_clue (household_id);
CREATE INDEX casework_clue_area ON casework_clue (area_code, state);
CREATE INDEX casework_clue_due ON casework_clue (state, due_on);

-- What somebody, or a department's data, told of it: at least one for each clue. Who told it and what is sealed.
-- `first_clue_id` is the clue that it began or joined first, before duplicates were put together.
CREATE TABLE casework_clue_signal (
    id {identity},
    clue_id BIGINT NOT NULL REFERENCES casework_clue (id),
    first_clue_id BIGINT NOT NULL,
    source TEXT NOT NULL,
    channel TEXT NOT NULL,
    risks TEXT NOT NULL,
    matched TEXT NOT NULL,
    told_on TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    sender_key TEXT,
    warning_id BIGINT,
    receipt TEXT,
    phone_lookup {blob},
    told {blob} NOT NULL
);
CREATE INDEX casework_clue_signal_clue ON casework_clue_signal (clue_id);
CREATE INDEX casework_clue_signal_first ON casework_clue_signal (first_clue_id);
CREATE UNIQUE INDEX casework_clue_signal_key ON casework_clue_signal (account, sender_key) WHERE sender_key IS NOT NULL;
CREATE INDEX casework_clue_signal_warning ON casework_clue_signal (warning_id);
CREATE UNIQUE INDEX casework_clue_signal_receipt ON casework_clue_signal (receipt) WHERE receipt IS NOT NULL;

-- Every change of its state. The note is sealed.
CREATE TABLE casework_clue_step (
    clue_id BIGINT NOT NULL REFERENCES casework_clue (id),
    sequence BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    village_code BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    sender_key TEXT,
    note {blob} NOT NULL,
    PRIMARY KEY (clue_id, sequence)
);
CREATE UNIQUE INDEX casework_clue_step_key ON casework_clue_step (account, sender_key) WHERE sender_key IS NOT NULL;

-- Open clues of households, for other modules: nothing personal.
CREATE VIEW casework_v_open_clue AS
SELECT id, household_id, area_code, state, risks, created_on, due_on FROM casework_clue WHERE is_open = 1;
