-- What other modules may read: since when something is due on a loan that was paid out, and the days on which that changed last.
CREATE VIEW finance_v_loan_due AS SELECT
    l.id, l.area_code, l.household_id, l.person_id, l.state, l.amount, l.disbursed_on, l.maturity, l.next_due, l.extended_on, l.version,
    (SELECT MAX(m.on_day) FROM finance_loan_money m WHERE m.loan_id = l.id AND m.kind = 'repayment') AS last_paid_on
    FROM finance_loan l WHERE l.disbursed_on IS NOT NULL;
