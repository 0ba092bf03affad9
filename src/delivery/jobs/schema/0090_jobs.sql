-- Long work, done one after the other by the runner of some server. `owner` is the runner that has it;
-- `beat` is when that runner was last heard of. Payload, progress and result hold ids and counts, nothing
-- about a person.
CREATE TABLE jobs_job (
    id {identity},
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'stopped')),
    payload TEXT NOT NULL,
    stage TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    done BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,
    result TEXT NOT NULL DEFAULT '{}',
    error TEXT,
    account TEXT NOT NULL,
    area BIGINT NOT NULL,
    can_stop BIGINT NOT NULL DEFAULT 0,
    stop_wanted BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    ended_at BIGINT,
    owner TEXT NOT NULL DEFAULT '',
    beat BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX jobs_job_waiting ON jobs_job (state, not_before, id);
