/// The XML inside a workbook, read as it is unpacked. Internal to `table`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "table/refusal.h"
#include "table/zip_file.h"

namespace ballast::table {

/// Attributes of an element by local name: "id" finds r:id as well.
class Attributes {
public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    std::optional<std::string_view> operator[](std::string_view local_name) const;

private:
    const char** pairs_;
};

/// Elements come by their local names: programs differ in prefixes, and the strict form of the standard has
/// other namespaces than the common one.
class XmlVisitor {
public:
    virtual ~XmlVisitor() = default;
    virtual void start(std::string_view element, const Attributes& attributes) = 0;
    virtual void end(std::string_view) {}
    virtual void text(std::string_view) {}

    /// Ends the reading; the first refusal counts.
    void refuse(Error error) {
        if (!refused_) refused_ = std::move(error);
    }
    std::optional<Error>& refused() { return refused_; }

private:
    std::optional<Error> refused_;
};

/// Where XML itself is wrong: a document type (the door to entities, refused), no XML, a single token of many
/// megabytes.
enum class XmlFault : std::uint8_t { malformed, ends_early };

/// Errors: the visitor's, those of ZipFile::stream, and what `fault` makes of wrong XML.
Result<void> read_xml(ZipFile& zip, const std::string& member, std::int64_t most_bytes, const Place& place,
                      XmlVisitor& visitor, const std::function<Error(XmlFault, std::string detail)>& fault);

}  // namespace ballast::table
