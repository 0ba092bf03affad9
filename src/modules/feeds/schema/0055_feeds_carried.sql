-- Who takes a decision back reopens what was carried on from it.
CREATE INDEX feeds_decision_carried ON feeds_decision (carried_from) WHERE carried_from IS NOT NULL;
