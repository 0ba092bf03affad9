-- What the farmers of a loss sheet agreed to, and when it was paid: a claim that is reopened is agreed anew, for what is paid on
-- top. The yearly evaluation of insurers tells from here what was due and what was paid on time.
CREATE TABLE insurance_agreement (
    claim_id BIGINT NOT NULL REFERENCES insurance_claim (id),
    round BIGINT NOT NULL,
    agreed_on TEXT NOT NULL,
    amount BIGINT NOT NULL,
    paid_on TEXT,
    PRIMARY KEY (claim_id, round)
);
-- Of claims from before, the last agreement is all that is known.
INSERT INTO insurance_agreement (claim_id, round, agreed_on, amount, paid_on)
SELECT c.id, 1, c.agreed_on,
       (SELECT CAST(COALESCE(SUM(l.assessed), 0) AS BIGINT) FROM insurance_loss l WHERE l.claim_id = c.id),
       CASE WHEN c.paid_on >= c.agreed_on THEN c.paid_on END
FROM insurance_claim c WHERE c.agreed_on IS NOT NULL;

-- The evaluation of an insurer for a year, once somebody has entered something for it or closed it.
CREATE TABLE insurance_evaluation (
    id {identity},
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    area_code BIGINT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (insurer_id, year)
);

-- What the platform does not know of itself. Nothing is overwritten: the latest version of an item and product holds. Numbers
-- are ten-thousandths, of yuan too. The evidence is sealed.
CREATE TABLE insurance_evaluation_entry (
    evaluation_id BIGINT NOT NULL REFERENCES insurance_evaluation (id),
    item TEXT NOT NULL,
    product TEXT NOT NULL,
    version BIGINT NOT NULL,
    part BIGINT NOT NULL,
    whole BIGINT NOT NULL,
    weight BIGINT,
    answers TEXT NOT NULL,
    evidence {blob} NOT NULL,
    by_insurer BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, item, product, version)
);

-- A year that was closed keeps its figures, whatever changes afterwards; one that is opened and closed again keeps those of every
-- closing. `version` is that of the evaluation.
CREATE TABLE insurance_evaluation_closing (
    evaluation_id BIGINT NOT NULL REFERENCES insurance_evaluation (id),
    version BIGINT NOT NULL,
    on_day TEXT NOT NULL,
    name TEXT NOT NULL,
    total TEXT NOT NULL,
    band TEXT NOT NULL,
    bands TEXT NOT NULL,
    bands_assumed BIGINT NOT NULL,
    mean_score TEXT NOT NULL,
    by_premium BIGINT NOT NULL,
    PRIMARY KEY (evaluation_id, version)
);
CREATE TABLE insurance_evaluation_line (
    evaluation_id BIGINT NOT NULL REFERENCES insurance_evaluation (id),
    version BIGINT NOT NULL,
    item TEXT NOT NULL,
    product TEXT NOT NULL,
    platform_part TEXT NOT NULL,
    platform_whole TEXT NOT NULL,
    outside_part TEXT NOT NULL,
    outside_whole TEXT NOT NULL,
    standing TEXT NOT NULL,
    rate TEXT NOT NULL,
    weight TEXT NOT NULL,
    target TEXT NOT NULL,
    points TEXT NOT NULL,
    assumed BIGINT NOT NULL,
    PRIMARY KEY (evaluation_id, version, item, product)
);

-- Where an insurer serves: a station in a township, a point in a village, with the assistant who is there. `last_day` is the last
-- day on which it was open. Who the assistant is, is sealed.
CREATE TABLE insurance_service_point (
    id {identity},
    insurer_id BIGINT NOT NULL REFERENCES insurance_insurer (id),
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    assistant {blob} NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL
);
CREATE INDEX insurance_service_point_insurer ON insurance_service_point (insurer_id, area_code);
