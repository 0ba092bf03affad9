-- A series on which covers are settled: the weather of a station, or the quotes of a price. An insurer keeps its own; the area
-- is that of the station or market. `revision` is the last one.
CREATE TABLE insurance_series (
    id {identity},
    area_code BIGINT NOT NULL,
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    variable TEXT NOT NULL,
    revision BIGINT NOT NULL,
    UNIQUE (insurer_id, kind, code, variable)
);
CREATE INDEX insurance_series_area ON insurance_series (area_code);

-- What was taken in, when, from where. Source and reason are typed by people, and sealed.
CREATE TABLE insurance_series_revision (
    series_id BIGINT NOT NULL REFERENCES insurance_series (id),
    revision BIGINT NOT NULL,
    file_hash TEXT NOT NULL,
    source {blob} NOT NULL,
    reason {blob} NOT NULL,
    correction BIGINT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (series_id, revision)
);

-- Values are only ever added: that of a day is the one of the latest revision asked for. Ten-thousandths.
CREATE TABLE insurance_series_value (
    series_id BIGINT NOT NULL REFERENCES insurance_series (id),
    day TEXT NOT NULL,
    revision BIGINT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (series_id, day, revision)
);
