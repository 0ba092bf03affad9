#include "casework/facts_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "casework/facts_fields.h"
#include "registry/household_file.h"

namespace ballast::casework {

namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t longest_text = 4000, longest_list = 200;

template <class T>
constexpr bool is_optional = false;
template <class T>
constexpr bool is_optional<std::optional<T>> = true;
template <class T>
constexpr bool is_vector = false;
template <class T>
constexpr bool is_vector<std::vector<T>> = true;

// -- out ---------------------------------------------------------------------------------------------------

struct Writer {
    template <class T>
    using Of = const T;
    Show show;
    Json out = Json::object();

    template <class T>
    Json written(const T& value) const {
        if constexpr (is_optional<T>) {
            return value ? written(*value) : Json(nullptr);
        } else if constexpr (is_vector<T>) {
            Json list = Json::array();
            for (const auto& one : value) list.push_back(written(one));
            return list;
        } else if constexpr (std::is_same_v<T, Date>) {
            return value.iso();
        } else if constexpr (std::is_same_v<T, Money>) {
            return value.fen();
        } else if constexpr (std::is_same_v<T, AttachmentId>) {
            return std::to_string(value.number());
        } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
            return value;
        } else {
            Writer inner{show};
            fields(inner, value);
            return std::move(inner.out);
        }
    }
    template <class T>
    void operator()(const char* name, const T& value) {
        out[name] = written(value);
    }
    void document(const char* name, const std::string& number) {
        out[name] = show == Show::masked ? registry::masked_id(number) : number;
    }
    void phone(const char* name, const std::string& number) {
        out[name] = show == Show::masked ? registry::masked_phone(number) : number;
    }
};

// -- in ----------------------------------------------------------------------------------------------------

struct Reader {
    template <class T>
    using Of = T;
    const Json& from;
    std::string path;
    std::optional<Error>& error;
    std::set<std::string, std::less<>> known{};

    void fail(const char* what, const std::string& field) const {
        if (!error) error = Error{ErrorKind::invalid, what, {}, {}}.with("field", field);
    }
    void fail_at_most(const char* what, const std::string& field, std::size_t most) const {
        if (!error)
            error = Error{ErrorKind::invalid, what, {}, {}}
                        .with("field", field)
                        .with("most", std::to_string(most));
    }

    template <class T>
    void read(const std::string& field, const Json& json, T& value) {
        if constexpr (is_optional<T>) {
            if (!json.is_null()) read(field, json, value.emplace());
        } else if constexpr (is_vector<T>) {
            if (!json.is_array()) return fail("casework.field_wrong", field);
            if (json.size() > longest_list)
                return fail_at_most("casework.list_too_long", field, longest_list);
            for (std::size_t i = 0; i < json.size(); ++i)
                read(field + "." + std::to_string(i), json[i], value.emplace_back());
        } else if constexpr (std::is_same_v<T, bool>) {
            json.is_boolean() ? void(value = json.get<bool>()) : fail("casework.field_wrong", field);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            json.is_number_integer() ? void(value = json.get<std::int64_t>())
                                     : fail("casework.field_wrong", field);
        } else if constexpr (std::is_same_v<T, Money>) {
            json.is_number_integer() ? void(value = Money::fen(json.get<std::int64_t>()))
                                     : fail("casework.field_wrong", field);
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (!json.is_string()) return fail("casework.field_wrong", field);
            value = json.get<std::string>();
            if (text::length(value) > longest_text)
                fail_at_most("casework.text_too_long", field, longest_text);
            if (value.find('\0') != value.npos) fail("casework.field_wrong", field);
        } else if constexpr (std::is_same_v<T, Date>) {
            const auto day = json.is_string() ? Date::parse(json.get_ref<const std::string&>()) : invalid("");
            day ? void(value = *day) : fail("casework.field_wrong", field);
        } else if constexpr (std::is_same_v<T, AttachmentId>) {
            std::int64_t number = 0;
            if (json.is_string()) {
                const auto& digits = json.get_ref<const std::string&>();
                const auto end = digits.data() + digits.size();
                if (std::from_chars(digits.data(), end, number).ptr != end) number = 0;
            }
            number > 0 ? void(value = AttachmentId(number)) : fail("casework.field_wrong", field);
        } else {
            if (!json.is_object()) return fail("casework.field_wrong", field);
            Reader inner{json, field + ".", error};
            fields(inner, value);
            inner.refuse_unknown();
        }
    }
    template <class T>
    void operator()(const char* name, T& value) {
        known.insert(name);
        const auto found = from.find(name);
        const bool there = found != from.end() && !found->is_null();
        constexpr bool needed =
            std::is_same_v<T, Date> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, Money>;
        if (there) return read(path + name, *found, value);
        if (needed) fail("casework.field_missing", path + name);
    }
    void document(const char* name, std::string& number) { (*this)(name, number); }
    void phone(const char* name, std::string& number) { (*this)(name, number); }

