-- A company that buys under contract in a county.
CREATE TABLE finance_buyer (
    id {identity},
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (area_code, name)
);

-- An order-farming contract of a member of a household for a season. Who grows and their account are sealed. Areas and
-- kilograms are hundredths, prices ten-thousandths of a yuan, deductions ten-thousandths. `inputs`, `grain` and `delivered` are the sums of the lines that stand;
-- `earlier` is what a contract before this one left owed, and that one then names this one in `carried_into`. `only_one` is the
-- household while its contract with the company for the crop and year is not cancelled.
CREATE TABLE finance_order (
    id {identity},
    area_code BIGINT NOT NULL,
    buyer_id BIGINT NOT NULL REFERENCES finance_buyer (id),
    crop TEXT NOT NULL,
    year BIGINT NOT NULL,
    household_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    grower {blob} NOT NULL,
    id_masked {blob} NOT NULL,
    bank_account {blob} NOT NULL,
    mu BIGINT NOT NULL CHECK (mu > 0),
    kg BIGINT NOT NULL CHECK (kg > 0),
    pricing TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price > 0),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    loan_id BIGINT REFERENCES finance_loan (id),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    inputs BIGINT NOT NULL,
    grain BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    earlier BIGINT NOT NULL,
    to_loan BIGINT NOT NULL,
    to_grower BIGINT NOT NULL,
    owed BIGINT NOT NULL,
    carried_into BIGINT REFERENCES finance_order (id),
    settled_on TEXT,
    paid_on TEXT,
    only_one BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX finance_order_area ON finance_order (area_code, year);
CREATE INDEX finance_order_household ON finance_order (household_id);
CREATE UNIQUE INDEX finance_order_only_one ON finance_order (buyer_id, crop, year, only_one);
CREATE UNIQUE INDEX finance_order_key ON finance_order (account, sender_key) WHERE sender_key IS NOT NULL;

-- What went out to the grower (input) and came in (grain). Never changed: a wrong one is taken back, with who, when and why.
CREATE TABLE finance_order_line (
    id {identity},
    order_id BIGINT NOT NULL REFERENCES finance_order (id),
    buyer_id BIGINT NOT NULL REFERENCES finance_buyer (id),
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    item TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    unit TEXT NOT NULL,
    price BIGINT NOT NULL CHECK (price > 0),
    deduction BIGINT NOT NULL,
    net BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    slip TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    sender_key TEXT,
    back_on TEXT,
    back_account TEXT,
    back_name TEXT,
    back_reason {blob}
);
CREATE INDEX finance_order_line_order ON finance_order_line (order_id, on_day);
CREATE UNIQUE INDEX finance_order_line_slip ON finance_order_line (buyer_id, kind, slip) WHERE back_on IS NULL;
CREATE UNIQUE INDEX finance_order_line_key ON finance_order_line (account, sender_key) WHERE sender_key IS NOT NULL;

-- Every step of a contract: who, when, why. The reason is sealed.
CREATE TABLE finance_order_step (
    order_id BIGINT NOT NULL REFERENCES finance_order (id),
    version BIGINT NOT NULL,
    action TEXT NOT NULL,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    note {blob} NOT NULL,
    PRIMARY KEY (order_id, version)
);
