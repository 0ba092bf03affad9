// Two models a line, {"file", "before", "after"}, in; what the server's checker says of them, {"id", ...}, out. With
// "before" alone, the model as an editor of DMN 1.3 is given it.
#include <iostream>
#include <nlohmann/json.hpp>

#include "dmn/round_trip.h"

int main() {
    using nlohmann::json;
    for (std::string line; std::getline(std::cin, line);) {
        const json asked = json::parse(line);
        const std::string before = asked.at("before");
        json answer = json::object();
        if (!asked.contains("after")) {
            answer["given"] = ballast::dmn::as_dmn_13(before);
        } else if (const auto same = ballast::dmn::same_meaning(before, asked.at("after"), asked.at("file"));
                   !same) {
            answer["id"] = same.error().id;
            for (const auto& [name, value] : same.error().args) answer[name] = value;
        }
        std::cout << answer.dump() << '\n';
    }
}
