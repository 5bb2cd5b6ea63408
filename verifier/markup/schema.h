// W3C XML Schema 1.0 from memory.
//
// A set of schemas is compiled without any file or host, and is then only read: any number of
// threads may validate with one. Threat: xsi:schemaLocation in a document names schemas of its
// own, and is not followed. Not checked here, for the library does not: targets of xs:IDREF, the
// alphabet of xs:base64Binary.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "verifier/core/embedded_file.h"
#include "verifier/markup/document.h"

namespace heyan::markup {

// `name`: what schemas call each other, made relative; `text` outlives the set.
using SchemaFile = core::EmbeddedFile;

// More are not collected.
inline constexpr std::size_t kMaxSchemaProblems = 200;

class SchemaSet {
 public:
  // The schemas that `entry` draws in. Anything that the compiler remarks is an error.
  static std::expected<SchemaSet, Problem> compile(std::span<const SchemaFile> files,
                                                   std::string_view entry);
  SchemaSet(SchemaSet&&) noexcept;
  SchemaSet& operator=(SchemaSet&&) noexcept;
  SchemaSet(const SchemaSet&) = delete;
  SchemaSet& operator=(const SchemaSet&) = delete;
  ~SchemaSet();

  // Why the element, and what is in it, is not valid; empty: it is. In the order of the document.
  // What is found at an element that `excepted` says yes to is left out.
  std::vector<Problem> validate(const Element& element,
                                const std::function<bool(const Element&)>& excepted = {}) const;

 private:
  struct Compiled;
  explicit SchemaSet(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace heyan::markup
