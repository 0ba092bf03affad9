/// Recursive descent over the tokens; one function for each level of precedence of DMN 1.5, 10.3.1.2.
#pragma once

#include "feel/type_names.h"

namespace ballast::feel {

class Parser : Types {
public:
    Parser(std::vector<Token> tokens, const Scope& scope, std::string_view source)
        : Types(std::move(tokens), scope, source) {}
    Result<NodePtr> whole_expression();
    Result<NodePtr> whole_tests();

private:
    Result<NodePtr> expression();
    Result<NodePtr> disjunction();
    Result<NodePtr> conjunction();
    static std::optional<Op> comparator(const Token& t);
    Result<NodePtr> comparison();
    bool is_list_of_tests() const;
    Result<NodePtr> sum();
    Result<NodePtr> product();
    Result<NodePtr> exponentiation();
    Result<NodePtr> negation();
    Result<NodePtr> typed();
    Result<NodePtr> postfix();
    bool closes_range() const;
    Result<NodePtr> arguments(NodePtr function, Place place);
    bool names_follow() const;
    Result<NodePtr> primary();
    Result<NodePtr> bracketed();
    Result<NodePtr> half_range(Place place);
    Result<NodePtr> context();
    Result<NodePtr> conditional(Place place);
    Result<void> domains(Node& out);
    Result<NodePtr> loop(Place place);
    Result<NodePtr> quantified(Op op, Place place);
    Result<NodePtr> lambda(Place place);
    // ---- unary tests; the tested value is the innermost local
    Result<NodePtr> tests();
    bool not_covers_all() const;
    Result<NodePtr> test();

    bool range_end_ = false;  // reading the upper end of a range, which `[` may close
};

}  // namespace ballast::feel
