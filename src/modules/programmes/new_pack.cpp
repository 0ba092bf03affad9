#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "programmes/check_pack.h"

namespace ballast::programmes {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view head = R"(name = "{name}"
title = {{ zh = "新项目", en = "New programme" }}
issuer = "县乡村振兴局"
document = "assumed"
valid_from = {today}
areas = ["000000000000"]
consent_required = false
)";
constexpr std::string_view parameters = R"(# Every number that government decides: dated, by area, with the document that says it; "assumed" where none does.

[contract_warning_first]
title = {{ zh = "合同到期首次提醒（提前天数）", en = "First warning before a contract ends" }}
unit = "days"
values = [{{ from = {today}, value = 180, authority = "assumed" }}]

[contract_warning_second]
title = {{ zh = "合同到期二次提醒（提前天数）", en = "Second warning before a contract ends" }}
unit = "days"
values = [{{ from = {today}, value = 90, authority = "assumed" }}]

[contract_warning_last]
title = {{ zh = "合同到期末次提醒（提前天数）", en = "Last warning before a contract ends" }}
unit = "days"
values = [{{ from = {today}, value = 30, authority = "assumed" }}]
)";
constexpr std::string_view programme_text = R"(# For whom: household, person, village, school, site, organisation.
for = ["site"]

# What is kept of each. Types: text, choice, truth, integer and decimal (with a unit), money, date, phone.
[registers.place]
title = {{ zh = "场所", en = "Places" }}
about = "site"

[[registers.place.fields]]
name = "open"
title = {{ zh = "是否开放", en = "Open" }}
type = "truth"
required = true

[[registers.place.fields]]
name = "seats"
title = {{ zh = "座位", en = "Seats" }}
type = "integer"
unit = "个"
least = 0

[activities.meeting]
title = {{ zh = "活动", en = "Meetings" }}
people = true
photo = true

[contracts.service]
title = {{ zh = "服务合同", en = "Service contracts" }}

[indicators.open_rate]
title = {{ zh = "开放率", en = "Places that are open" }}
unit = "个"
numerator = {{ register = "place", where = {{ open = "yes" }} }}
denominator = {{ register = "place" }}
)";
constexpr std::string_view good_case = R"(on = {today}
[record]
register = "place"
values = {{ open = "yes", seats = "40" }}
)";
constexpr std::string_view bad_case = R"(on = {today}
[record]
register = "place"
values = {{ seats = "40" }}
[expect]
refused = "programmes.required"
)";
constexpr std::string_view readme =
    "For whom {name} is, since when, and by which document. `ballast pack check packs/{name}` holds it together.\n";

Result<void> write(const fs::path& path, std::string_view pattern, std::string_view name, Date today) {
    std::ofstream file(path, std::ios::binary);
    file << fmt::format(fmt::runtime(pattern), fmt::arg("name", name), fmt::arg("today", today.iso()));
    if (!file.flush()) return unavailable("programmes.cannot_write").with("path", path.filename().string());
    return {};
}

}  // namespace

Result<void> new_pack(const fs::path& packs, std::string_view name, Date today) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.size() < 2 || name.size() > 30 || !std::ranges::all_of(name, fits) || name[0] < 'a')
        return invalid("programmes.bad_pack_name");
    const auto folder = packs / name;
    std::error_code failed;
    if (fs::exists(folder, failed)) return conflict("programmes.pack_exists").with("path", folder.string());
    for (const auto* cases : {"good", "bad"}) {
        fs::create_directories(folder / "cases" / cases, failed);
        if (failed) return unavailable("programmes.cannot_write").with("path", folder.string());
    }
    TRY(write(folder / "pack.toml", head, name, today));
    TRY(write(folder / "parameters.toml", parameters, name, today));
    TRY(write(folder / "programme.toml", programme_text, name, today));
    TRY(write(folder / "cases" / "good" / "open.toml", good_case, name, today));
    TRY(write(folder / "cases" / "bad" / "not_said.toml", bad_case, name, today));
    return write(folder / "README.md", readme, name, today);
}

}  // namespace ballast::programmes
