// From XML to a model: the files, their elements, and which needs which.
#include <algorithm>
#include <map>
#include <set>

#include "dmn/boxed.h"
#include "dmn/model.h"
#include "dmn/service.h"

namespace ballast::dmn {

namespace {

using feel::NodePtr;
using feel::Op;

constexpr std::size_t most_files = 100;

/// A file and what it imports.
struct Document {
    Document(std::string xml, std::string file, std::string prefix_)
        : source(std::move(xml), std::move(file)), prefix(std::move(prefix_)) {}
    Source source;
    std::string prefix;      // what the names of its elements begin with in the model: "" or "lib."
    std::string space = {};  // its namespace, which references from other files name
    ItemTypes types = {};
    std::vector<std::pair<std::string, const Document*>> imports = {};  // by the name it gives them
};

struct Element {
    enum class Kind { input, decision, knowledge } kind;  // a service is knowledge: something to call
    std::size_t index;
};
using Requirements = std::vector<Element>;

/// An element with logic.
struct Written {
    xml_node node;
    const Document* document;
    Requirements needs;
};

std::string variable_name(xml_node node) {
    std::string name = trimmed(child(node, "variable").attribute("name").value());
    return name.empty() ? trimmed(node.attribute("name").value()) : name;
}
std::string variable_type(xml_node node) { return type_of(child(node, "variable")); }
std::string label_of(xml_node node) {
    return node.attribute("label") ? node.attribute("label").value() : variable_name(node);
}
std::string without_hash(const std::string& href) { return href.substr(href.find('#') + 1); }

}  // namespace

class Reader {
public:
    explicit Reader(const Loading& loading) : loading_(loading) {}

    Result<Model> read(std::string xml, std::string file) {
        model_.file_ = file;
        const Document* main = TRY(document(std::move(xml), std::move(file), "", {}));
        model_.name_ = main->source.definitions().attribute("name").value();
        // The main file's inputs and decisions come first.
        for (auto at = documents_.rbegin(); at != documents_.rend(); ++at) TRY(elements(*at));
        for (auto* group : {&decisions_, &knowledge_})
            for (Written& one : *group) one.needs = TRY(requirements_of(one));
        for (std::size_t i = 0; i < decisions_.size(); ++i) {
            Decision& decision = model_.decisions_[i];
            std::tie(decision.needs, decision.inputs) = TRY(reached({i}, {}));
            decision.needs.pop_back();  // itself
        }
        for (std::size_t i = 0; i < knowledge_.size(); ++i)
            model_.knowledge_.push_back(is_service(i) ? NodePtr()
                                                      : TRY(or_null(knowledge(i), knowledge_[i])));
        for (std::size_t i = 0; i < decisions_.size(); ++i)
            model_.decisions_[i].logic = TRY(or_null(decision_logic(i), decisions_[i]));
        for (std::size_t i = 0; i < knowledge_.size(); ++i)
            if (is_service(i)) model_.knowledge_[i] = TRY(service(i));
        return std::move(model_);
    }

private:
    // ---- files

    Result<const Document*> document(std::string xml, std::string file, const std::string& prefix,
                                     std::vector<std::string> path) {
        if (opened_.size() == most_files)
            return invalid("dmn.unsupported")
                .with("file", file)
                .with("line", "1")
                .with("element", "definitions")
                .with("what", "so many imports");
        Document* const own =
            opened_.emplace_back(std::make_unique<Document>(std::move(xml), std::move(file), prefix)).get();
        TRY(own->source.parse());
        const xml_node root = own->source.definitions();
        own->space = root.attribute("namespace").value();
        if (std::find(path.begin(), path.end(), own->space) != path.end())
            return own->source.refusal("dmn.import_cycle", root);
        path.push_back(own->space);
        for (const xml_node import : children(root, "import")) {
            const std::string space = import.attribute("namespace").value();
            const std::string name = trimmed(import.attribute("name").value());
            if (std::string_view(import.attribute("importType").value()).find("/DMN/") ==
                std::string_view::npos)
                return own->source.refusal("dmn.unsupported", import)
                    .with("what", import.attribute("importType").value());
            auto found = loading_.find ? loading_.find(space, import.attribute("locationURI").value())
                                       : std::optional<ModelText>();
            if (!found) return own->source.refusal("dmn.unknown_import", import).with("namespace", space);
            const std::string inner = name.empty() ? prefix : prefix + name + ".";
            const Document* imported =
                TRY(document(std::move(found->xml), std::move(found->file), inner, path));
            own->types.import(imported->types, name);
            own->imports.emplace_back(name, imported);
        }
        TRY(own->types.read(own->source));
        documents_.push_back(own);
        return own;
    }

