-- Rows of audit_entry are only ever added. `hash` covers the row and `previous`, the hash of the row before.

CREATE TABLE audit_entry (
    id {identity},
    chain BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    account TEXT NOT NULL,
    role TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    purpose TEXT NOT NULL,
    details TEXT NOT NULL,
    previous {blob} NOT NULL,
    hash {blob} NOT NULL,
    UNIQUE (chain, sequence)
);

CREATE INDEX audit_entry_area ON audit_entry (area_code, id);

CREATE INDEX audit_entry_account ON audit_entry (account, id);

CREATE INDEX audit_entry_object ON audit_entry (object, id);

CREATE INDEX audit_entry_action ON audit_entry (action, id);

-- How long each chain is and the hash it ends with, so that the last rows cannot be taken off unseen.
CREATE TABLE audit_head (
    chain BIGINT PRIMARY KEY,
    entries BIGINT NOT NULL,
    last_hash {blob} NOT NULL,
    tag {blob} NOT NULL
);

-- Which chains there are, so that none can be taken away whole. One row.
CREATE TABLE audit_register (
    id BIGINT PRIMARY KEY,
    chains TEXT NOT NULL,
    tag {blob} NOT NULL
);
