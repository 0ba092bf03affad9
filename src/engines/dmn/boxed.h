/// Boxed expressions (DMN 1.5, 7 and 10.2) become FEEL nodes, so there is one language underneath.
#pragma once

#include <memory>
#include <string>

#include "dmn/decision_table.h"
#include "dmn/item_types.h"
#include "dmn/xml.h"

namespace ballast::dmn {

class BoxedReader {
public:
    /// Conflicts of types are refused when asked for; the kit wants a null where they stand.
    enum class Conflicts : std::uint8_t { refused, null };
    BoxedReader(const Source& source, const ItemTypes& types, Conflicts conflicts)
        : source_(source), types_(types), conflicts_(conflicts) {}

    /// `place` is what causes and refusals call it.
    Result<feel::NodePtr> boxed(xml_node node, feel::Scope& scope, const std::string& place, int depth = 0);
    /// A functionDefinition or the encapsulatedLogic of a knowledge model.
    Result<feel::NodePtr> function(xml_node node, feel::Scope& scope, const std::string& place,
                                   int depth = 0);
    /// What a table decides, as far as it is known.
    struct Variable {
        std::string name;
        feel::Type type;
    };
    Result<std::shared_ptr<const DecisionTable>> table(xml_node node, feel::Scope& scope,
                                                       const std::string& place,
                                                       const Variable& decision);
    static feel::NodePtr extension(std::shared_ptr<const feel::Extension> inside);
    /// The node with its value held to a type; the node itself when none is demanded.
    /// Refuses logic that can never give a value of the type that is declared for it.
    Result<void> declared(xml_node node, const feel::Node& logic, const feel::Scope& scope, feel::Type type,
                          const std::string& place) const;
    static feel::NodePtr fit(feel::NodePtr node, const feel::ShapePtr& shape, const std::string& place);

private:
    Result<feel::NodePtr> inside(xml_node node, feel::Scope& scope, const std::string& place, int depth);
    Result<feel::NodePtr> literal(xml_node node, const feel::Scope& scope, const std::string& place) const;
    Result<feel::NodePtr> context(xml_node node, feel::Scope& scope, const std::string& place, int depth);
    Result<feel::NodePtr> invocation(xml_node node, feel::Scope& scope, const std::string& place, int depth);
    Result<feel::NodePtr> relation(xml_node node, feel::Scope& scope, const std::string& place, int depth);
    Result<feel::NodePtr> parts(feel::Op op, std::initializer_list<const char*> names, xml_node node,
                                feel::Scope& scope, const std::string& place, int depth);
    Result<feel::NodePtr> iterator(feel::Op op, const char* body, xml_node node, feel::Scope& scope,
                                   const std::string& place, int depth);
    Result<feel::NodePtr> filter(xml_node node, feel::Scope& scope, const std::string& place, int depth);

    Result<HitPolicy> hit_policy(xml_node node) const;
    Result<void> table_outputs(xml_node node, feel::Scope& scope, const std::string& place,
                               const Variable& decision, DecisionTable& out);
    Result<void> table_rule(xml_node node, feel::Scope& scope, const std::vector<feel::Type>& types,
                            DecisionTable& out);

    /// The FEEL in the `text` of a node.
    Result<feel::NodePtr> feel_of(xml_node node, const feel::Scope& scope, const std::string& place) const;
    Result<feel::Expression> tests_of(xml_node node, const feel::Scope& scope,
                                      const std::string& place) const;
    /// Refuses operators between kinds that do not go together.
    Result<void> consistent(xml_node node, const feel::Node& logic, const feel::Scope& scope,
                            const std::string& place) const;

    const Source& source_;
    const ItemTypes& types_;
    Conflicts conflicts_;
};

}  // namespace ballast::dmn
