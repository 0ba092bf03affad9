#include "demo/insured_sheet.h"

#include <filesystem>

#include "base/bank_card.h"
#include "base/phone.h"
#include "table/table.h"

namespace ballast::demo {

using HF = registry::HouseholdField;
using PF = registry::PersonField;

// What is invented comes with a check digit that holds (ISO/IEC 7812).
std::string account_of(const registry::Household& home) {
    if (const auto own = BankCard::parse(home.values[HF::bank_account])) return own->reveal();
    std::string digits = "621799" + home.head()->values[PF::id_number].substr(5, 12);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int digit = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 0) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

namespace {

namespace fs = std::filesystem;

std::vector<const registry::Household*> farmers(const County& county, AreaCode village) {
    std::vector<const registry::Household*> out;
    for (const auto& home : county.households) {
        const auto* head = home.head();
        const auto land = home.values.whole(HF::land_arable);
        if (home.village != village || !head || !land || *land < 50 || *land > 10'000) continue;
        if (!head->values.has(PF::id_number) || !Phone::parse(head->values[PF::phone])) continue;
        out.push_back(&home);
        if (out.size() == 12) break;
    }
    return out;
}

}  // namespace

Result<std::string> write_insured_sheet(const delivery::Context& context, const County& county, AreaCode village,
                                        const std::string& name,
                                        const std::function<std::string(const registry::Household&)>& units) {
    const std::string folder = context.paths.samples + "/insurance";
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return unavailable("app.cannot_write").with("path", folder);
    const std::string path = folder + "/" + name;
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    std::vector<table::Writer::Column> columns;
    for (const char* title : {"姓名", "身份证号", "联系电话", "地块名称", "投保数量", "流转面积", "开户银行",
                              "银行账号", "户名", "签字"})
        columns.push_back({title, table::Writer::Type::text, 16});
    TRY(writer->sheet("投保清单", columns));
    for (const auto* home : farmers(county, village)) {
        const auto& head = home->head()->values;
        TRY(writer->row({head[PF::name], head[PF::id_number], head[PF::phone], "承包地", units(*home), "",
                         "农村信用社", account_of(*home), head[PF::name], "是"}));
    }
    TRY(writer->finish());
    return path;
}

}  // namespace ballast::demo
