#include "feel/type_names.h"

namespace ballast::feel {

/// The longest known name that starts here.
ShapePtr Types::known_type() {
    static const auto long_names = [] {
        std::vector<std::vector<std::string>> out;
        for (const char* name : {"days and time duration", "years and months duration", "date and time"})
            out.push_back(words_of(name));
        return out;
    }();
    std::size_t best = 0;
    ShapePtr found;
    for (const auto& [words, shape] : scope_.types())
        if (const auto length = matched(words); length > best) best = length, found = shape;
    for (const auto& words : long_names)
        if (const auto length = matched(words); length > best)
            best = length, found = Shape::named(joined(words));
    if (best == 0 && token().kind == Token::Kind::word) {
        found = Shape::named(token().text);
        best = found ? 1 : 0;
    }
    at_ += best;
    return found;
}

Result<ShapePtr> Types::type() {
    if (++nesting_ > deepest_nesting) return refusal("feel.too_deep", token().place);
    const auto opens = [&](std::string_view name) { return word(name) && symbol_after(1, "<"); };
    Result<ShapePtr> out = ShapePtr();
    if (opens("list")) {
        out = parts(Shape::Form::list, "list");
    } else if (opens("range")) {
        out = parts(Shape::Form::range, "range");
    } else if (opens("context")) {
        out = parts(Shape::Form::context, "context");
    } else if (opens("function")) {
        out = parts(Shape::Form::function, "function");
    } else if (auto known = known_type()) {
        out = std::move(known);
    } else {
        out = unexpected("type");
    }
    --nesting_;
    return out;
}

Result<ShapePtr> Types::parts(Shape::Form form, std::string_view name) {
    Shape out;
    out.form = form;
    out.name = name;
    at_ += 2;
    while (!symbol(">")) {
        std::string part;
        if (form == Shape::Form::context) {
            const auto first = at_;
            TRY(new_name([&] { return symbol(":"); }));
            const auto end = std::exchange(at_, first);
            part = joined_tokens(end - first);
            at_ = end;
            TRY(expect_symbol(":"));
        }
        auto shape = TRY(type());
        const bool one = form == Shape::Form::list || form == Shape::Form::range;
        if (one)
            out.of = std::move(shape);
        else
            out.parts.emplace_back(std::move(part), std::move(shape));
        if (one || !take_symbol(",")) break;
    }
    TRY(expect_symbol(">"));
    if (form == Shape::Form::function && take_symbol("->")) out.of = TRY(type());
    if ((form == Shape::Form::list || form == Shape::Form::range) && !out.of) out.of = Shape::any();
    return ShapePtr(std::make_shared<const Shape>(std::move(out)));
}

}  // namespace ballast::feel
