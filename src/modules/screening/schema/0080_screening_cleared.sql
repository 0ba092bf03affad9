-- Warnings whose rows the sender has replaced, so that there never was what they said.
CREATE VIEW screening_v_cleared AS SELECT id FROM screening_warning WHERE state = 'cleared';
