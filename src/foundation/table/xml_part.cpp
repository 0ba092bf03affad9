#include "table/xml_part.h"

#include <expat.h>

#include <cstring>
#include <exception>
#include <memory>

namespace ballast::table {

namespace {

// The largest token that an honest part holds is a shared string's text, and that comes in pieces.
constexpr std::int64_t largest_token = 4 << 20;

std::string_view local_name(const char* name) {
    const char* colon = std::strchr(name, ':');
    return colon ? colon + 1 : name;
}

struct Reading {
    XML_Parser parser;
    XmlVisitor& visitor;
    bool token_seen = false;
    bool document_type = false;
    std::exception_ptr thrown;  // nothing may be thrown through the parser's C frames

    template <class Call>
    void visit(Call call) {
        token_seen = true;
        if (thrown || visitor.refused()) return;
        try {
            call();
        } catch (...) {
            thrown = std::current_exception();
        }
        if (thrown || visitor.refused()) XML_StopParser(parser, XML_FALSE);
    }
};

void XMLCALL on_start(void* data, const char* name, const char** attributes) {
    auto& reading = *static_cast<Reading*>(data);
    reading.visit([&] { reading.visitor.start(local_name(name), Attributes(attributes)); });
}
void XMLCALL on_end(void* data, const char* name) {
    auto& reading = *static_cast<Reading*>(data);
    reading.visit([&] { reading.visitor.end(local_name(name)); });
}
void XMLCALL on_text(void* data, const char* text, int length) {
    auto& reading = *static_cast<Reading*>(data);
    reading.visit([&] { reading.visitor.text({text, static_cast<std::size_t>(length)}); });
}
void XMLCALL on_document_type(void* data, const char*, const char*, const char*, int) {
    auto& reading = *static_cast<Reading*>(data);
    reading.document_type = true;
    XML_StopParser(reading.parser, XML_FALSE);
}

struct FreeParser {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::optional<std::string_view> Attributes::operator[](std::string_view wanted) const {
    for (const char** pair = pairs_; *pair; pair += 2)
        if (local_name(pair[0]) == wanted) return pair[1];
    return std::nullopt;
}

Result<void> read_xml(ZipFile& zip, const std::string& member, std::int64_t most_bytes, const Place& place,
                      XmlVisitor& visitor, const std::function<Error(XmlFault, std::string detail)>& fault) {
    const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
    INVARIANT(parser != nullptr);
    Reading reading{.parser = parser.get(), .visitor = visitor, .thrown = nullptr};
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);

    std::int64_t without_token = 0;
    return zip.stream(member, most_bytes, place, [&](std::string_view piece, bool last) -> Result<void> {
        reading.token_seen = false;
        const auto status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), last);
        if (reading.thrown) std::rethrow_exception(reading.thrown);
        if (visitor.refused()) return std::move(*visitor.refused());
        if (reading.document_type) return fault(XmlFault::malformed, "document type declaration");
        if (status != XML_STATUS_OK) {
            const auto code = XML_GetErrorCode(parser.get());
            return fault(last ? XmlFault::ends_early : XmlFault::malformed, XML_ErrorString(code));
        }
        without_token = reading.token_seen ? 0 : without_token + static_cast<std::int64_t>(piece.size());
        if (without_token > largest_token) return fault(XmlFault::malformed, "token of many megabytes");
        return {};
    });
}

}  // namespace ballast::table
