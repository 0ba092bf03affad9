#include "pack_check/pack_check.h"

#include <algorithm>

#include "base/toml.h"
#include "pack_check/tables.h"

namespace ballast::pack_check {

namespace fs = std::filesystem;
using feel::Number;
using feel::Value;

namespace {

std::string joined(const std::vector<std::string>& items) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : ", ") + item;
    return out.empty() ? "-" : out;
}

class Check {
public:
    Check(std::string_view name, const std::vector<packs::File>& files, const packs::Pack* also)
        : name_(name), files_(files), also_(also) {}

    Report run() {
        auto pack = packs::read(name_, packs::top_level(files_));
        if (!pack) {
            report_.findings.push_back(std::move(pack).error());
            return report_;
        }
        pack_ = std::move(*pack);
        report_.parameters = pack_.parameters.size();
        report_.rules = pack_.rules.size();
        dates();
        read_ordinary();
        Tables tables(pack_, also_, day_, area_);
        tables.read(report_);
        if (tables.all().empty()) return report_;
        names(tables);
        cases(tables);
        return report_;
    }

private:
    void find(Error error) { report_.findings.push_back(std::move(error)); }
    std::string named(std::string_view file) const { return name_ + "/" + std::string(file); }
    const packs::File* file(std::string_view wanted) const {
        const auto found = std::ranges::find(files_, wanted, &packs::File::name);
        return found == files_.end() ? nullptr : &*found;
    }
    /// Empty when it is not there.
    packs::File bytes_of(std::string_view wanted) const {
        const auto* found = file(wanted);
        return {named(wanted), found ? found->bytes : std::string()};
    }

    /// A row of an area that ends before the next begins leaves days without a value.
    void dates() {
        const auto file = bytes_of("parameters.toml");
        for (const auto& parameter : pack_.parameters)
            for (std::size_t i = 0; i + 1 < parameter.values.size(); ++i) {
                const auto& row = parameter.values[i];
                const auto& next = parameter.values[i + 1];
                if (row.area != next.area || !row.to || row.to->plus_days(1) >= next.from) continue;
                find(at("pack_check.date_gap", file, "[" + parameter.name + "]")
                         .with("key", parameter.name)
                         .with("area", row.area.digits())
                         .with("from", row.to->plus_days(1).iso())
                         .with("to", next.from.plus_days(-1).iso()));
            }
    }

