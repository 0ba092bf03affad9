-- Cases as other modules may count them.
CREATE VIEW casework_v_case AS SELECT id, household_id, village_code, state, reason, live, opened_on FROM casework_case;
