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
    BoxedReader(const Source& source, const ItemTypes& types) : source_(source), types_(types) {}

    /// `place` is what causes and refusals call it.
    Result<feel::NodePtr> boxed(xml_node node, feel::Scope& scope, const std::string& place, int depth = 0);
    /// A functionDefinition or the encapsulatedLogic of a knowledge model.
    Result<feel::NodePtr> function(xml_node node, feel::Scope& scope, const std::string& place,
                                   int depth = 0);
    Result<std::shared_ptr<const DecisionTable>> table(xml_node node, feel::Scope& scope,
                                                       const std::string& place,
                                                       const std::string& decision_name);
    static feel::NodePtr extension(std::shared_ptr<const feel::Extension> inside);
    /// The node with its value held to a type; the node itself when none is demanded.
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
                               const std::string& decision_name, DecisionTable& out);
    Result<void> table_rule(xml_node node, feel::Scope& scope, const std::vector<feel::Type>& types,
                            DecisionTable& out);

    const Source& source_;
    const ItemTypes& types_;
};

}  // namespace ballast::dmn
