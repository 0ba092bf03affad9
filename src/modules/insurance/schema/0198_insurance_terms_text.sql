-- The text of a product by its hash, as it was when a policy of it was drafted: what a claim or a season of that policy is settled by.
CREATE TABLE insurance_terms (
    hash TEXT PRIMARY KEY,
    product TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);
