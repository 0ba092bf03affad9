-- What was told of households that the register knows, whatever became of it, but for what turned out to be none. Nothing personal.
CREATE VIEW casework_v_told AS
SELECT s.id, c.household_id, s.risks, s.told_on, s.warning_id
FROM casework_clue_signal s
JOIN casework_clue c ON c.id = s.clue_id
LEFT JOIN casework_case k ON k.id = c.case_id
WHERE c.household_id IS NOT NULL
    AND NOT (c.state = 'closed' AND c.closed_reason IN ('no_risk', 'false_report', 'not_rural_household'))
    AND NOT (COALESCE(k.state, '') = 'closed' AND k.reason IN ('no_risk', 'false_report'));

-- A case with its clocks: until when the step that is awaited, until when the decision; the day of the approval.
CREATE VIEW casework_v_case_clock AS
SELECT c.id, c.household_id, c.village_code, c.state, c.live, c.paused, c.due_on, c.decide_by,
    (SELECT MAX(s.on_day) FROM casework_step s WHERE s.case_id = c.id AND s.action = 'approve') AS approved_on
FROM casework_case c;

-- What concentrated checks have found: clues, and whether each, or the one that it was put together with, is still open.
CREATE VIEW casework_v_campaign_problem AS
SELECT k.village_code, k.household_id, k.clue_id,
    (SELECT d.is_open FROM casework_clue d WHERE d.id = COALESCE(c.into_clue, c.id)) AS is_open
FROM casework_campaign_check k JOIN casework_clue c ON c.id = k.clue_id;
