-- Changes of a policy in force (批改). A row that a change ends is kept with its last day, and the row that takes its
-- place begins on the day after: a claim takes the list as it was on the day of the loss. `chain` is the first of the rows
-- that took each other's place; what was paid of any of them lowers what is left of all.
ALTER TABLE insurance_insured ADD COLUMN from_day TEXT;
ALTER TABLE insurance_insured ADD COLUMN to_day TEXT;
ALTER TABLE insurance_insured ADD COLUMN chain BIGINT;

-- Money is the difference to what the policy was before, above zero or below. The reason is sealed.
CREATE TABLE insurance_endorsement (
    id {identity},
    policy_id BIGINT NOT NULL REFERENCES insurance_policy (id),
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    wanted_on TEXT NOT NULL,
    effective_on TEXT,
    posted_on TEXT,
    reason {blob} NOT NULL,
    rows BIGINT NOT NULL,
    units BIGINT NOT NULL,
    sum_insured BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    central BIGINT NOT NULL,
    province BIGINT NOT NULL,
    prefecture BIGINT NOT NULL,
    county BIGINT NOT NULL,
    farmer BIGINT NOT NULL,
    subsidy_id BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT,
    UNIQUE (policy_id, place)
);

-- `insured_id` is the row as it was, `facts` and what follows the row as it will be; `due` what its farmer pays on top.
CREATE TABLE insurance_endorsement_row (
    id {identity},
    endorsement_id BIGINT NOT NULL REFERENCES insurance_endorsement (id),
    place BIGINT NOT NULL,
    kind TEXT NOT NULL,
    insured_id BIGINT REFERENCES insurance_insured (id),
    household_id BIGINT,
    id_lookup {blob} NOT NULL,
    phone_lookup {blob} NOT NULL,
    facts {blob} NOT NULL,
    units BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    sum_insured BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    farmer BIGINT NOT NULL,
    due BIGINT NOT NULL,
    UNIQUE (endorsement_id, place)
);
