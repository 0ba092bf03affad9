-- The register: households, people, income, guarantees, and the history of every field.
-- Codes and units are those of fields.h; sealed columns are blobs; money is fen, land hundredths of a mu.

CREATE TABLE registry_household (
    id {identity},
    household_no TEXT NOT NULL, county_code BIGINT NOT NULL, village_code BIGINT NOT NULL,
    version BIGINT NOT NULL, since TEXT NOT NULL, source TEXT NOT NULL, import_id BIGINT,
    recorded_at BIGINT NOT NULL, group_name TEXT, address TEXT, longitude BIGINT, latitude BIGINT,
    coordinate_system TEXT, household_kind TEXT, ex_poor_kind TEXT, low_income BIGINT,
    extreme_poverty BIGINT, relocated BIGINT, five_guarantee BIGINT, poverty_year_in BIGINT,
    poverty_year_out BIGINT, bank_name TEXT, bank_holder TEXT, bank_account {blob}, helper TEXT,
    relocation_site TEXT, house_structure TEXT, house_area BIGINT, house_grade TEXT, house_built BIGINT,
    house_certificate TEXT, water_source TEXT, water_quantity BIGINT, water_quality TEXT,
    water_fetch_minutes BIGINT, water_guarantee_rate BIGINT, electricity BIGINT, road TEXT,
    broadband BIGINT, fuel TEXT, sanitary_toilet BIGINT, land_arable BIGINT, land_forest BIGINT,
    land_returned BIGINT, land_orchard BIGINT, land_grass BIGINT, land_water BIGINT, cooperative BIGINT,
    leading_firm BIGINT, leader BIGINT, military_family BIGINT, only_child BIGINT, two_daughters BIGINT,
    UNIQUE (county_code, household_no));
CREATE INDEX registry_household_village ON registry_household (village_code);

CREATE TABLE registry_person (
    id {identity},
    household_id BIGINT NOT NULL, village_code BIGINT NOT NULL, name_key TEXT NOT NULL, id_lookup {blob},
    phone_lookup {blob}, since TEXT NOT NULL, source TEXT NOT NULL, import_id BIGINT,
    recorded_at BIGINT NOT NULL, name TEXT, id_number {blob}, temp_no TEXT, birth TEXT, sex TEXT,
    relation TEXT, politic TEXT, marriage TEXT, phone {blob}, education TEXT, student TEXT, school TEXT,
    schooling_exempt BIGINT, labour TEXT, work_place TEXT, work_months BIGINT, employer TEXT,
    public_post TEXT, public_post_months BIGINT, medical TEXT, medical_reason TEXT,
    serious_illness_insurance BIGINT, commercial_medical BIGINT, pension TEXT, low_income BIGINT,
    low_income_amount BIGINT, low_income_since TEXT, extreme_poverty TEXT, orphan TEXT,
    temporary_aid BIGINT, mandarin BIGINT, certificates TEXT, member_status TEXT, left_on TEXT,
    facts {blob} NOT NULL,
    FOREIGN KEY (household_id) REFERENCES registry_household (id));
CREATE INDEX registry_person_household ON registry_person (household_id);
CREATE INDEX registry_person_village ON registry_person (village_code, name_key);
CREATE INDEX registry_person_phone ON registry_person (phone_lookup);
CREATE INDEX registry_person_id_lookup ON registry_person (id_lookup);
-- One active membership per person, whatever the road on which a second one comes.
CREATE UNIQUE INDEX registry_person_one_household ON registry_person (id_lookup)
    WHERE member_status = '1' AND id_lookup IS NOT NULL;

-- Pairs of neighbouring characters of a normalised name, as one number (first * 2097152 + second).
CREATE TABLE registry_name_gram (
    gram BIGINT NOT NULL, person_id BIGINT NOT NULL,
    PRIMARY KEY (gram, person_id));

CREATE TABLE registry_income (
    id {identity},
    household_id BIGINT NOT NULL, person_id BIGINT, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
    item TEXT NOT NULL, sub_item TEXT NOT NULL, fen BIGINT NOT NULL, since TEXT NOT NULL,
    source TEXT NOT NULL, import_id BIGINT, recorded_at BIGINT NOT NULL,
    FOREIGN KEY (household_id) REFERENCES registry_household (id));
CREATE INDEX registry_income_household ON registry_income (household_id);

CREATE TABLE registry_guarantee (
    id {identity},
    household_id BIGINT NOT NULL, item TEXT NOT NULL, status TEXT NOT NULL, assessed_by TEXT,
    assessed_on TEXT, expires_on TEXT, evidence TEXT, since TEXT NOT NULL, source TEXT NOT NULL,
    import_id BIGINT, recorded_at BIGINT NOT NULL,
    UNIQUE (household_id, item),
    FOREIGN KEY (household_id) REFERENCES registry_household (id));

-- First values stand with their origin on the row itself; here is every later one.
CREATE TABLE registry_field_history (
    id {identity},
    household_id BIGINT NOT NULL, person_id BIGINT, field TEXT NOT NULL, old_value TEXT, new_value TEXT,
    old_sealed {blob}, new_sealed {blob}, since TEXT NOT NULL, source TEXT NOT NULL, import_id BIGINT,
    account TEXT NOT NULL, recorded_at BIGINT NOT NULL);
CREATE INDEX registry_field_history_household ON registry_field_history (household_id);
