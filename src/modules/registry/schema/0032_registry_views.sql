-- What other modules may read: nothing sealed. id_lookup is crypto::Vault::lookup("citizen_id", number).

CREATE VIEW registry_v_household AS SELECT
    id, household_no, county_code, village_code, version, group_name, household_kind, ex_poor_kind,
    low_income, extreme_poverty, relocated, five_guarantee, poverty_year_in, poverty_year_out, helper,
    relocation_site, house_structure, house_area, house_grade, house_built, house_certificate,
    water_source, water_quantity, water_quality, water_fetch_minutes, water_guarantee_rate, electricity,
    road, broadband, fuel, sanitary_toilet, land_arable, land_forest, land_returned, land_orchard,
    land_grass, land_water, cooperative, leading_firm, leader,
    (SELECT COUNT(*) FROM registry_person p WHERE p.household_id = registry_household.id
        AND p.member_status = '1') AS n_members
    FROM registry_household;

CREATE VIEW registry_v_person AS SELECT
    id, household_id, village_code, name_key, id_lookup, name, birth, sex, relation, politic, marriage,
    education, student, school, schooling_exempt, labour, work_place, work_months, employer, public_post,
    public_post_months, medical, medical_reason, serious_illness_insurance, commercial_medical, pension,
    low_income, low_income_amount, low_income_since, extreme_poverty, orphan, temporary_aid, mandarin,
    certificates, member_status, left_on
    FROM registry_person;

CREATE VIEW registry_v_income AS SELECT
    id, household_id, person_id, first_day, last_day, item, sub_item, fen
    FROM registry_income;

CREATE VIEW registry_v_guarantee AS SELECT
    household_id, item, status, assessed_on, expires_on
    FROM registry_guarantee;
