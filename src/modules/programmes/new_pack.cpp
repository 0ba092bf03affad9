#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "programmes/check_pack.h"

namespace ballast::programmes {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view head = R"(# The name is that of the folder. What nobody has decided yet has the document "assumed", and whoever uses it is told so.
# Areas: the whole country, or codes of a province, prefecture, county, township or village.
name = "{name}"
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

[grant_amount]
title = {{ zh = "补助标准", en = "Grant" }}
unit = "fen"
values = [{{ from = {today}, value = 30000, authority = "assumed" }}]
)";
constexpr std::string_view programme_text = R"(# For whom: household, person, village, township, school, site, organisation.
for = ["site", "household"]

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

# A row of a household with a procedure and a table that says what is due to it. Each step names who takes it: village,
# township or county. A step asks for what it `needs` (without which it is refused) and `asks` (which may stay empty); the
# form for a new row asks for neither.
[registers.grant]
title = {{ zh = "补助申请", en = "Grants" }}
about = "household"
once = ["year"]
entitlement = {{ table = "grant.dmn", decision = "补助" }}
benefit = {{ kind = "{name}", to = "family", by = ["year"] }}
states = [
  {{ value = "applied", zh = "已申请", en = "Applied" }},
  {{ value = "paid", zh = "已发放", en = "Paid" }},
  {{ value = "refused", zh = "未通过", en = "Refused" }},
]
steps = [
  {{ action = "pay", title = {{ zh = "登记发放", en = "Enter the payment" }}, from = ["applied"], to = "paid", by = "township", needs = ["paid_on"], asks = ["remark"] }},
  {{ action = "refuse", title = {{ zh = "不予通过", en = "Refuse" }}, from = ["applied"], to = "refused", by = "township", note = true, ends = true, voids = true }},
]

[[registers.grant.fields]]
name = "year"
title = {{ zh = "年度", en = "Year" }}
type = "integer"
unit = "年"
least = 2021
most = 2100
required = true

[[registers.grant.fields]]
name = "paid_on"
title = {{ zh = "发放日期", en = "Paid on" }}
type = "date"
not_future = true

[[registers.grant.fields]]
name = "remark"
title = {{ zh = "备注", en = "Remark" }}
type = "text"

[activities.meeting]
title = {{ zh = "活动", en = "Meetings" }}
people = true
photo = true

[contracts.service]
title = {{ zh = "服务合同", en = "Service contracts" }}

[projects.works]
title = {{ zh = "建设项目", en = "Works" }}
sources = [
  {{ value = "county", zh = "县级", en = "County" }},
  {{ value = "village", zh = "村集体", en = "Village" }},
]

# Numerator and denominator count rows in one unit that fits them: households in 户, people in 人, places in 个, 处, 座.
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
constexpr std::string_view grant_case = R"(on = {today}
[decision]
table = "grant.dmn"
decision = "补助"
inputs = {{ low_income = true, monitored = false, grant_amount = 300 }}
[expect]
value = '{{eligible: true, amount: 300, reason_zh: "低保户或监测户", reason_en: "Low income or monitored"}}'
)";
/// Of the facts of a household (modules/programmes/README.md) and a parameter; the first row that fits.
constexpr std::string_view grant_table = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="grant_model" name="补助" namespace="https://ballast.example/packs/{name}/grant">
  <inputData id="low_income" name="low_income"><variable id="low_income_v" name="low_income" typeRef="boolean" /></inputData>
  <inputData id="monitored" name="monitored"><variable id="monitored_v" name="monitored" typeRef="boolean" /></inputData>
  <inputData id="grant_amount" name="grant_amount"><variable id="grant_amount_v" name="grant_amount" typeRef="number" /></inputData>
  <decision id="grant" name="补助">
    <variable id="grant_v" name="补助" />
    <informationRequirement id="needs_low_income"><requiredInput href="#low_income" /></informationRequirement>
    <informationRequirement id="needs_monitored"><requiredInput href="#monitored" /></informationRequirement>
    <informationRequirement id="needs_grant_amount"><requiredInput href="#grant_amount" /></informationRequirement>
    <decisionTable id="table" hitPolicy="FIRST">
      <input id="i1" label="低保户"><inputExpression id="i1_e" typeRef="boolean"><text>low_income</text></inputExpression></input>
      <input id="i2" label="监测户"><inputExpression id="i2_e" typeRef="boolean"><text>monitored</text></inputExpression></input>
      <output id="o1" name="eligible" typeRef="boolean" />
      <output id="o2" name="amount" typeRef="number" />
      <output id="o3" name="reason_zh" typeRef="string" />
      <output id="o4" name="reason_en" typeRef="string" />
      <rule id="r1">
        <inputEntry id="r1_1"><text>true</text></inputEntry><inputEntry id="r1_2"><text>-</text></inputEntry>
        <outputEntry id="r1_3"><text>true</text></outputEntry><outputEntry id="r1_4"><text>grant_amount</text></outputEntry>
        <outputEntry id="r1_5"><text>"低保户或监测户"</text></outputEntry><outputEntry id="r1_6"><text>"Low income or monitored"</text></outputEntry>
      </rule>
      <rule id="r2">
        <inputEntry id="r2_1"><text>-</text></inputEntry><inputEntry id="r2_2"><text>true</text></inputEntry>
        <outputEntry id="r2_3"><text>true</text></outputEntry><outputEntry id="r2_4"><text>grant_amount</text></outputEntry>
        <outputEntry id="r2_5"><text>"低保户或监测户"</text></outputEntry><outputEntry id="r2_6"><text>"Low income or monitored"</text></outputEntry>
      </rule>
      <rule id="r3">
        <inputEntry id="r3_1"><text>-</text></inputEntry><inputEntry id="r3_2"><text>-</text></inputEntry>
        <outputEntry id="r3_3"><text>false</text></outputEntry><outputEntry id="r3_4"><text>0</text></outputEntry>
        <outputEntry id="r3_5"><text>"不是低保户或监测户"</text></outputEntry><outputEntry id="r3_6"><text>"Neither low income nor monitored"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
)";
constexpr std::string_view readme =
    "For whom {name} is, since when, and by which document. `ballast pack check packs/{name}` holds it together; docs/packs.md "
    "goes the whole way with one.\n";

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
    TRY(write(folder / "grant.dmn", grant_table, name, today));
    TRY(write(folder / "cases" / "good" / "grant.toml", grant_case, name, today));
    TRY(write(folder / "cases" / "bad" / "not_said.toml", bad_case, name, today));
    return write(folder / "README.md", readme, name, today);
}

}  // namespace ballast::programmes
