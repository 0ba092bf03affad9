-- Who may sign in, with which roles over which areas.

CREATE TABLE auth_user (
    id {identity},
    account TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);

CREATE TABLE auth_grant (
    id {identity},
    user_id BIGINT NOT NULL REFERENCES auth_user (id),
    role TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    department TEXT NOT NULL,
    UNIQUE (user_id, role, area_code, department)
);

-- The token itself is only in the browser's cookie.
CREATE TABLE auth_session (
    id {identity},
    token_hash TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES auth_user (id),
    started_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);

CREATE INDEX auth_session_user ON auth_session (user_id);

-- Sign-ins under way (failed = 0) and failed. The account is hashed, for people type a password there too.
CREATE TABLE auth_attempt (
    id {identity},
    account_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    failed BIGINT NOT NULL,
    at BIGINT NOT NULL
);

CREATE INDEX auth_attempt_account ON auth_attempt (account_hash, at);

CREATE INDEX auth_attempt_address ON auth_attempt (address, at);

-- One row, changed by whoever counts attempts, so that two cannot count at once.
CREATE TABLE auth_gate (
    id BIGINT PRIMARY KEY,
    passed BIGINT NOT NULL
);

INSERT INTO auth_gate (id, passed) VALUES (1, 0);
