#include "court_adapters/ecf/defects.h"

#include <algorithm>
#include <array>

namespace heyan::court_adapters::ecf {
namespace {

using Kind = markup::Problem::Kind;

std::string_view code_of(Kind kind) {
  switch (kind) {
    case Kind::kEncoding:
      return "wrong-encoding";
    case Kind::kDoctype:
      return "document-type";
    case Kind::kXInclude:
      return "xinclude";
    case Kind::kLimit:
      return "limit";
    case Kind::kNotWellFormed:
      return "not-well-formed";
    case Kind::kSchema:
      return "schema-invalid";
    case Kind::kDuplicateId:
      return "duplicate-id";
    case Kind::kLibrary:
      return "internal";
  }
  return "internal";
}

struct Numbered {
  std::string_view code;
  int number;
};
constexpr std::array kNumbers = {
    Numbered{"wrong-encoding", 1},    Numbered{"not-well-formed", 1},
    Numbered{"schema-invalid", 1},    Numbered{"duplicate-id", 1},
    Numbered{"unknown-namespace", 1}, Numbered{"dangling-reference", 1},
    Numbered{"bad-base64", 1},        Numbered{"unknown-code", 1},
    Numbered{"no-message-id", 2},     Numbered{"repeated-attachment", 2},
    Numbered{"bad-hash", 2},          Numbered{"no-document", 2},
    Numbered{"unknown-operation", 3}, Numbered{"several-filings", 3},
    Numbered{"no-envelope", 3},       Numbered{"unknown-profile", 3},
    Numbered{"part-missing", 3},      Numbered{"part-unreferenced", 3},
    Numbered{"duplicate-part", 3},    Numbered{"content-type-mismatch", 3},
    Numbered{"must-understand", 3},   Numbered{"document-type", 4},
    Numbered{"xinclude", 4},          Numbered{"limit", 4},
    Numbered{"remote-document", 4},   Numbered{"malformed-multipart", 3},
    Numbered{"truncated", 3},         Numbered{"start-part-missing", 3},
    Numbered{"bad-message-id", 2},
};

std::string at_line(std::size_t line, std::string detail) {
  return line == 0 ? detail : "Line " + std::to_string(line) + ": " + std::move(detail);
}

}  // namespace

void add(Defects& defects, std::string_view code, const markup::Element& element,
         std::string detail) {
  if (defects.size() >= contents::kMaxDefects) return;
  defects.push_back({.pointer = element.path(),
                     .code = std::string(code),
                     .detail = at_line(element.line(), std::move(detail))});
}

void add(Defects& defects, const markup::Problem& problem) {
  if (defects.size() >= contents::kMaxDefects) return;
  defects.push_back({.pointer = problem.path,
                     .code = std::string(code_of(problem.kind)),
                     .detail = at_line(problem.line, problem.detail)});
}

int error_code(std::string_view code) {
  const auto found = std::ranges::find(kNumbers, code, &Numbered::code);
  return found == kNumbers.end() ? 4 : found->number;
}

}  // namespace heyan::court_adapters::ecf
