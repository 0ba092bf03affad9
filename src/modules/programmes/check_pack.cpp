#include "programmes/check_pack.h"

#include <algorithm>
#include <fstream>

#include "base/toml.h"
#include "programmes/entitlement.h"
#include "programmes/fee.h"

namespace ballast::programmes {
namespace {

namespace fs = std::filesystem;

/// One case of a pack: what it puts in, and what it says must come out.
class Case {
public:
    Case(const Programme& programme, std::string file, const toml::table& root, bool good,
         std::vector<Finding>& findings)
        : programme_(programme), file_(std::move(file)), root_(root), good_(good), findings_(findings) {}

    void run() {
        const auto day = root_["on"].value<toml::date>();
        const auto on = day ? Date::from(day->year, day->month, day->day) : std::nullopt;
        if (!on) return missing(root_, "on", "2021-07-01");
        on_ = *on;
        if (const auto* fee = root_["fee"].as_table()) return run_fee(*fee);
        if (const auto* record = root_["record"].as_table()) return run_record(*record);
        if (const auto* figure = root_["figure"].as_table()) return run_figure(*figure);
        if (const auto* decision = root_["decision"].as_table()) return run_decision(*decision);
        missing(root_, "fee", "[fee], [record], [figure], [decision]");
    }

private:
    void note(const toml::node& at, Error what) {
        findings_.push_back({file_, at.source().begin.line, std::move(what)});
    }
    void missing(const toml::table& in, std::string_view key, std::string_view expected) {
        note(in, invalid("programmes.pack_missing")
                     .with("key", std::string(key))
                     .with("expected", std::string(expected)));
    }
    void differ(std::string_view what, std::string_view expected, std::string_view found) {
        const auto* expect = root_["expect"].as_table();
        note(expect ? static_cast<const toml::node&>(*expect) : static_cast<const toml::node&>(root_),
             invalid("programmes.pack_case")
                 .with("name", std::string(what))
                 .with("expected", std::string(expected))
                 .with("found", std::string(found)));
    }
    std::string expected(const char* key) const { return root_["expect"][key].value_or<std::string>(""); }

    /// A refusal, held against what the case expects of it.
    void refused(const Error& error) {
        const auto wanted = expected("refused");
        if (good_ || wanted != error.id) differ("refused", good_ ? "-" : wanted, error.id);
    }
    void accepted() {
        if (!good_) differ("refused", expected("refused"), "-");
    }

    std::optional<Date> day(const toml::table& in, const char* key) {
        const auto value = in[key].value<toml::date>();
        const auto out = value ? Date::from(value->year, value->month, value->day) : std::nullopt;
        if (!out) missing(in, key, "2021-07-01");
        return out;
    }
    void run_fee(const toml::table& t) {
        if (!programme_.fee) return missing(root_, "fee", "[fee] in programme.toml");
        FeeScheme scheme;
        scheme.amount = Money::fen(t["amount"].value_or<std::int64_t>(0));
        scheme.period = fee_period_named(t["period"].value_or<std::string>(""));
        scheme.persons = t["persons"].value_or<std::int64_t>(0);
        scheme.exempt = t["exempt"].value_or<std::int64_t>(0);
        scheme.present = t["present"].value_or<std::int64_t>(0);
        scheme.in_favour = t["in_favour"].value_or<std::int64_t>(0);
        if (const auto* items = t["items"].as_array())
            for (const auto& item : *items) scheme.items.push_back(item.value_or<std::string>(""));
        const auto from = day(t, "from"), to = day(t, "to"), approved = day(t, "approved_on");
        if (!from || !to || !approved) return;
        scheme.from = *from, scheme.to = *to, scheme.approved_on = *approved;
        const auto terms = fee_terms(programme_, {}, on_);
        if (!terms) return note(t, terms.error());
        const auto due = fee_due(*programme_.fee, *terms, scheme);
        if (!due) return refused(due.error());
        accepted();
        const auto hold = [&](const char* key, std::int64_t found) {
            const auto wanted = root_["expect"][key].value<std::int64_t>();
            if (good_ && wanted && *wanted != found) differ(key, std::to_string(*wanted), std::to_string(found));
        };
        hold("paying", due->paying);
        hold("a_period", due->a_period.fen());
        hold("whole", due->whole.fen());
    }

