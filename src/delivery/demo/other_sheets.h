/// The sheets of the departments that tell of what befell a household, what it does for a living and what it
/// owns: health, police, fiscal, market, real estate, housing fund, tax, agriculture, emergency, water,
/// hotline, bank, insurer.
#pragma once

#include <vector>

#include "demo/sheet.h"

namespace ballast::demo {

/// What the clerks of all bureaus have before them.
struct Clerks {
    const areas::Division& division;
    const County& county;
    const std::vector<Villager>& villagers;
    const std::vector<const Villager*>& heads;
    Date month;  // its first day
    Date today;
};
struct Sheet {
    const Form* form;
    std::vector<SentRow> rows;
    Date day = {};  // of a daily sheet
};

/// Those that the month carries, with at least one row each but for a flood that hit nobody.
std::vector<Sheet> other_sheets(const Clerks& clerks, Rng& rng);
/// The hotline's files of the running month, one for each working day before today. Of earlier months there
/// is one file each, among the other sheets.
std::vector<Sheet> hotline_days(const Clerks& clerks, Rng& rng);

}  // namespace ballast::demo