    void names(const Tables& tables) {
        const auto put_out = [&](const std::string& wanted) {
            return std::any_of(tables.all().begin(), tables.all().end(), [&](const Table& table) {
                const auto rule = table.rules().output("rule");
                const auto& rows = table.rules().rules;
                return rule && std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
                           const auto& node = row.outputs[*rule];
                           // What is computed may be any rule.
                           return node->op != feel::Op::literal ||
                                  (node->value.string() && *node->value.string() == wanted);
                       });
            });
        };
        const auto rules = bytes_of("rules.toml");
        for (const auto& rule : pack_.rules)
            if (!put_out(rule.id))
                find(at("pack_check.rule_without_row", rules, "[rules." + rule.id + "]")
                         .with("name", rule.id));
        const auto facts = bytes_of("inputs.toml");
        for (const auto& fact : pack_.facts)
            if (std::none_of(tables.all().begin(), tables.all().end(),
                             [&](const Table& table) { return table.model.input(fact.name).has_value(); }))
                find(at("pack_check.unused_fact", facts, "[" + fact.name + "]").with("name", fact.name));
    }

    Error in_case(const char* id, std::string_view file, const toml::node& node, std::string key) const {
        return invalid(id)
            .with("file", named(file))
            .with("line", std::to_string(node.source().begin.line))
            .with("key", std::move(key));
    }

    std::optional<toml::table> parsed(const packs::File& of) {
        const std::string_view file = of.name;
        auto out = toml_table(of.bytes, named(file));
        if (out) return *std::move(out);
        find(std::move(out).error());
        return std::nullopt;
    }

    /// The facts of a case; "absent" is what nobody knows, and amounts are texts in yuan.
    void take(std::string_view file, const toml::table& table, Facts& facts) {
        for (const auto& [key, node] : table) {
            const std::string name(key.str());
            const packs::Fact* fact = pack_.fact(name);
            const auto text = node.value_exact<std::string>();
            std::optional<Value> value;
            if (fact && text == "absent") {
                value = Value();
            } else if (fact) {
                switch (fact->kind) {
                    case packs::FactKind::boolean:
                        if (const auto truth = node.value_exact<bool>()) value = *truth;
                        break;
                    case packs::FactKind::count:
                        if (const auto count = node.value_exact<std::int64_t>()) value = *count;
                        break;
                    case packs::FactKind::money:
                        if (const auto amount = text ? Number::parse(*text) : std::nullopt) value = *amount;
                        break;
                    case packs::FactKind::text:
                        if (text) value = *text;
                        break;
                }
            }
            if (value)
                facts[name] = *value;
            else
                find(in_case("pack_check.bad_case", file, node, name));
        }
    }

    /// The household from which each case differs, with the day and the area of all cases.
    void read_ordinary() {
        day_ = pack_.valid_from;
        area_ = pack_.areas.front();
        const auto* ordinary = file("cases/ordinary.toml");
        const auto table = ordinary ? parsed(*ordinary) : std::nullopt;
        if (!table) return;
        has_ordinary_ = true;
        if (const auto day = (*table)["as_of"].value<toml::date>())
            if (const auto date = Date::from(day->year, day->month, day->day)) day_ = *date;
        if (const auto area = AreaCode::parse((*table)["area"].value_or(std::string()))) area_ = *area;
        if (const auto* facts = (*table)["facts"].as_table()) take(ordinary->name, *facts, ordinary_);
    }

    void cases(const Tables& tables) {
        const auto absent = [&](std::string_view file, const char* kind, const std::string& name) {
            find(invalid("pack_check.no_cases")
                     .with("file", named(file))
                     .with("line", "1")
                     .with("kind", kind)
                     .with("name", name));
        };
        if (!has_ordinary_) return absent("cases/ordinary.toml", "ordinary", "");
        for (const char* kind : {"good", "bad"})
            for (const auto& rule : pack_.rules) {
                const std::string path = std::string("cases/") + kind + "/" + rule.id + ".toml";
                const auto* written = file(path);
                const auto table = written ? parsed(*written) : std::nullopt;
                const auto* list = table ? (*table)["case"].as_array() : nullptr;
                if (!list || list->empty()) {
                    absent(path, kind, rule.id);
                    continue;
                }
                for (const auto& node : *list)
                    one_case(path, node, rule.id, kind == std::string_view("good"), tables);
            }
    }

    void one_case(std::string_view file, const toml::node& node, const std::string& rule, bool good,
                  const Tables& tables) {
        const auto* one = node.as_table();
        const auto* changes = one ? (*one)["facts"].as_table() : nullptr;
        const auto* list = !one                    ? nullptr
                           : one->contains("hits") ? (*one)["hits"].as_array()
                                                   : (*one)["warnings"].as_array();
        const auto says = one ? (*one)["says"].value<std::string>() : std::nullopt;
        if (!changes || !list || !says)
            return find(in_case("pack_check.bad_case", file, node,
                                !changes ? "facts"
                                : !list  ? "warnings"
                                         : "says"));
        ++report_.cases;
        Facts facts = ordinary_;
        const auto before = report_.findings.size();
        take(file, *changes, facts);
        if (report_.findings.size() > before) return;
        std::vector<std::string> expected;
        for (const auto& item : *list) expected.push_back(item.value_or(std::string()));
        std::sort(expected.begin(), expected.end());
        const auto found = tables.said(facts);
        const auto place = [&](const char* id) { return in_case(id, file, node, rule).with("case", *says); };
        if (found != expected)
            find(place("pack_check.case_differs")
                     .with("expected", joined(expected))
                     .with("found", joined(found)));
        const bool own = std::any_of(found.begin(), found.end(),
                                     [&](const auto& said) { return said.starts_with(rule + " "); });
        if (own != good) find(place(good ? "pack_check.good_case_silent" : "pack_check.bad_case_warns"));
    }

    std::string name_;
    const std::vector<packs::File>& files_;
    const packs::Pack* also_;
    packs::Pack pack_;
    Report report_;
    Date day_;
    AreaCode area_;
    bool has_ordinary_ = false;
    Facts ordinary_;
};

}  // namespace

Report check(std::string_view name, const std::vector<packs::File>& files, const packs::Pack* also) {
    return Check(name, files, also).run();
}

Report check(const fs::path& given) {
    const fs::path folder = given.has_filename() ? given : given.parent_path();  // "packs/screening/"
    Report report;
    if (!fs::exists(folder / "pack.toml")) {
        report.findings.push_back(not_found("packs.no_such_pack").with("name", folder.string()));
        return report;
    }
    auto files = packs::all_files(folder);
    if (!files) {
        report.findings.push_back(std::move(files).error());
        return report;
    }
    // Parameters of screening serve the other packs too.
    const std::string name = folder.filename().string();
    const auto screening = packs::load("screening", fs::absolute(folder).parent_path());
    return check(name, *files, name != "screening" && screening ? &*screening : nullptr);
}

}  // namespace ballast::pack_check
