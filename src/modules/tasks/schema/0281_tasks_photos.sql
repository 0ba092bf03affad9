-- Photos that prove a task's progress. Each has its place, as typed by who took it; it waits (step_id is null) until the step of its
-- report takes it along. Place and picture may show people, and are sealed.
CREATE TABLE tasks_photo (
    id {identity},
    task_id BIGINT NOT NULL REFERENCES tasks_task (id),
    step_id BIGINT REFERENCES tasks_step (id),
    place {blob} NOT NULL,
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    content {blob} NOT NULL
);
CREATE INDEX tasks_photo_task ON tasks_photo (task_id, step_id);
