-- What other modules may read: which policies name a household, and from when to when.
CREATE VIEW insurance_v_cover AS SELECT
    i.household_id, p.id, p.policy_no, p.product, p.first_day, p.last_day, p.state
    FROM insurance_insured i JOIN insurance_policy p ON p.id = i.policy_id
    WHERE i.household_id IS NOT NULL;
