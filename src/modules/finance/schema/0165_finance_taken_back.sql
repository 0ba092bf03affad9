-- A payment or recovery that was entered wrongly is taken back: the row stays, with the day, who and the sealed reason; the fund's
-- part of a recovery is reversed by the journal `back_journal_id`. `version` is the loan's after the row was entered; of rows
-- from before it is known where a step came with the money.
ALTER TABLE finance_loan_money ADD COLUMN version BIGINT;
ALTER TABLE finance_loan_money ADD COLUMN back_on TEXT;
ALTER TABLE finance_loan_money ADD COLUMN back_at BIGINT;
ALTER TABLE finance_loan_money ADD COLUMN back_account TEXT;
ALTER TABLE finance_loan_money ADD COLUMN back_name TEXT;
ALTER TABLE finance_loan_money ADD COLUMN back_note {blob};
ALTER TABLE finance_loan_money ADD COLUMN back_journal_id BIGINT REFERENCES finance_journal (id);
UPDATE finance_loan_money SET version = (
    SELECT MIN(s.version) FROM finance_loan_step s WHERE s.loan_id = finance_loan_money.loan_id AND s.at = finance_loan_money.at AND
    s.account = finance_loan_money.account AND s.action IN ('begin_repayment', 'catch_up', 'settle'));

DROP VIEW finance_v_loan_due;
CREATE VIEW finance_v_loan_due AS SELECT
    l.id, l.area_code, l.household_id, l.person_id, l.state, l.amount, l.disbursed_on, l.maturity, l.next_due, l.extended_on, l.version,
    (SELECT MAX(m.on_day) FROM finance_loan_money m WHERE m.loan_id = l.id AND m.kind = 'repayment' AND m.back_on IS NULL) AS last_paid_on
    FROM finance_loan l WHERE l.disbursed_on IS NOT NULL;
