-- Rows of a programme's registers. What is not sealed stands value by value in programmes_value, so that lists and
-- indicators can ask for it; area_code is where the row lies, and of a household's row where the household does now.
CREATE TABLE programmes_record (
    id {identity},
    pack TEXT NOT NULL,
    register TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    household_id BIGINT,
    person_id BIGINT,
    parent_id BIGINT REFERENCES programmes_record (id),
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    live BIGINT NOT NULL,
    version BIGINT NOT NULL,
    pack_hash TEXT NOT NULL,
    sealed {blob} NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    once_key TEXT,
    sender_key TEXT
);
-- What a household receives once it has once, whatever happens at the same time.
CREATE UNIQUE INDEX programmes_record_once ON programmes_record (once_key) WHERE once_key IS NOT NULL;
CREATE INDEX programmes_record_register ON programmes_record (pack, register, live);
CREATE INDEX programmes_record_household ON programmes_record (household_id);
CREATE INDEX programmes_record_parent ON programmes_record (parent_id);
CREATE UNIQUE INDEX programmes_record_key ON programmes_record (account, sender_key) WHERE sender_key IS NOT NULL;

CREATE TABLE programmes_value (
    record_id BIGINT NOT NULL REFERENCES programmes_record (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (record_id, field)
);
CREATE INDEX programmes_value_value ON programmes_value (field, value);

-- Who changed what, and every step; the values before and after are sealed together.
CREATE TABLE programmes_change (
    id {identity},
    record_id BIGINT NOT NULL REFERENCES programmes_record (id),
    version BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    facts {blob} NOT NULL,
    UNIQUE (record_id, version)
);

CREATE TABLE programmes_activity (
    id {identity},
    pack TEXT NOT NULL,
    kind TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    record_id BIGINT REFERENCES programmes_record (id),
    on_day TEXT NOT NULL,
    venue TEXT NOT NULL,
    people BIGINT,
    score BIGINT,
    pass_score BIGINT,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX programmes_activity_area ON programmes_activity (pack, area_code, on_day);
CREATE UNIQUE INDEX programmes_activity_key ON programmes_activity (account, sender_key) WHERE sender_key IS NOT NULL;

CREATE TABLE programmes_score (
    activity_id BIGINT NOT NULL REFERENCES programmes_activity (id),
    item TEXT NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (activity_id, item)
);

CREATE TABLE programmes_photo (
    id {identity},
    activity_id BIGINT NOT NULL REFERENCES programmes_activity (id),
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    content {blob} NOT NULL
);
CREATE INDEX programmes_photo_activity ON programmes_photo (activity_id);

CREATE TABLE programmes_contract (
    id {identity},
    pack TEXT NOT NULL,
    kind TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    party TEXT NOT NULL,
    scope TEXT NOT NULL,
    payer TEXT NOT NULL,
    price BIGINT NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    ended_on TEXT,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX programmes_contract_ends ON programmes_contract (pack, ends_on);
CREATE UNIQUE INDEX programmes_contract_key ON programmes_contract (account, sender_key) WHERE sender_key IS NOT NULL;

CREATE TABLE programmes_project (
    id {identity},
    pack TEXT NOT NULL,
    kind TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    title TEXT NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX programmes_project_area ON programmes_project (pack, area_code);
CREATE UNIQUE INDEX programmes_project_key ON programmes_project (account, sender_key) WHERE sender_key IS NOT NULL;

CREATE TABLE programmes_funding (
    project_id BIGINT NOT NULL REFERENCES programmes_project (id),
    source TEXT NOT NULL,
    fen BIGINT NOT NULL,
    PRIMARY KEY (project_id, source)
);

-- A village's fee: approved once, then what came in and what it was used for, month by month.
CREATE TABLE programmes_fee (
    id {identity},
    pack TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    items TEXT NOT NULL,
    fen BIGINT NOT NULL,
    period TEXT NOT NULL,
    persons BIGINT NOT NULL,
    exempt BIGINT NOT NULL,
    present BIGINT NOT NULL,
    in_favour BIGINT NOT NULL,
    approved_on TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    assumed BIGINT NOT NULL,
    pack_hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX programmes_fee_area ON programmes_fee (pack, area_code);
CREATE UNIQUE INDEX programmes_fee_key ON programmes_fee (account, sender_key) WHERE sender_key IS NOT NULL;

CREATE TABLE programmes_fee_entry (
    id {identity},
    fee_id BIGINT NOT NULL REFERENCES programmes_fee (id),
    on_day TEXT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    fen BIGINT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX programmes_fee_entry_fee ON programmes_fee_entry (fee_id, on_day);
CREATE UNIQUE INDEX programmes_fee_entry_key ON programmes_fee_entry (account, sender_key) WHERE sender_key IS NOT NULL;

-- What other modules may read: nothing sealed.
CREATE VIEW programmes_v_record AS SELECT
    id, pack, register, area_code, household_id, person_id, parent_id, subject, state, live, version, at
    FROM programmes_record;
