-- What casework found out about a household, for who judges the rules that led there. A clue that led to a case is told by
-- the case. `found` is 1 for a risk that was confirmed, 0 for none, NULL while nobody has said, or
-- could (consent refused, not a rural household). Nothing personal.
CREATE VIEW casework_v_found AS
SELECT k.household_id, k.village_code, k.opened_on AS told_on, k.entered AS decided_on,
    CASE WHEN k.state = 'enrolled' THEN 1
         WHEN k.state = 'closed' AND k.reason IN ('resolved_on_spot', 'single_difficulty', 'watch_list') THEN 1
         WHEN k.state = 'rejected' OR (k.state = 'closed' AND k.reason IN ('no_risk', 'false_report')) THEN 0
    END AS found
FROM casework_case k
UNION ALL
SELECT c.household_id, c.area_code, c.created_on, c.entered_on,
    CASE WHEN c.state = 'closed' AND c.closed_reason = 'resolved_on_spot' THEN 1
         WHEN c.state = 'closed' AND c.closed_reason IN ('no_risk', 'false_report') THEN 0
    END
FROM casework_clue c
WHERE c.household_id IS NOT NULL AND c.case_id IS NULL AND c.into_clue IS NULL;
