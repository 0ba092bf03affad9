-- A county's prevention cover of a year: by which insurer, out of which fund, for how many people. `premium` is what was paid into
-- the fund for it; the last columns are what the year came to when it was closed.
CREATE TABLE insurance_prevention_year (
    id {identity},
    area_code BIGINT NOT NULL,
    year BIGINT NOT NULL,
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    fund_id BIGINT NOT NULL,
    product TEXT NOT NULL,
    heads BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    authority TEXT NOT NULL,
    version BIGINT NOT NULL,
    closed_on TEXT,
    fee BIGINT,
    carried BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (area_code, year)
);

-- A household that bears more than it can, of one cause, in one year. What was told and found, and the account that is paid into, is
-- sealed in `facts`; how the payment was computed, in `reckoning`. `live` is 1 until it is paid, rejected or recovered.
CREATE TABLE insurance_prevention_case (
    id {identity},
    case_no TEXT NOT NULL UNIQUE,
    year_id BIGINT NOT NULL REFERENCES insurance_prevention_year (id),
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    area_code BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    cause TEXT NOT NULL,
    group_name TEXT NOT NULL,
    source TEXT NOT NULL,
    source_id BIGINT,
    happened_on TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    state TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    live BIGINT NOT NULL,
    version BIGINT NOT NULL,
    income_per_head BIGINT,
    borne BIGINT NOT NULL,
    payable BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    posted_on TEXT,
    paid_on TEXT,
    journal_id BIGINT,
    clue_id BIGINT,
    facts {blob} NOT NULL,
    reckoning {blob} NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE UNIQUE INDEX insurance_prevention_case_live ON insurance_prevention_case (year_id, household_id, cause) WHERE live = 1;
CREATE UNIQUE INDEX insurance_prevention_case_key ON insurance_prevention_case (account, sender_key) WHERE sender_key IS NOT NULL;
CREATE INDEX insurance_prevention_case_area ON insurance_prevention_case (area_code, state);
CREATE INDEX insurance_prevention_case_household ON insurance_prevention_case (household_id);

-- What the household paid, a bill each. For whom and what, to whom, and the number of the bill are sealed.
CREATE TABLE insurance_prevention_expense (
    case_id BIGINT NOT NULL REFERENCES insurance_prevention_case (id),
    line BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    amount BIGINT NOT NULL,
    compensated BIGINT NOT NULL,
    excluded TEXT NOT NULL,
    facts {blob} NOT NULL,
    bill_lookup {blob} NOT NULL,
    PRIMARY KEY (case_id, line)
);
CREATE INDEX insurance_prevention_expense_bill ON insurance_prevention_expense (bill_lookup);

-- Photos and scans of the bills and of the visit, sealed.
CREATE TABLE insurance_prevention_proof (
    id {identity},
    case_id BIGINT NOT NULL REFERENCES insurance_prevention_case (id),
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    content {blob} NOT NULL
);
CREATE INDEX insurance_prevention_proof_case ON insurance_prevention_proof (case_id);
