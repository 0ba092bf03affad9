-- Reports and looks without an account, for a day, to throttle them. `who` is the keyed hash of a phone or a receipt
-- number, `address` of the caller's address.
CREATE TABLE casework_public_attempt (
    id {identity},
    kind TEXT NOT NULL,
    who {blob} NOT NULL,
    address {blob} NOT NULL,
    at BIGINT NOT NULL,
    counts BIGINT NOT NULL
);
CREATE INDEX casework_public_attempt_who ON casework_public_attempt (kind, who, at);
CREATE INDEX casework_public_attempt_address ON casework_public_attempt (kind, address, at);
