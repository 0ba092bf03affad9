-- Warnings of the screening that nobody looks after any more, with how that ended: every clue that told of one is closed,
-- or the case that it led to is over. `reason` is the clue's, or "case:" and the state in which the case ended.
CREATE VIEW casework_v_warning_end AS
SELECT s.warning_id, c.household_id,
    CASE WHEN c.state = 'closed' OR k.state IS NULL THEN c.closed_reason ELSE 'case:' || k.state END AS reason
FROM casework_clue_signal s
JOIN casework_clue c ON c.id = s.clue_id
LEFT JOIN casework_case k ON k.id = c.case_id
WHERE s.warning_id IS NOT NULL AND s.id = (
    SELECT MAX(t.id) FROM casework_clue_signal t WHERE t.warning_id = s.warning_id)
    AND NOT EXISTS (
    SELECT 1 FROM casework_clue_signal o JOIN casework_clue d ON d.id = o.clue_id
    WHERE o.warning_id = s.warning_id AND d.is_open = 1);
