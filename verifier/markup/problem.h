// What is wrong with a document, and where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace heyan::markup {

struct Problem {
  enum class Kind : std::uint8_t {
    kEncoding,       // neither UTF-8 nor UTF-16 as it says itself, or bytes that do not fit
    kDoctype,        // a document type declaration: never read
    kXInclude,       // an element that would draw in other documents: never followed
    kLimit,          // more than ReadLimits allow
    kNotWellFormed,  // XML 1.0 and its namespaces
    kSchema,         // well-formed, and not valid against the schemas
    kDuplicateId,    // a second xs:ID of the same value
    kLibrary,        // libxml2 failed, or had no memory
  };
  Kind kind = Kind::kLibrary;
  std::size_t line = 0;  // from 1; 0: unknown
  std::string path;      // "/Envelope/Body/Case[2]": local names; empty: unknown
  std::string detail;    // an English sentence; what it quotes is shown as core::visible does
  bool operator==(const Problem&) const = default;
};

}  // namespace heyan::markup
