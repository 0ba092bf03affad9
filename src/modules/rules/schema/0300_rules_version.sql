-- A version of a rule set: what an area decides for itself, from a day on. Whether an approved one is planned, in force or
-- superseded follows from the days and is not stored. `hash` is that of packs::Pack. Without files: again the program's own.
CREATE TABLE rules_version (
    id {identity},
    pack TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    title TEXT NOT NULL,
    authority TEXT NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE INDEX rules_version_pack ON rules_version (pack, area_code, starts_on);

CREATE TABLE rules_version_file (
    version_id BIGINT NOT NULL REFERENCES rules_version (id),
    name TEXT NOT NULL,
    bytes {blob} NOT NULL,
    PRIMARY KEY (version_id, name)
);

-- What happened to it, never changed. Who has had a hand in a draft does not approve it.
CREATE TABLE rules_version_step (
    id {identity},
    version_id BIGINT NOT NULL REFERENCES rules_version (id),
    action TEXT NOT NULL,
    note {blob},
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE INDEX rules_version_step_version ON rules_version_step (version_id);
