-- A large-scale alarm of one area. `subject` is what it is about: a risk type, a product, nothing. `observed` and `base` are the two numbers
-- that the rule holds against each other, as they were last counted: households hit and households on file (R33); fen now and fen before
-- (R34); people of the month and of the month before (R35). `lapsed_on` says that it would not be raised today; it ends nothing.
CREATE TABLE surveillance_alarm (
    id {identity},
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    raised_on TEXT NOT NULL,
    met_on TEXT NOT NULL,
    lapsed_on TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    observed BIGINT NOT NULL,
    base BIGINT NOT NULL,
    entered_on TEXT NOT NULL,
    due_on TEXT,
    reason TEXT NOT NULL,
    finder TEXT NOT NULL,
    version BIGINT NOT NULL
);
-- Whatever runs at the same time, an area has one open alarm of a rule and a subject.
CREATE UNIQUE INDEX surveillance_alarm_open ON surveillance_alarm (rule, subject, area_code) WHERE is_open = 1;
CREATE INDEX surveillance_alarm_area ON surveillance_alarm (area_code, is_open);

-- The limits by which it was raised.
CREATE TABLE surveillance_limit (
    alarm_id BIGINT NOT NULL REFERENCES surveillance_alarm (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    since TEXT NOT NULL,
    authority TEXT NOT NULL,
    PRIMARY KEY (alarm_id, name)
);

-- What stands behind it. A fact stands behind one alarm only, also when that has ended: an alarm comes again on new facts alone.
-- `dropped_on`: it turned out to be none.
CREATE TABLE surveillance_fact (
    fact TEXT PRIMARY KEY,
    alarm_id BIGINT NOT NULL REFERENCES surveillance_alarm (id),
    household_id BIGINT,
    area_code BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    dropped_on TEXT
);
CREATE INDEX surveillance_fact_alarm ON surveillance_fact (alarm_id, household_id);

-- Every change of its state and every finding. The note may name people, and is sealed.
CREATE TABLE surveillance_step (
    id {identity},
    alarm_id BIGINT NOT NULL REFERENCES surveillance_alarm (id),
    action TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    measure_id BIGINT,
    note {blob},
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE INDEX surveillance_step_alarm ON surveillance_step (alarm_id);

CREATE TABLE surveillance_measure (
    id {identity},
    alarm_id BIGINT NOT NULL REFERENCES surveillance_alarm (id),
    what {blob} NOT NULL,
    office TEXT NOT NULL,
    due_on TEXT NOT NULL,
    done_on TEXT
);
CREATE INDEX surveillance_measure_alarm ON surveillance_measure (alarm_id);

-- Monthly average prices of an area's main products, in fen for the unit that stands beside them.
CREATE TABLE surveillance_price (
    area_code BIGINT NOT NULL,
    product TEXT NOT NULL,
    month TEXT NOT NULL,
    fen BIGINT NOT NULL,
    unit TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (area_code, product, month)
);

CREATE TABLE surveillance_run (
    id {identity},
    area_code BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    at BIGINT NOT NULL,
    raised BIGINT NOT NULL,
    joined BIGINT NOT NULL,
    lapsed BIGINT NOT NULL,
    account TEXT NOT NULL
);

-- Held by the run that is storing, so that two runs of one area store one after the other.
CREATE TABLE surveillance_storing (
    area_code BIGINT PRIMARY KEY,
    run_id BIGINT NOT NULL
);
