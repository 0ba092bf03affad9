-- A comparison asks what sheets say about a person; of somebody outside the register, by the number as it was sent.
CREATE INDEX feeds_row_person ON feeds_row (person_id);
CREATE INDEX feeds_row_unmatched ON feeds_row (id_lookup) WHERE state = 'unmatched';
