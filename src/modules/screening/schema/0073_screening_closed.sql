-- A warning is over when whoever looked into it has said how it ended.
ALTER TABLE screening_warning ADD COLUMN closed_on TEXT;
ALTER TABLE screening_warning ADD COLUMN closed_reason TEXT;
