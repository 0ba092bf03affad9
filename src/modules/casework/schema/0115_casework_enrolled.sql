-- Households that were found to be at risk (认定), each with the day on which it was enrolled. Nothing personal.
CREATE VIEW casework_v_enrolled AS
SELECT c.id, c.household_id, c.village_code, s.on_day AS enrolled_on, c.category, c.state
FROM casework_case c
JOIN casework_step s ON s.case_id = c.id AND s.action = 'enrol';
