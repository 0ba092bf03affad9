-- What a person wants and can do; one row a person. Where the person lives is what the register says now. How heavy
-- a work they can bear speaks of their health, and is sealed.
CREATE TABLE employment_profile (
    person_id BIGINT PRIMARY KEY,
    wants_training BIGINT NOT NULL,
    wants_job BIGINT NOT NULL,
    wants_startup BIGINT NOT NULL,
    wanted_trade TEXT NOT NULL,
    skills TEXT NOT NULL,
    reach TEXT NOT NULL,
    wage_fen BIGINT NOT NULL,
    home_daily BIGINT NOT NULL,
    bears {blob} NOT NULL,
    asked_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL
);

CREATE TABLE employment_class (
    id {identity},
    area_code BIGINT NOT NULL,
    trade TEXT NOT NULL,
    title TEXT NOT NULL,
    organiser TEXT NOT NULL,
    venue TEXT NOT NULL,
    hours BIGINT NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    funds_fen BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX employment_class_area ON employment_class (area_code, begins_on);
CREATE UNIQUE INDEX employment_class_key ON employment_class (account, sender_key) WHERE sender_key IS NOT NULL;

-- One person in one class: a person-time.
CREATE TABLE employment_attendance (
    id {identity},
    class_id BIGINT NOT NULL REFERENCES employment_class (id),
    person_id BIGINT NOT NULL,
    days BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    certificate TEXT NOT NULL,
    subsidy_fen BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (class_id, person_id)
);
CREATE INDEX employment_attendance_person ON employment_attendance (person_id);

CREATE TABLE employment_post (
    id {identity},
    area_code BIGINT NOT NULL,
    kind TEXT NOT NULL,
    employer TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    away TEXT NOT NULL,
    trade TEXT NOT NULL,
    skilled BIGINT NOT NULL,
    load TEXT NOT NULL,
    wage_fen BIGINT NOT NULL,
    openings BIGINT NOT NULL,
    hours BIGINT,
    age_from BIGINT,
    age_to BIGINT,
    from_day TEXT NOT NULL,
    to_day TEXT,
    closed_on TEXT,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX employment_post_area ON employment_post (area_code);
CREATE UNIQUE INDEX employment_post_key ON employment_post (account, sender_key) WHERE sender_key IS NOT NULL;

CREATE TABLE employment_placement (
    id {identity},
    post_id BIGINT NOT NULL REFERENCES employment_post (id),
    person_id BIGINT NOT NULL,
    full_time BIGINT NOT NULL,
    started_on TEXT NOT NULL,
    agreed_to TEXT,
    ended_on TEXT,
    -- 'over' | 'gone_moved' | 'gone_death', '' while it runs. Why it ended may speak of health, and is sealed.
    end_group TEXT NOT NULL,
    end_reason {blob},
    contract BIGINT NOT NULL,
    insured BIGINT NOT NULL,
    destination TEXT NOT NULL,
    organiser TEXT NOT NULL,
    transport_fen BIGINT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX employment_placement_person ON employment_placement (person_id);
CREATE INDEX employment_placement_post ON employment_placement (post_id);
CREATE UNIQUE INDEX employment_placement_key ON employment_placement (account, sender_key) WHERE sender_key IS NOT NULL;

-- Held while somebody of the household is placed or enrolled, so that what it may hold is counted by one at a time.
CREATE TABLE employment_lock (
    household_id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE employment_pay (
    placement_id BIGINT NOT NULL REFERENCES employment_placement (id),
    month TEXT NOT NULL,
    fen BIGINT NOT NULL,
    days BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (placement_id, month)
);

CREATE TABLE employment_startup (
    id {identity},
    person_id BIGINT NOT NULL,
    project TEXT NOT NULL,
    state TEXT NOT NULL,
    plan TEXT NOT NULL,
    scheme TEXT NOT NULL,
    finance_fen BIGINT NOT NULL,
    expert TEXT NOT NULL,
    result TEXT NOT NULL,
    jobs BIGINT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX employment_startup_person ON employment_startup (person_id);
CREATE UNIQUE INDEX employment_startup_key ON employment_startup (account, sender_key) WHERE sender_key IS NOT NULL;

-- One matching of an area's people to the posts open to them, and what it proposed; points and costs are those that may
-- be told, without what a person can bear. What was written down when somebody refused is sealed.
CREATE TABLE employment_matching (
    id {identity},
    area_code BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    people BIGINT NOT NULL,
    posts BIGINT NOT NULL,
    openings BIGINT NOT NULL,
    households BIGINT NOT NULL,
    in_work BIGINT NOT NULL,
    newly BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    assumed BIGINT NOT NULL,
    pack_hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL
);
CREATE INDEX employment_matching_area ON employment_matching (area_code);

CREATE TABLE employment_proposal (
    id {identity},
    matching_id BIGINT NOT NULL REFERENCES employment_matching (id),
    person_id BIGINT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES employment_post (id),
    points TEXT NOT NULL,
    cost BIGINT NOT NULL,
    first_worker BIGINT NOT NULL,
    cheaper TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    note {blob},
    decided_at BIGINT,
    account TEXT NOT NULL,
    placement_id BIGINT REFERENCES employment_placement (id)
);
CREATE INDEX employment_proposal_matching ON employment_proposal (matching_id);
CREATE INDEX employment_proposal_person ON employment_proposal (person_id);

CREATE TABLE employment_left_out (
    matching_id BIGINT NOT NULL REFERENCES employment_matching (id),
    household_id BIGINT NOT NULL,
    why TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (matching_id, household_id)
);

-- What other modules may read: who works, and since when and until when.
CREATE VIEW employment_v_work AS SELECT
    p.id, p.person_id, p.started_on, p.ended_on, p.end_group, q.kind
    FROM employment_placement p JOIN employment_post q ON q.id = p.post_id;

-- The one definition of who works: a placement that has not ended; of whom there never was a placement on file, what the
-- register says.
CREATE VIEW employment_v_at_work AS SELECT
    r.id AS person_id, r.household_id
    FROM registry_v_person r
    WHERE r.member_status = '1' AND (
        EXISTS (SELECT 1 FROM employment_placement w WHERE w.person_id = r.id AND w.ended_on IS NULL)
        OR (NOT EXISTS (SELECT 1 FROM employment_placement w WHERE w.person_id = r.id)
            AND (COALESCE(r.work_months, 0) > 0 OR COALESCE(r.public_post_months, 0) > 0)));

-- Households with a member whom the register says able to work, and whether somebody of them works. The figure of
-- employment and the indicator of the board both read this.
CREATE VIEW employment_v_labour_household AS SELECT
    h.id AS household_id, h.village_code,
    CASE WHEN EXISTS (SELECT 1 FROM employment_v_at_work a WHERE a.household_id = h.id) THEN 1 ELSE 0 END AS at_work
    FROM registry_v_household h
    WHERE EXISTS (SELECT 1 FROM registry_v_person r WHERE r.household_id = h.id AND r.member_status = '1'
                  AND r.labour IN ('1', '2', '3'));
