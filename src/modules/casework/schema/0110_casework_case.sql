-- A case is the fold of its steps; this row repeats of it what lists and clocks ask for.
CREATE TABLE casework_case (
    id {identity},
    number TEXT NOT NULL,
    county BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    village_code BIGINT NOT NULL,
    clue_id BIGINT,
    source TEXT NOT NULL,
    day_zero TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    live BIGINT NOT NULL,
    opened_on TEXT NOT NULL,
    entered TEXT NOT NULL,
    risks TEXT NOT NULL,
    awaited TEXT NOT NULL,
    awaited_right TEXT NOT NULL,
    due_on TEXT,
    due_assumed BIGINT NOT NULL,
    decide_by TEXT NOT NULL,
    decide_assumed BIGINT NOT NULL,
    paused BIGINT NOT NULL,
    green BIGINT NOT NULL,
    sampled BIGINT NOT NULL,
    forwarded_on TEXT,
    category TEXT NOT NULL,
    UNIQUE (county, number)
);
-- Whatever happens at the same time, a household has one case that is not over.
CREATE UNIQUE INDEX casework_case_live ON casework_case (household_id) WHERE live = 1;
CREATE INDEX casework_case_household ON casework_case (household_id);
CREATE INDEX casework_case_village ON casework_case (village_code, live, state);
CREATE INDEX casework_case_due ON casework_case (live, awaited_right, due_on);

CREATE TABLE casework_number (
    county BIGINT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (county, year)
);

CREATE TABLE casework_step (
    id {identity},
    case_id BIGINT NOT NULL REFERENCES casework_case (id),
    sequence BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    sent_key TEXT,
    facts {blob} NOT NULL,
    UNIQUE (case_id, sequence),
    UNIQUE (case_id, sent_key)
);

CREATE TABLE casework_attachment (
    id {identity},
    case_id BIGINT NOT NULL REFERENCES casework_case (id),
    name {blob} NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    content {blob} NOT NULL
);
CREATE INDEX casework_attachment_case ON casework_attachment (case_id);

-- What hangs in the village: text for everybody, so not sealed. A notice is over when it was taken down, or when
-- publicity began anew.
CREATE TABLE casework_notice (
    id {identity},
    case_id BIGINT NOT NULL REFERENCES casework_case (id),
    village_code BIGINT NOT NULL,
    posted_on TEXT NOT NULL,
    last_day TEXT NOT NULL,
    assumed BIGINT NOT NULL,
    text TEXT NOT NULL,
    over_on TEXT,
    over_by TEXT NOT NULL
);
CREATE INDEX casework_notice_case ON casework_notice (case_id);
CREATE INDEX casework_notice_village ON casework_notice (village_code, over_on);