    void refuse_unknown() const {
        for (const auto& [key, value] : from.items())
            if (!known.contains(key)) fail("casework.field_unknown", path + key);
    }
};

template <class Form>
Result<Facts> read_form(const Json& json) {
    std::optional<Error> error;
    Form form;
    Reader reader{json, "", error};
    fields(reader, form);
    reader.refuse_unknown();
    if (error) return std::move(*error);
    return Facts(std::move(form));
}

struct FormOf {
    Action action;
    Result<Facts> (*read)(const Json&);
};
constexpr std::array forms{
    FormOf{Action::open, read_form<Opened>},
    FormOf{Action::verify, read_form<Visit>},
    FormOf{Action::authorise, read_form<Consent>},
    FormOf{Action::refuse_consent, read_form<Reasoned>},
    FormOf{Action::withdraw_consent, read_form<Reasoned>},
    FormOf{Action::compare, read_form<Comparison>},
    FormOf{Action::explain, read_form<Explanation>},
    FormOf{Action::judge, read_form<Judgement>},
    FormOf{Action::judge_county, read_form<Judgement>},
    FormOf{Action::reject_asset, read_form<Reasoned>},
    FormOf{Action::review, read_form<Review>},
    FormOf{Action::publicise, read_form<Posting>},
    FormOf{Action::end_publicity, read_form<TakenDown>},
    FormOf{Action::object, read_form<Objection>},
    FormOf{Action::dismiss_objection, read_form<Inquiry>},
    FormOf{Action::restart_publicity, read_form<Inquiry>},
    FormOf{Action::repeat_review, read_form<Inquiry>},
    FormOf{Action::reject_objection, read_form<Reasoned>},
    FormOf{Action::township_review, read_form<TownshipReview>},
    FormOf{Action::return_township, read_form<Returned>},
    FormOf{Action::correct, read_form<Corrected>},
    FormOf{Action::reject_township, read_form<Reasoned>},
    FormOf{Action::approve, read_form<Approval>},
    FormOf{Action::return_county, read_form<Returned>},
    FormOf{Action::reject_county, read_form<Reasoned>},
    FormOf{Action::enrol, read_form<Enrolment>},
    FormOf{Action::close, read_form<Reasoned>},
    FormOf{Action::green_help, read_form<GreenHelp>},
    FormOf{Action::extend, read_form<Extension>},
    FormOf{Action::pause, read_form<Reasoned>},
    FormOf{Action::resume, read_form<Reasoned>},
};

}  // namespace

std::string to_json(const Facts& facts, Show show) {
    Writer writer{show};
    std::visit([&](const auto& form) { fields(writer, form); }, facts);
    return writer.out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Facts> facts_from(Action action, std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return invalid("casework.not_a_form");
    return std::ranges::find(forms, action, &FormOf::action)->read(json);
}

}  // namespace ballast::casework
