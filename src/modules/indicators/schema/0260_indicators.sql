-- What was entered, imported or sent: one row for a figure, its part ('' is the whole), an area and a term. A value is a
-- whole number of the figure's last place; NULL once it was taken back, so that the version goes on.
CREATE TABLE indicators_value (
    figure TEXT NOT NULL,
    part TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    value BIGINT,
    origin TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (figure, part, term, area_code)
);
CREATE INDEX indicators_value_area ON indicators_value (term, area_code);
CREATE TABLE indicators_change (
    id {identity},
    figure TEXT NOT NULL,
    part TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    version BIGINT NOT NULL,
    before BIGINT,
    after BIGINT,
    origin TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE INDEX indicators_change_cell ON indicators_change (figure, part, term, area_code);

-- A figure of a term rolled up; its row is locked by whoever rolls it up anew, so that two who enter at once add up.
CREATE TABLE indicators_series (
    figure TEXT NOT NULL,
    part TEXT NOT NULL,
    term TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (figure, part, term)
);
CREATE TABLE indicators_sum (
    figure TEXT NOT NULL,
    part TEXT NOT NULL,
    term TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    level BIGINT NOT NULL,
    value BIGINT,
    reported BIGINT NOT NULL,
    expected BIGINT NOT NULL,
    hidden BIGINT NOT NULL,
    apportioned BIGINT NOT NULL,
    PRIMARY KEY (figure, part, term, area_code, level)
);
CREATE INDEX indicators_sum_area ON indicators_sum (area_code, term);

-- What stands behind a figure that the platform counted: which household, person, clue, case or row.
CREATE TABLE indicators_behind (
    figure TEXT NOT NULL,
    term TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    object_id BIGINT NOT NULL,
    PRIMARY KEY (figure, term, area_code, object_id)
);

CREATE TABLE indicators_complete (
    form TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    on_day TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (form, term, area_code)
);
CREATE TABLE indicators_closing (
    form TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    on_day TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (form, term, area_code)
);

CREATE TABLE indicators_target (
    indicator TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    value TEXT NOT NULL,
    direction TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (indicator, term, area_code)
);

-- Who answers for the figures of an area.
CREATE TABLE indicators_responsible (
    area_code BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    post TEXT NOT NULL,
    account TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE indicators_succession (
    id {identity},
    on_day TEXT NOT NULL,
    from_code BIGINT NOT NULL,
    to_code BIGINT NOT NULL,
    weight TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (on_day, from_code, to_code)
);

-- Frozen: the figures as they were published, and all that stood behind them.
CREATE TABLE indicators_snapshot (
    id {identity},
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    title TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    division_year BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE TABLE indicators_snapshot_sum (
    snapshot_id BIGINT NOT NULL REFERENCES indicators_snapshot (id),
    figure TEXT NOT NULL,
    part TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    level BIGINT NOT NULL,
    value BIGINT,
    reported BIGINT NOT NULL,
    expected BIGINT NOT NULL,
    hidden BIGINT NOT NULL,
    PRIMARY KEY (snapshot_id, figure, part, area_code, level)
);
-- object_id 0 and a value: what was entered of that area. Otherwise one of the things counted there.
CREATE TABLE indicators_snapshot_row (
    snapshot_id BIGINT NOT NULL REFERENCES indicators_snapshot (id),
    figure TEXT NOT NULL,
    part TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    object_id BIGINT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (snapshot_id, figure, part, area_code, object_id)
);

CREATE TABLE indicators_finding (
    id {identity},
    rule TEXT NOT NULL,
    figure TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    term TEXT NOT NULL,
    verdict TEXT NOT NULL,
    printed TEXT NOT NULL,
    computed TEXT NOT NULL,
    priority BIGINT NOT NULL,
    owner_area BIGINT NOT NULL,
    owner TEXT NOT NULL,
    found_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    version BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (rule, figure, area_code, term)
);
CREATE INDEX indicators_finding_open ON indicators_finding (state, priority, due_on);
