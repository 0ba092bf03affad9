-- The last night whose work of a kind was promised for an area.
CREATE TABLE jobs_night (
    kind TEXT NOT NULL,
    area BIGINT NOT NULL,
    night TEXT NOT NULL,
    PRIMARY KEY (kind, area)
);
