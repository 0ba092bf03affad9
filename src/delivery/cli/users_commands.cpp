#include <array>
#include <iostream>
#include <nlohmann/json.hpp>

#include "audit/users.h"
#include "cli/commands.h"

namespace ballast::cli {
namespace {

constexpr std::array add_options{
    Option{.name = "account", .help = "cli.users.add.account", .positional = true, .required = true},
    Option{.name = "name", .help = "cli.users.add.name", .required = true},
    Option{.name = "role", .help = "cli.users.add.role", .required = true},
    Option{.name = "area", .help = "cli.users.add.area", .required = true},
    Option{.name = "department", .help = "cli.users.add.department"},
};

Result<Output> add(Invocation& in) {
    const auto* context = TRY(in.context());
    auth::User user;
    user.account = in.text("account");
    user.name = in.text("name");
    user.grants.push_back(
        {TRY(auth::role_named(in.text("role"))), *TRY(in.area("area")), in.text("department")});
    // Never an argument: those are seen by every user of the machine.
    in.tell(in.say("cli.users.add.password"));
    std::string password;
    std::getline(std::cin, password);
    const auto by = auth::system_actor("cli");
    user.id = TRY(context->database.write([&](db::Tx& tx) {
        return audit::add_user(tx, context->vault, by, user, password, context->clock.now());
    }));
    return Output{
        in.say("cli.users.add.done", {{"account", user.account}}),
        nlohmann::ordered_json{{"id", std::to_string(user.id.number())}, {"account", user.account}}.dump()};
}

constexpr std::array change_options{
    Option{.name = "account", .help = "cli.users.add.account", .positional = true, .required = true},
    Option{.name = "role", .help = "cli.users.add.role", .required = true},
    Option{.name = "area", .help = "cli.users.add.area", .required = true},
    Option{.name = "department", .help = "cli.users.add.department"},
};

/// One role over one area in place of all that the account has.
Result<Output> change(Invocation& in) {
    const auto* context = TRY(in.context());
    const auth::Actor::Grant grant{TRY(auth::role_named(in.text("role"))), *TRY(in.area("area")),
                                   in.text("department")};
    const auto by = auth::system_actor("cli");
    const auto user = TRY(context->database.write([&](db::Tx& tx) -> Result<auth::User> {
        const auto found = TRY(auth::user_of_account(tx, in.text("account")));
        if (!found) return not_found("auth.no_such_user");
        TRY(audit::set_grants(tx, context->vault, by, found->id, {grant}, context->clock.now()));
        return auth::load_user(tx, by, found->id);
    }));
    return Output{
        in.say("cli.users.change.done", {{"account", user.account}}),
        nlohmann::ordered_json{{"id", std::to_string(user.id.number())}, {"account", user.account}}.dump()};
}

Result<Output> list(Invocation& in) {
    const auto* context = TRY(in.context());
    const auto users = TRY(
        context->database.read([](db::Tx& tx) { return auth::list_users(tx, auth::system_actor("cli")); }));
    Output out;
    auto items = nlohmann::ordered_json::array();
    for (const auto& user : users) {
        auto grants = nlohmann::ordered_json::array();
        std::string roles;
        for (const auto& grant : user.grants) {
            grants.push_back({{"role", auth::name_of(grant.role)}, {"area", grant.area.digits()}});
            roles += "  " + std::string(auth::name_of(grant.role)) + "@" + grant.area.short_digits();
        }
        out.text += user.account + "  " + user.name + roles +
                    (user.active ? "" : "  " + in.say("cli.users.list.closed")) + "\n";
        items.push_back({{"id", std::to_string(user.id.number())},
                         {"account", user.account},
                         {"name", user.name},
                         {"active", user.active},
                         {"grants", grants}});
    }
    out.json = nlohmann::ordered_json{{"items", items}}.dump();
    return out;
}

constexpr std::array table{
    Command{"users", "add", "cli.users.add", add_options, add},
    Command{"users", "change", "cli.users.change", change_options, change},
    Command{"users", "list", "cli.users.list", {}, list},
};

}  // namespace

const Commands users_commands = table;

}  // namespace ballast::cli
