-- A coinsurance pool of a county: one lead, several followers, for one product ('' for all) from one day to another.
CREATE TABLE insurance_pool (
    id {identity},
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    product TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    lead_fee TEXT NOT NULL,
    fee_authority TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE UNIQUE INDEX insurance_pool_key ON insurance_pool (account, sender_key) WHERE sender_key IS NOT NULL;

-- The lead is line 1.
CREATE TABLE insurance_pool_member (
    pool_id BIGINT NOT NULL REFERENCES insurance_pool (id),
    line BIGINT NOT NULL,
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    share TEXT NOT NULL,
    PRIMARY KEY (pool_id, line),
    UNIQUE (pool_id, insurer_id)
);

-- A month that was settled, in one journal over all the members' books.
CREATE TABLE insurance_pool_month (
    id {identity},
    pool_id BIGINT NOT NULL REFERENCES insurance_pool (id),
    month TEXT NOT NULL,
    journal_id BIGINT,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (pool_id, month)
);
CREATE TABLE insurance_pool_share (
    month_id BIGINT NOT NULL REFERENCES insurance_pool_month (id),
    line BIGINT NOT NULL,
    insurer_id BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    fee BIGINT NOT NULL,
    PRIMARY KEY (month_id, line)
);
-- What was settled of which policy's premium or claim's payment, so that nothing is settled twice and what changed later is.
CREATE TABLE insurance_pool_item (
    month_id BIGINT NOT NULL REFERENCES insurance_pool_month (id),
    kind TEXT NOT NULL,
    about_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (month_id, kind, about_id)
);
CREATE INDEX insurance_pool_item_about ON insurance_pool_item (kind, about_id);
