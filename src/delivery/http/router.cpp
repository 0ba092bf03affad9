#include "http/router.h"

#include "base/text.h"

namespace ballast::http {

Result<Reply> Handler::operator()(Call& call, Method method) const {
    if (const auto* plain = std::get_if<Plain>(&function_)) return (*plain)(call);
    const auto function = std::get<InTransaction>(function_);
    const auto work = [&](db::Tx& tx) { return function(call, tx); };
    return method == Method::get ? call.database().read(work) : call.database().write(work);
}

namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

std::vector<std::string_view> segments_of(std::string_view pattern) {
    INVARIANT(pattern.starts_with('/'));
    return text::split(pattern.substr(1), '/');
}

}  // namespace

void Router::add(Routes routes) {
    for (const Route& route : routes) {
        Node* node = &root_;
        for (const auto segment : segments_of(route.pattern)) {
            auto& next = is_parameter(segment) ? node->any : node->children[std::string(segment)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        for (const Route* other : node->routes) INVARIANT(other->method != route.method);
        node->routes.push_back(&route);
    }
}

const Router::Node* Router::walk(const Node& node, std::span<const std::string> segments,
                                 std::vector<std::string_view>& taken) {
    if (segments.empty()) return node.routes.empty() ? nullptr : &node;
    if (const auto child = node.children.find(segments[0]); child != node.children.end())
        if (const Node* found = walk(*child->second, segments.subspan(1), taken)) return found;
    if (!node.any) return nullptr;
    taken.push_back(segments[0]);
    if (const Node* found = walk(*node.any, segments.subspan(1), taken)) return found;
    taken.pop_back();
    return nullptr;
}

Router::Match Router::find(Method method, std::span<const std::string> segments) const {
    Match match;
    std::vector<std::string_view> taken;
    const Node* node = walk(root_, segments, taken);
    if (!node) return match;
    for (const Route* route : node->routes) {
        if (!match.allowed.empty()) match.allowed += ", ";
        match.allowed += name_of(route->method);
        if (route->method != method) continue;
        match.route = route;
        std::size_t next = 0;
        for (const auto segment : segments_of(route->pattern))
            if (is_parameter(segment))
                match.parameters.emplace(segment.substr(1, segment.size() - 2), taken[next++]);
    }
    return match;
}

}  // namespace ballast::http
