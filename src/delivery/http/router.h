/// Finds the route of a path in a tree of segments. A literal segment is preferred to a {parameter}.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "http/route.h"

namespace ballast::http {

class Router {
public:
    /// Two routes of the same method and pattern are a bug: InvariantBroken.
    void add(Routes routes);

    struct Match {
        const Route* route = nullptr;  // null: no such path, or not this method
        Parameters parameters;
        std::string allowed;  // "GET, POST": methods of the path; empty when there is no such path
    };
    Match find(Method method, std::span<const std::string> segments) const;

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
        std::unique_ptr<Node> any;
        std::vector<const Route*> routes;
    };
    static const Node* walk(const Node& node, std::span<const std::string> segments,
                            std::vector<std::string_view>& taken);
    Node root_;
};

}  // namespace ballast::http
