-- A file on its way in: received, judged row by row against the register, published in one short transaction.
-- Rows are sealed as they came. The stage tables hold what will be published, ready to be copied.

CREATE TABLE registry_import (
    id {identity},
    county_code BIGINT NOT NULL, digest TEXT NOT NULL, file_name {blob} NOT NULL, source TEXT NOT NULL,
    as_of TEXT NOT NULL, state TEXT NOT NULL, account TEXT NOT NULL, received_at BIGINT NOT NULL,
    applied_at BIGINT,
    rows_new BIGINT NOT NULL, rows_changed BIGINT NOT NULL, rows_unchanged BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL, households_new BIGINT NOT NULL, households_changed BIGINT NOT NULL,
    households_unchanged BIGINT NOT NULL, households_rejected BIGINT NOT NULL, people BIGINT NOT NULL);
CREATE INDEX registry_import_digest ON registry_import (digest);

CREATE TABLE registry_import_sheet (
    import_id BIGINT NOT NULL, ordinal BIGINT NOT NULL, sheet_name TEXT NOT NULL, kind BIGINT NOT NULL,
    header_row BIGINT NOT NULL, titles {blob} NOT NULL,
    PRIMARY KEY (import_id, ordinal));

CREATE TABLE registry_import_row (
    import_id BIGINT NOT NULL, ordinal BIGINT NOT NULL, sheet BIGINT NOT NULL, row_number BIGINT NOT NULL,
    kind BIGINT NOT NULL, household_key TEXT NOT NULL, id_lookup {blob}, active BIGINT NOT NULL,
    cells {blob} NOT NULL,
    PRIMARY KEY (import_id, ordinal));
CREATE INDEX registry_import_row_household ON registry_import_row (import_id, household_key);

CREATE TABLE registry_import_verdict (
    import_id BIGINT NOT NULL, ordinal BIGINT NOT NULL, sheet BIGINT NOT NULL, row_number BIGINT NOT NULL,
    household_no TEXT NOT NULL, household_id BIGINT, name TEXT NOT NULL, verdict TEXT NOT NULL,
    changes TEXT NOT NULL, findings TEXT NOT NULL,
    PRIMARY KEY (import_id, ordinal));

CREATE TABLE registry_stage_household (
    import_id BIGINT NOT NULL, action TEXT NOT NULL, id BIGINT NOT NULL,
    household_no TEXT NOT NULL, county_code BIGINT NOT NULL, village_code BIGINT NOT NULL,
    version BIGINT NOT NULL, since TEXT NOT NULL, source TEXT NOT NULL, recorded_at BIGINT NOT NULL,
    group_name TEXT, address TEXT, longitude BIGINT, latitude BIGINT, coordinate_system TEXT,
    household_kind TEXT, ex_poor_kind TEXT, low_income BIGINT, extreme_poverty BIGINT, relocated BIGINT,
    five_guarantee BIGINT, poverty_year_in BIGINT, poverty_year_out BIGINT, bank_name TEXT,
    bank_holder TEXT, bank_account {blob}, helper TEXT, relocation_site TEXT, house_structure TEXT,
    house_area BIGINT, house_grade TEXT, house_built BIGINT, house_certificate TEXT, water_source TEXT,
    water_quantity BIGINT, water_quality TEXT, water_fetch_minutes BIGINT, water_guarantee_rate BIGINT,
    electricity BIGINT, road TEXT, broadband BIGINT, fuel TEXT, sanitary_toilet BIGINT, land_arable BIGINT,
    land_forest BIGINT, land_returned BIGINT, land_orchard BIGINT, land_grass BIGINT, land_water BIGINT,
    cooperative BIGINT, leading_firm BIGINT, leader BIGINT, military_family BIGINT, only_child BIGINT,
    two_daughters BIGINT,
    PRIMARY KEY (import_id, id));

CREATE TABLE registry_stage_person (
    import_id BIGINT NOT NULL, action TEXT NOT NULL, id BIGINT NOT NULL,
    household_id BIGINT NOT NULL, village_code BIGINT NOT NULL, name_key TEXT NOT NULL, id_lookup {blob},
    phone_lookup {blob}, since TEXT NOT NULL, source TEXT NOT NULL, recorded_at BIGINT NOT NULL, name TEXT,
    id_number {blob}, temp_no TEXT, birth TEXT, sex TEXT, relation TEXT, politic TEXT, marriage TEXT,
    phone {blob}, education TEXT, student TEXT, school TEXT, schooling_exempt BIGINT, labour TEXT,
    work_place TEXT, work_months BIGINT, employer TEXT, public_post TEXT, public_post_months BIGINT,
    medical TEXT, medical_reason TEXT, serious_illness_insurance BIGINT, commercial_medical BIGINT,
    pension TEXT, low_income BIGINT, low_income_amount BIGINT, low_income_since TEXT, extreme_poverty TEXT,
    orphan TEXT, temporary_aid BIGINT, mandarin BIGINT, certificates TEXT, member_status TEXT,
    left_on TEXT, facts {blob} NOT NULL,
    PRIMARY KEY (import_id, id));

CREATE TABLE registry_stage_income (
    import_id BIGINT NOT NULL, action TEXT NOT NULL, id BIGINT NOT NULL,
    household_id BIGINT NOT NULL, person_id BIGINT, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
    item TEXT NOT NULL, sub_item TEXT NOT NULL, fen BIGINT NOT NULL, since TEXT NOT NULL,
    source TEXT NOT NULL, recorded_at BIGINT NOT NULL,
    PRIMARY KEY (import_id, id));

CREATE TABLE registry_stage_guarantee (
    import_id BIGINT NOT NULL, action TEXT NOT NULL, id BIGINT NOT NULL,
    household_id BIGINT NOT NULL, item TEXT NOT NULL, status TEXT NOT NULL, assessed_by TEXT,
    assessed_on TEXT, expires_on TEXT, evidence TEXT, since TEXT NOT NULL, source TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (import_id, id));

CREATE TABLE registry_stage_field_history (
    import_id BIGINT NOT NULL, action TEXT NOT NULL, id BIGINT NOT NULL,
    household_id BIGINT NOT NULL, person_id BIGINT, field TEXT NOT NULL, old_value TEXT, new_value TEXT,
    old_sealed {blob}, new_sealed {blob}, since TEXT NOT NULL, source TEXT NOT NULL, account TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (import_id, id));

CREATE TABLE registry_stage_name_gram (
    import_id BIGINT NOT NULL, action TEXT NOT NULL, household_id BIGINT NOT NULL, gram BIGINT NOT NULL,
    person_id BIGINT NOT NULL);
CREATE INDEX registry_stage_name_gram_import ON registry_stage_name_gram (import_id);