    // ---- elements

    Result<void> elements(const Document* document) {
        const Source& source = document->source;
        for (const xml_node node : source.definitions().children()) {
            const auto kind = local_name(node);
            const bool input = kind == "inputData", decision = kind == "decision";
            const bool called = kind == "businessKnowledgeModel" || kind == "decisionService";
            if (!input && !decision && !called) continue;
            const std::string id = node.attribute("id").value();
            if (variable_name(node).empty()) return source.refusal("dmn.missing", node).with("what", "name");
            const std::string name = document->prefix + variable_name(node);
            const std::string key = document->prefix + "#" + id;
            if (!names_.insert(name).second || (!id.empty() && ids_.contains(key)))
                return source.refusal("dmn.double_name", node).with("name", name);
            if (input) {
                ids_[key] = {Element::Kind::input, model_.inputs_.size()};
                const std::string type = variable_type(node);
                InputData data{
                    id, name, label_of(node), type, document->types.kind(type), document->types.shape(type)};
                model_.inputs_.push_back(std::move(data));
                input_documents_.push_back(document);
            } else if (decision) {
                ids_[key] = {Element::Kind::decision, decisions_.size()};
                Decision out;
                out.id = id;
                out.name = name;
                out.label = label_of(node);
                out.description = trimmed(child(node, "description").text().get());
                out.shape = document->types.shape(variable_type(node));
                model_.decisions_.push_back(std::move(out));
                decisions_.push_back({node, document, {}});
            } else {
                ids_[key] = {Element::Kind::knowledge, knowledge_.size()};
                knowledge_.push_back({node, document, {}});
            }
        }
        return {};
    }

    Result<Element> element(const Document& document, const std::string& href, xml_node at) const {
        const std::string space = href.substr(0, href.find('#'));
        const Document* in = &document;
        for (const auto& [name, imported] : document.imports)
            if (!space.empty() && imported->space == space) in = imported;
        const auto found = ids_.find(in->prefix + "#" + without_hash(href));
        if (found == ids_.end())
            return document.source.refusal("dmn.unknown_reference", at).with("reference", href);
        return found->second;
    }

    Result<Requirements> requirements_of(const Written& one) const {
        Requirements out;
        for (const xml_node requirement : one.node.children()) {
            const auto kind = local_name(requirement);
            if (kind != "informationRequirement" && kind != "knowledgeRequirement") continue;
            for (const xml_node required : requirement.children())
                if (required.attribute("href"))
                    out.push_back(TRY(element(*one.document, required.attribute("href").value(), one.node)));
        }
        return out;
    }

    /// The decisions behind some, needed ones first, themselves last; and the inputs. Stops at those given.
    using Reached = std::pair<std::vector<std::size_t>, std::vector<std::size_t>>;
    Result<Reached> reached(const std::vector<std::size_t>& starts,
                            const std::set<std::size_t>& given) const {
        enum class Mark { unseen, open, done };
        std::vector<Mark> marks(decisions_.size(), Mark::unseen);
        Reached out;
        for (const std::size_t start : starts) {
            if (marks[start] != Mark::unseen || given.contains(start)) continue;
            std::vector<std::pair<std::size_t, std::size_t>> path{{start, 0}};
            marks[start] = Mark::open;
            while (!path.empty()) {
                auto& [at, next] = path.back();
                const auto& needs = decisions_[at].needs;
                if (next == needs.size()) {
                    marks[at] = Mark::done;
                    out.first.push_back(at);
                    path.pop_back();
                    continue;
                }
                const Element need = needs[next++];
                if (need.kind == Element::Kind::input) {
                    if (std::find(out.second.begin(), out.second.end(), need.index) == out.second.end())
                        out.second.push_back(need.index);
                } else if (need.kind == Element::Kind::decision && !given.contains(need.index)) {
                    if (marks[need.index] == Mark::open) {
                        std::string circle;
                        for (auto step = std::ranges::find(path, need.index,
                                                           &std::pair<std::size_t, std::size_t>::first);
                             step != path.end(); ++step)
                            circle += name_of(step->first) + " → ";
                        return decisions_[need.index]
                            .document->source.refusal("dmn.cycle", decisions_[need.index].node)
                            .with("circle", circle + name_of(need.index));
                    }
                    if (marks[need.index] == Mark::unseen) {
                        marks[need.index] = Mark::open;
                        path.emplace_back(need.index, 0);
                    }
                }
            }
        }
        return out;
    }

