-- What was asked of an area, once for all forms that ask for it: `period` is the term or the year it holds for, '' until it
-- changes. Answers may name people, and are sealed. `form` and `term` are where it was last typed.
CREATE TABLE returns_answer (
    field TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    period TEXT NOT NULL,
    value {blob},
    form TEXT NOT NULL,
    term TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (field, area_code, period)
);
CREATE INDEX returns_answer_area ON returns_answer (area_code);

-- A form of an area and a term on its way. `known` fields were filled in from what the platform has, `remembered` from
-- what was asked for another form, `typed` had to be asked.
CREATE TABLE returns_return (
    id {identity},
    form TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    state TEXT NOT NULL,
    known BIGINT NOT NULL,
    remembered BIGINT NOT NULL,
    typed BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    submitted_on TEXT,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    note {blob},
    reviewer TEXT NOT NULL,
    reason {blob},
    catalogue TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (form, area_code, term)
);
CREATE INDEX returns_return_list ON returns_return (form, term, area_code);

-- As it was submitted, whatever the register says afterwards.
CREATE TABLE returns_filed (
    return_id BIGINT NOT NULL REFERENCES returns_return (id),
    field TEXT NOT NULL,
    value {blob},
    origin TEXT NOT NULL,
    hidden BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    PRIMARY KEY (return_id, field)
);
