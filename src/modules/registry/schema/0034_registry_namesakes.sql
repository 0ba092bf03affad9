-- Who of the same name was born on the same day: before a household is enrolled, the whole county is asked.
CREATE INDEX registry_person_namesakes ON registry_person (name_key, birth);
