-- What is not sealed of a row, as other modules may count by it.
CREATE VIEW programmes_v_value AS SELECT record_id, field, value FROM programmes_value;
