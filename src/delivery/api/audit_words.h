/// What the audit recorded, in words. Made for one request: it keeps the packs that it has read.
#pragma once

#include <map>
#include <memory>

#include "api/insurance_json.h"
#include "api/loans_json.h"
#include "audit/audit.h"
#include "programmes/programme.h"

namespace ballast::api {

class AuditWords {
public:
    explicit AuditWords(const Call& call) : call_(call) {}

    /// An action: its own words, or its object's and its step's ("保单：验标通过"). Nothing where neither is known.
    std::optional<std::string> action(std::string_view action) const;
    /// Who acted, as what.
    std::string roles(std::string_view roles) const;
    /// What an event says besides who, when and of what: [{name, label, value}] in the order of the record. It holds ids,
    /// counts and codes, never a value of a person. An unknown name is its own label, an unknown code its own value, so that
    /// nothing which was recorded is ever left out.
    Json facts(const audit::Event& event);

private:
    std::string value(const audit::Event& event, std::string_view name, const Json& held);
    std::string code(const audit::Event& event, std::string_view name, const std::string& code);
    /// What a pack calls its programme, its registers, their steps and its kinds; nothing where the pack is gone.
    std::optional<std::string> of_programme(const Json& details, std::string_view name, const std::string& code);
    std::string scheme(const std::string& name);
    std::string product(const std::string& name);

    const Call& call_;
    std::map<std::string, std::shared_ptr<const programmes::Programme>> programmes_;
    std::optional<Result<finance::LoanBook>> loans_;
    std::optional<Result<insurance::Book>> products_;
};

}  // namespace ballast::api
