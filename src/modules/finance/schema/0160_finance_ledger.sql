-- A fund: its own books, of one kind, in one area, kept by one organisation ('' for the government itself). `version` grows with
-- every journal, so that writers of one fund wait for each other.
CREATE TABLE finance_fund (
    id {identity},
    area_code BIGINT NOT NULL,
    kind TEXT NOT NULL,
    organisation TEXT NOT NULL,
    name TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (area_code, kind, organisation)
);

-- A journal is only ever added. A mistake is corrected by a journal that reverses it, once. The note is sealed.
CREATE TABLE finance_journal (
    id {identity},
    value_date TEXT NOT NULL,
    reference TEXT NOT NULL,
    note {blob} NOT NULL,
    reverses_id BIGINT UNIQUE REFERENCES finance_journal (id),
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE UNIQUE INDEX finance_journal_key ON finance_journal (account, sender_key) WHERE sender_key IS NOT NULL;

-- Debit above zero, credit below; in fen. The postings of a journal add up to zero in every fund.
CREATE TABLE finance_posting (
    journal_id BIGINT NOT NULL REFERENCES finance_journal (id),
    line BIGINT NOT NULL,
    fund_id BIGINT NOT NULL REFERENCES finance_fund (id),
    ledger_account TEXT NOT NULL,
    value_date TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (journal_id, line)
);
CREATE INDEX finance_posting_fund ON finance_posting (fund_id, ledger_account, value_date);
