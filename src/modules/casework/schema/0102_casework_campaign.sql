-- A concentrated check (集中排查): every household of an area, or every one of some kinds, is looked at between two days.
CREATE TABLE casework_campaign (
    id {identity},
    county_code BIGINT NOT NULL,
    area_code BIGINT NOT NULL,
    name TEXT NOT NULL,
    household_kind TEXT NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    sender_key TEXT
);
CREATE INDEX casework_campaign_area ON casework_campaign (area_code);
CREATE UNIQUE INDEX casework_campaign_key ON casework_campaign (account, sender_key) WHERE sender_key IS NOT NULL;

-- Who was checked, by whom, when; once in a campaign. What was found is a clue, or nothing. The note is sealed.
CREATE TABLE casework_campaign_check (
    campaign_id BIGINT NOT NULL REFERENCES casework_campaign (id),
    household_id BIGINT NOT NULL,
    village_code BIGINT NOT NULL,
    checked_on TEXT NOT NULL,
    clue_id BIGINT,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    note {blob} NOT NULL,
    PRIMARY KEY (campaign_id, household_id)
);
CREATE INDEX casework_campaign_check_village ON casework_campaign_check (campaign_id, village_code);
