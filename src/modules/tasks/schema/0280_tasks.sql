-- A task of one area. `from_area` gave it: the area itself for a task of one's own and for a commitment, else one above.
-- `reply_due` stands while a supervision (督办) waits for its reply. What is to be done and what is noted may name people,
-- and is sealed.
CREATE TABLE tasks_task (
    id {identity},
    parent_id BIGINT REFERENCES tasks_task (id),
    kind TEXT NOT NULL,
    area_code BIGINT NOT NULL,
    from_area BIGINT NOT NULL,
    title TEXT NOT NULL,
    what {blob} NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    percent BIGINT NOT NULL,
    reply_due TEXT,
    escalated_to BIGINT,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX tasks_task_area ON tasks_task (area_code, state, due_on);
CREATE INDEX tasks_task_from ON tasks_task (from_area, state, due_on);
CREATE INDEX tasks_task_parent ON tasks_task (parent_id);
CREATE INDEX tasks_task_due ON tasks_task (state, due_on);
CREATE UNIQUE INDEX tasks_task_key ON tasks_task (account, sender_key, area_code) WHERE sender_key IS NOT NULL;

-- What happened to it, never changed. `until` is the day that a step set: a new due date, a reply's.
CREATE TABLE tasks_step (
    id {identity},
    task_id BIGINT NOT NULL REFERENCES tasks_task (id),
    action TEXT NOT NULL,
    to_state TEXT NOT NULL,
    percent BIGINT NOT NULL,
    until TEXT,
    to_area BIGINT,
    note {blob},
    proof {blob},
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL
);
CREATE INDEX tasks_step_task ON tasks_step (task_id);
