-- A bank that lends in a county, and who acts for it.
CREATE TABLE finance_bank (
    id {identity},
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (area_code, name)
);
CREATE TABLE finance_bank_clerk (
    account TEXT PRIMARY KEY,
    bank_id BIGINT NOT NULL REFERENCES finance_bank (id),
    at BIGINT NOT NULL,
    given_by TEXT NOT NULL
);

-- A loan to a household, from its application on. Who borrows for what, their ID number and account are sealed in `facts`. The
-- contract's terms are those of the day of its approval; rates are millionths. `outstanding` and `next_due` (the first day on which
-- something is due that is not paid) are those of loan_account.h after the last payment. `only_one` is the household while the loan
-- is open and its scheme lends to a household once at a time.
CREATE TABLE finance_loan (
    id {identity},
    area_code BIGINT NOT NULL,
    bank_id BIGINT NOT NULL REFERENCES finance_bank (id),
    scheme TEXT NOT NULL,
    pack_hash TEXT NOT NULL,
    household_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    facts {blob} NOT NULL,
    purpose TEXT NOT NULL,
    jobs BIGINT NOT NULL,
    applied_on TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    months BIGINT NOT NULL,
    rate BIGINT,
    borrower_rate BIGINT,
    basis BIGINT,
    repayment TEXT,
    months_between BIGINT,
    subsidised_months BIGINT,
    contract_no TEXT NOT NULL,
    disbursed_on TEXT,
    maturity TEXT,
    extended_on TEXT,
    state TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    overdue_since TEXT,
    claim_asked BIGINT NOT NULL,
    version BIGINT NOT NULL,
    outstanding BIGINT NOT NULL,
    next_due TEXT,
    fiscal_paid BIGINT NOT NULL,
    fiscal_until TEXT,
    loss BIGINT NOT NULL,
    borne_insurer BIGINT NOT NULL,
    borne_fund BIGINT NOT NULL,
    borne_bank BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    claimed_on TEXT,
    fund_id BIGINT REFERENCES finance_fund (id),
    only_one BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX finance_loan_area ON finance_loan (area_code, state);
CREATE INDEX finance_loan_bank ON finance_loan (bank_id, scheme, state);
CREATE UNIQUE INDEX finance_loan_only_one ON finance_loan (scheme, only_one);
CREATE INDEX finance_loan_household ON finance_loan (household_id);
CREATE UNIQUE INDEX finance_loan_key ON finance_loan (account, sender_key) WHERE sender_key IS NOT NULL;

-- What came in: the borrower's payments to the bank, and what was recovered after fund and insurer had paid, shared as the loss was.
CREATE TABLE finance_loan_money (
    id {identity},
    loan_id BIGINT NOT NULL REFERENCES finance_loan (id),
    kind TEXT NOT NULL,
    on_day TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    insurer BIGINT NOT NULL,
    fund BIGINT NOT NULL,
    bank BIGINT NOT NULL,
    journal_id BIGINT REFERENCES finance_journal (id),
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX finance_loan_money_loan ON finance_loan_money (loan_id, on_day);
CREATE UNIQUE INDEX finance_loan_money_key ON finance_loan_money (account, sender_key) WHERE sender_key IS NOT NULL;

-- Every step of a loan: who, when, why. The reason is sealed.
CREATE TABLE finance_loan_step (
    loan_id BIGINT NOT NULL REFERENCES finance_loan (id),
    version BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    note {blob} NOT NULL,
    PRIMARY KEY (loan_id, version)
);

-- The premium that an insurer has had for the loans of a scheme in a year: it pays for losses up to a multiple of it.
CREATE TABLE finance_loan_cover (
    area_code BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    year BIGINT NOT NULL,
    premium BIGINT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (area_code, scheme, year)
);

-- Government's part of the interest, a quarter's of one bank together, and what of it was for which loan.
CREATE TABLE finance_loan_subsidy (
    id {identity},
    bank_id BIGINT NOT NULL REFERENCES finance_bank (id),
    quarter TEXT NOT NULL,
    loans BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    journal_id BIGINT NOT NULL REFERENCES finance_journal (id),
    at BIGINT NOT NULL,
    account TEXT NOT NULL
);
CREATE TABLE finance_loan_subsidised (
    subsidy_id BIGINT NOT NULL REFERENCES finance_loan_subsidy (id),
    loan_id BIGINT NOT NULL REFERENCES finance_loan (id),
    amount BIGINT NOT NULL,
    PRIMARY KEY (subsidy_id, loan_id)
);
CREATE INDEX finance_loan_subsidised_loan ON finance_loan_subsidised (loan_id);

-- What other modules may read: the loans of households, what is outstanding and when something is due.
CREATE VIEW finance_v_loan AS SELECT
    id, area_code, household_id, person_id, scheme, state, amount, outstanding, disbursed_on, maturity, next_due, jobs
    FROM finance_loan;
