-- An insurer that works in a county, and who acts for it.
CREATE TABLE insurance_insurer (
    id {identity},
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    fund_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (area_code, name)
);
CREATE TABLE insurance_operator (
    account TEXT PRIMARY KEY,
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    at BIGINT NOT NULL,
    given_by TEXT NOT NULL
);

-- A policy keeps the terms of the day on which its cover begins: rate, amounts, shares as the pack had them then. Units are
-- ten-thousandths of a mu, head or tonne. The holder's name is sealed.
CREATE TABLE insurance_policy (
    id {identity},
    policy_no TEXT NOT NULL UNIQUE,
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    product TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    holder_kind TEXT NOT NULL,
    holder {blob} NOT NULL,
    season BIGINT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    state TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    scale_threshold BIGINT,
    scale_amount BIGINT,
    rate TEXT NOT NULL,
    shares TEXT NOT NULL,
    waiver TEXT NOT NULL,
    authority TEXT NOT NULL,
    farmers BIGINT NOT NULL,
    units BIGINT NOT NULL,
    sum_insured BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    central BIGINT NOT NULL,
    province BIGINT NOT NULL,
    prefecture BIGINT NOT NULL,
    county BIGINT NOT NULL,
    farmer BIGINT NOT NULL,
    draw_seed BIGINT NOT NULL,
    posted_on TEXT,
    effective_on TEXT,
    subsidy_id BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX insurance_policy_area ON insurance_policy (area_code, state);
CREATE INDEX insurance_policy_product ON insurance_policy (product, season, state);
CREATE UNIQUE INDEX insurance_policy_key ON insurance_policy (account, sender_key) WHERE sender_key IS NOT NULL;

-- One row a county, product and season: lists that are taken in wait for each other on it.
CREATE TABLE insurance_season (
    area_code BIGINT NOT NULL,
    product TEXT NOT NULL,
    season BIGINT NOT NULL,
    lists BIGINT NOT NULL,
    PRIMARY KEY (area_code, product, season)
);

-- One farmer's plot or herd of a policy. Who they are, where it lies and where they are paid is sealed in `facts`.
-- `paid_claims` is what has been paid of the sum insured.
CREATE TABLE insurance_insured (
    id {identity},
    policy_id BIGINT NOT NULL REFERENCES insurance_policy (id),
    line BIGINT NOT NULL,
    household_id BIGINT,
    id_lookup {blob} NOT NULL,
    phone_lookup {blob} NOT NULL,
    facts {blob} NOT NULL,
    units BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    sum_insured BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    farmer BIGINT NOT NULL,
    remarks TEXT NOT NULL,
    sampled BIGINT NOT NULL,
    measured BIGINT,
    paid_on TEXT,
    paid_claims BIGINT NOT NULL,
    UNIQUE (policy_id, line)
);
CREATE INDEX insurance_insured_id ON insurance_insured (id_lookup);
CREATE INDEX insurance_insured_phone ON insurance_insured (phone_lookup);
CREATE INDEX insurance_insured_household ON insurance_insured (household_id);

-- A loss that was reported under a policy. Who told it and where is sealed.
CREATE TABLE insurance_claim (
    id {identity},
    claim_no TEXT NOT NULL UNIQUE,
    policy_id BIGINT NOT NULL REFERENCES insurance_policy (id),
    area_code BIGINT NOT NULL,
    cause TEXT NOT NULL,
    occurred_on TEXT NOT NULL,
    reported_on TEXT NOT NULL,
    state TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    harvest_on TEXT,
    posted_on TEXT,
    agreed_on TEXT,
    paid_on TEXT,
    journal_id BIGINT,
    facts {blob} NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX insurance_claim_policy ON insurance_claim (policy_id);
CREATE INDEX insurance_claim_area ON insurance_claim (area_code, state);
CREATE UNIQUE INDEX insurance_claim_key ON insurance_claim (account, sender_key) WHERE sender_key IS NOT NULL;

-- The loss sheet, a farmer's row: what was found, what it came to, what of it was paid. Shares are ten-thousandths.
CREATE TABLE insurance_loss (
    id {identity},
    claim_id BIGINT NOT NULL REFERENCES insurance_claim (id),
    insured_id BIGINT NOT NULL REFERENCES insurance_insured (id),
    stage TEXT NOT NULL,
    loss BIGINT NOT NULL,
    area BIGINT NOT NULL,
    planted BIGINT NOT NULL,
    body TEXT NOT NULL,
    heads BIGINT NOT NULL,
    residual BIGINT NOT NULL,
    government BIGINT NOT NULL,
    disposal TEXT NOT NULL,
    claimed BIGINT NOT NULL,
    assessed BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    UNIQUE (claim_id, insured_id)
);
CREATE INDEX insurance_loss_insured ON insurance_loss (insured_id);

-- Every step of a policy or claim: who, when, why. The reason is sealed.
CREATE TABLE insurance_step (
    about TEXT NOT NULL,
    about_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    note {blob} NOT NULL,
    PRIMARY KEY (about, about_id, version)
);

CREATE TABLE insurance_photo (
    id {identity},
    claim_id BIGINT NOT NULL REFERENCES insurance_claim (id),
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    content {blob} NOT NULL
);
CREATE INDEX insurance_photo_claim ON insurance_photo (claim_id);

-- What the county has paid of the premium, a quarter's policies of one insurer together.
CREATE TABLE insurance_subsidy (
    id {identity},
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    area_code BIGINT NOT NULL,
    quarter TEXT NOT NULL,
    policies BIGINT NOT NULL,
    farmers BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    journal_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL
);
CREATE INDEX insurance_subsidy_area ON insurance_subsidy (area_code, quarter);

-- How often somebody without an account asked for a policy and failed within an hour: by policy and phone together, by each
-- alone and by address, as keyed hashes. `since` is the first failure of that hour.
CREATE TABLE insurance_public_attempt (
    who {blob} PRIMARY KEY,
    since BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX insurance_public_attempt_since ON insurance_public_attempt (since);