    // ---- names

    std::string name_of(std::size_t decision) const {
        return trimmed(decisions_[decision].node.attribute("name").value());
    }
    int decision_slot(std::size_t i) const { return static_cast<int>(model_.inputs_.size() + i); }
    int knowledge_slot(std::size_t i) const {
        return static_cast<int>(model_.inputs_.size() + decisions_.size() + i);
    }
    int slot_of(Element element) const {
        return element.kind == Element::Kind::input      ? static_cast<int>(element.index)
               : element.kind == Element::Kind::decision ? decision_slot(element.index)
                                                         : knowledge_slot(element.index);
    }
    const Document* document_of(Element element) const {
        return element.kind == Element::Kind::input      ? input_documents_[element.index]
               : element.kind == Element::Kind::decision ? decisions_[element.index].document
                                                         : knowledge_[element.index].document;
    }
    /// What the element is called where it is needed.
    std::string name_in(const Document& document, Element element) const {
        const Document* own = document_of(element);
        std::string name = element.kind == Element::Kind::input
                               ? model_.inputs_[element.index].name.substr(own->prefix.size())
                           : element.kind == Element::Kind::decision
                               ? variable_name(decisions_[element.index].node)
                               : variable_name(knowledge_[element.index].node);
        for (const auto& [import, imported] : document.imports)
            if (imported == own && !import.empty()) return import + "." + name;
        return name;
    }
    feel::ShapePtr shape_of(Element element) const {
        if (element.kind == Element::Kind::input) return model_.inputs_[element.index].shape;
        return model_.decisions_[element.index].shape;
    }
    feel::Type kind_of(Element element) const {
        if (element.kind == Element::Kind::knowledge) return feel::Type::of(feel::Kind::function);
        if (element.kind == Element::Kind::input) return model_.inputs_[element.index].kind;
        const Written& decision = decisions_[element.index];
        return decision.document->types.kind(variable_type(decision.node));
    }
    BoxedReader boxes_of(const Written& one) const {
        return {one.document->source, one.document->types,
                loading_.faults == Faults::refuse ? BoxedReader::Conflicts::refused
                                                  : BoxedReader::Conflicts::null};
    }
    feel::Scope scope_of(const Written& one) const {
        feel::Scope scope;
        one.document->types.declare(scope);
        for (const Element need : one.needs) {
            scope.declare_at(slot_of(need), name_in(*one.document, need), kind_of(need));
            if (need.kind == Element::Kind::knowledge && need.index < model_.knowledge_.size())
                scope.know_function(slot_of(need), model_.knowledge_[need.index]);
        }
        return scope;
    }
    static std::string place_of(const Written& one) {
        return one.document->source.file() + " › " + label_of(one.node);
    }

    // ---- logic

    /// Logic with an error: the error, or null with it as the cause.
    Result<NodePtr> or_null(Result<NodePtr> logic, const Written& one) const {
        if (logic || loading_.faults == Faults::refuse) return logic;
        const Error& error = logic.error();
        feel::Node out;
        out.op = Op::literal;
        out.source = std::make_shared<const std::string>(place_of(one));
        out.value = feel::null_because(error.id, error.args, {}, *out.source);
        return feel::shared_node(std::move(out));
    }

