// Kinds of topic courts: XML as such, and messages of Electronic Court Filing.
#include <array>

#include "court_adapters/ecf/schemas.h"
#include "tests/vectors/courts.h"
#include "verifier/markup/document.h"

namespace heyan::vectors {

std::span<const CourtKind> courts_ecf();

namespace {

namespace ecf = court_adapters::ecf;
using Kind = markup::Problem::Kind;

std::string reason_of(Kind kind) {
  switch (kind) {
    case Kind::kEncoding:
      return "ENCODING";
    case Kind::kDoctype:
      return "DOCTYPE";
    case Kind::kXInclude:
      return "XINCLUDE";
    case Kind::kLimit:
      return "NESTING_LIMIT";
    case Kind::kNotWellFormed:
      return "NOT_WELL_FORMED";
    case Kind::kSchema:
      return "SCHEMA";
    case Kind::kDuplicateId:
      return "DUPLICATE_ID";
    case Kind::kLibrary:
      return "INTERNAL";
  }
  return {};
}

void add(CourtResult& result, const markup::Problem& problem) {
  result.reasons.insert(reason_of(problem.kind));
  result.output += problem.path + " " + problem.detail + "\n";
}

CourtResult run_xml_intake(const CourtCase& one) {
  CourtResult result;
  const auto read = markup::Document::read(one.input("document").value_or(core::Bytes()));
  result.result = read ? "accept" : "reject";
  if (!read) add(result, read.error());
  return result;
}

ecf::Version version_of(const CourtCase& one) {
  return one.text("version") == "5.0" ? ecf::Version::k50 : ecf::Version::k401;
}

CourtResult run_ecf_schema(const CourtCase& one) {
  CourtResult result;
  const auto read = markup::Document::read(one.input("message").value_or(core::Bytes()));
  if (!read) {
    result.result = "invalid";
    add(result, read.error());
    return result;
  }
  const auto problems = ecf::schemas(version_of(one)).validate(read->root());
  result.result = problems.empty() ? "valid" : "invalid";
  for (const auto& problem : problems) add(result, problem);
  return result;
}

constexpr std::array kKinds = {CourtKind{"xml-intake", run_xml_intake},
                               CourtKind{"ecf-schema", run_ecf_schema}};

}  // namespace

std::span<const CourtKind> courts_ecf() { return kKinds; }

}  // namespace heyan::vectors
