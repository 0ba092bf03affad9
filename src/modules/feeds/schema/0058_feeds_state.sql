-- For who keeps something that was read from the departments' rows: it changes whenever they do. Nothing personal.
CREATE VIEW feeds_v_state AS SELECT
    b.county, MAX(b.id) AS last_batch,
    COUNT(CASE WHEN b.state = 'applied' AND b.replaced_by IS NULL THEN 1 END) AS batches_in_force,
    (SELECT COALESCE(MAX(d.id), 0) FROM feeds_decision d) AS last_decision,
    (SELECT COUNT(*) FROM feeds_decision d WHERE d.undone_at IS NULL) AS decisions_in_force
FROM feeds_batch b GROUP BY b.county;
