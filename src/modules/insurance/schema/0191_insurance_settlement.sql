-- The settlement of a season: all policies of an insurer for one product in an area, from series frozen at a revision. What came
-- out hangs on the two hashes alone. The index is a fraction.
CREATE TABLE insurance_settlement (
    id {identity},
    settlement_no TEXT NOT NULL UNIQUE,
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    product TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    season BIGINT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    state TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    authority TEXT NOT NULL,
    terms_hash TEXT NOT NULL,
    series_hash TEXT NOT NULL,
    index_above TEXT NOT NULL,
    index_below TEXT NOT NULL,
    step BIGINT NOT NULL,
    days BIGINT NOT NULL,
    substituted BIGINT NOT NULL,
    calculated BIGINT NOT NULL,
    policies BIGINT NOT NULL,
    insured BIGINT NOT NULL,
    paying BIGINT NOT NULL,
    units BIGINT NOT NULL,
    sum_insured BIGINT NOT NULL,
    payable BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    posted_on TEXT,
    paid_on TEXT,
    journal_id BIGINT,
    job_id BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX insurance_settlement_area ON insurance_settlement (area_code, state);
CREATE UNIQUE INDEX insurance_settlement_key ON insurance_settlement (account, sender_key) WHERE sender_key IS NOT NULL;

-- The series it was settled from, in the order of the contract.
CREATE TABLE insurance_settlement_series (
    settlement_id BIGINT NOT NULL REFERENCES insurance_settlement (id),
    place BIGINT NOT NULL,
    series_id BIGINT NOT NULL REFERENCES insurance_series (id),
    revision BIGINT NOT NULL,
    PRIMARY KEY (settlement_id, place)
);
CREATE INDEX insurance_settlement_series_of ON insurance_settlement_series (series_id);

-- An insured row's part. `live` is 1 until the settlement is cancelled: nobody is settled twice for a season.
CREATE TABLE insurance_settlement_line (
    settlement_id BIGINT NOT NULL REFERENCES insurance_settlement (id),
    insured_id BIGINT NOT NULL REFERENCES insurance_insured (id),
    policy_id BIGINT NOT NULL REFERENCES insurance_policy (id),
    live BIGINT,
    days BIGINT NOT NULL,
    payable BIGINT NOT NULL,
    PRIMARY KEY (settlement_id, insured_id)
);
CREATE UNIQUE INDEX insurance_settlement_line_once ON insurance_settlement_line (insured_id) WHERE live = 1;
CREATE INDEX insurance_settlement_line_policy ON insurance_settlement_line (settlement_id, policy_id);