    void run_record(const toml::table& t) {
        const auto name = t["register"].value_or<std::string>("");
        const auto* kind = programme_.find_register(name);
        if (!kind) return note(t, invalid("programmes.pack_reference").with("key", "register").with("name", name));
        Values typed;
        if (const auto* values = t["values"].as_table())
            for (const auto& [key, value] : *values) typed[std::string(key.str())] = value.value_or<std::string>("");
        const auto kept = checked(kind->fields, typed, on_);
        kept ? accepted() : refused(kept.error());
    }

    void run_figure(const toml::table& t) {
        const auto name = t["name"].value_or<std::string>("");
        const auto found = std::ranges::find(programme_.figures, name, &Figure::name);
        if (found == programme_.figures.end())
            return note(t, invalid("programmes.pack_reference").with("key", "name").with("name", name));
        if (expected("value") != found->value.plain()) differ("value", expected("value"), found->value.plain());
    }

    static feel::Value value_of(const toml::node& node) {
        if (const auto truth = node.value_exact<bool>()) return *truth;
        if (const auto whole = node.value_exact<std::int64_t>()) return *whole;
        if (const auto text = node.value_exact<std::string>()) return *text;
        if (const auto date = node.value_exact<toml::date>())
            if (const auto real = Date::from(date->year, date->month, date->day)) return *real;
        return {};
    }
    void run_decision(const toml::table& t) {
        const auto file = t["table"].value_or<std::string>("");
        const auto model = programme_.table(file);
        if (!model) return note(t, invalid("programmes.pack_reference").with("key", "table").with("name", file));
        const auto name = t["decision"].value_or<std::string>("");
        const auto decision = model->decision(name);
        if (!decision) return note(t, invalid("programmes.pack_reference").with("key", "decision").with("name", name));
        auto facts = parameters_of(*model, programme_, {}, on_);
        if (!facts) return note(t, facts.error());
        if (const auto* inputs = t["inputs"].as_table())
            for (const auto& [key, value] : *inputs) {
                const auto input = model->input(key.str());
                if (!input)
                    note(value, invalid("programmes.pack_reference").with("key", "inputs").with("name", std::string(key.str())));
                else
                    facts->at(*input) = value_of(value);
            }
        const auto found = model->evaluate(*decision, *facts, {on_}).value.text();
        if (expected("value") != found) differ("value", expected("value"), found);
    }

    const Programme& programme_;
    std::string file_;
    const toml::table& root_;
    bool good_;
    std::vector<Finding>& findings_;
    Date on_;
};

void run_cases(const Programme& programme, const fs::path& folder, bool good, std::vector<Finding>& findings) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::ranges::sort(files);
    for (const auto& path : files) {
        const std::string name =
            programme.pack.name + "/cases/" + (good ? "good/" : "bad/") + path.filename().string();
        std::ifstream stream(path, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        if (const auto parsed = toml_table(text, name))
            Case(programme, name, *parsed, good, findings).run();
        else
            findings.push_back(finding_of(parsed.error(), name));
    }
}

}  // namespace

std::vector<Finding> check_pack(const fs::path& folder) {
    const auto place = fs::absolute(folder).lexically_normal();
    const auto name = (place.has_filename() ? place : place.parent_path()).filename().string();
    auto files = files_of(place);
    if (!files) return {{name, 1, std::move(files).error()}};
    auto reading = read_programme(name, *std::move(files));
    if (!reading.programme) return std::move(reading.findings);
    std::vector<Finding> findings;
    run_cases(*reading.programme, place / "cases" / "good", true, findings);
    run_cases(*reading.programme, place / "cases" / "bad", false, findings);
    return findings;
}

}  // namespace ballast::programmes
