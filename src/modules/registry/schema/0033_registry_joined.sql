-- How and when somebody joined the household, where that was after it came on file.

ALTER TABLE registry_person ADD COLUMN joined TEXT;
ALTER TABLE registry_person ADD COLUMN joined_on TEXT;
ALTER TABLE registry_stage_person ADD COLUMN joined TEXT;
ALTER TABLE registry_stage_person ADD COLUMN joined_on TEXT;