    Result<NodePtr> decision_logic(std::size_t index) {
        const Written& one = decisions_[index];
        Decision& decision = model_.decisions_[index];
        feel::Scope scope = scope_of(one);
        BoxedReader boxes = boxes_of(one);
        const xml_node logic = expression_in(one.node);
        if (!logic) return one.document->source.refusal("dmn.missing", one.node).with("what", "expression");
        const feel::Type type = one.document->types.kind(variable_type(one.node));
        if (local_name(logic) != "decisionTable") {
            auto out = TRY(boxes.boxed(logic, scope, place_of(one)));
            TRY(boxes.declared(one.node, *out, scope, type, place_of(one)));
            return out;
        }
        decision.table = TRY(boxes.table(logic, scope, place_of(one), {variable_name(one.node), type}));
        return BoxedReader::extension(decision.table);
    }

    Result<NodePtr> knowledge(std::size_t index) {
        const Written& one = knowledge_[index];
        const xml_node logic = child(one.node, "encapsulatedLogic");
        if (!logic)
            return one.document->source.refusal("dmn.missing", one.node).with("what", "encapsulatedLogic");
        // A knowledge model may call itself.
        feel::Scope scope = scope_of(one);
        scope.declare_at(knowledge_slot(index), variable_name(one.node),
                         feel::Type::of(feel::Kind::function));
        return boxes_of(one).function(logic, scope, place_of(one));
    }

    // ---- decision services

    bool is_service(std::size_t index) const {
        return local_name(knowledge_[index].node) == "decisionService";
    }

    Result<std::vector<Element>> elements_of(const Written& one, const char* part) const {
        std::vector<Element> out;
        for (const xml_node node : children(one.node, part))
            out.push_back(TRY(element(*one.document, node.attribute("href").value(), one.node)));
        return out;
    }

    Result<NodePtr> service(std::size_t index) {
        const Written& one = knowledge_[index];
        auto body = std::make_shared<ServiceBody>();
        body->first_knowledge = knowledge_slot(0);
        feel::Node out;
        out.op = Op::lambda;
        out.source = std::make_shared<const std::string>(place_of(one));
        std::set<std::size_t> given;
        // The arguments in this order: input data, then input decisions.
        for (const char* part : {"inputData", "inputDecision"})
            for (const Element parameter : TRY(elements_of(one, part))) {
                if (parameter.kind == Element::Kind::decision) given.insert(parameter.index);
                out.names.push_back(name_in(*one.document, parameter));
                out.shapes.push_back(shape_of(parameter));
                body->parameters.push_back(slot_of(parameter));
            }
        Service service{one.node.attribute("id").value(),
                        one.document->prefix + variable_name(one.node),
                        out.names,
                        {},
                        index};
        std::vector<std::size_t> wanted;
        for (const Element output : TRY(elements_of(one, "outputDecision"))) {
            wanted.push_back(output.index);
            service.outputs.push_back(name_in(*one.document, output));
            body->outputs.emplace_back(service.outputs.back(), slot_of(output));
        }
        if (wanted.empty())
            return one.document->source.refusal("dmn.missing", one.node).with("what", "outputDecision");
        for (const std::size_t step : TRY(reached(wanted, given)).first)
            body->steps.push_back({decision_slot(step), BoxedReader::fit(model_.decisions_[step].logic,
                                                                         model_.decisions_[step].shape,
                                                                         place_of(decisions_[step]))});
        model_.services_.push_back(std::move(service));
        out.children.push_back(BoxedReader::extension(std::move(body)));
        return feel::shared_node(std::move(out));
    }

    const Loading& loading_;
    Model model_;
    std::vector<std::unique_ptr<Document>> opened_;
    std::vector<const Document*> documents_;  // imported ones before those that import them
    std::set<std::string> names_;
    std::map<std::string, Element> ids_;
    std::vector<const Document*> input_documents_;
    std::vector<Written> decisions_;
    std::vector<Written> knowledge_;
};

Result<Model> Model::load(std::string_view xml, std::string_view file, const Loading& loading) {
    return Reader(loading).read(std::string(xml), std::string(file));
}

}  // namespace ballast::dmn
