#include "verifier/markup/schema.h"

#include <libxml/xmlschemas.h>

#include "verifier/markup/library.h"
#include "verifier/markup/schema_files.h"

namespace heyan::markup {
namespace {

using Kind = Problem::Kind;
using Problems = std::vector<Problem>;

struct Collected {
  const std::function<bool(const Element&)>& excepted;
  Problems problems = {};
  bool any = false;
};

struct FreeParser {
  void operator()(xmlSchemaParserCtxt* context) const { xmlSchemaFreeParserCtxt(context); }
};
struct FreeValid {
  void operator()(xmlSchemaValidCtxt* context) const { xmlSchemaFreeValidCtxt(context); }
};
struct FreeSchema {
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
};

// The value of an xs:ID stands twice: libxml2 has no code of its own for it.
bool is_duplicate_id(const xmlError& error) {
  return error.code == XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 && error.message != nullptr &&
         std::string_view(error.message).contains("'xs:ID'");
}

void collect(void* user, xmlError* error) {
  auto& [excepted, problems, any] = *static_cast<Collected*>(user);
  any = true;
  if (problems.size() >= kMaxSchemaProblems) return;
  const auto* const node = static_cast<const xmlNode*>(error->node);
  const xmlNode* const element =
      node != nullptr && node->type == XML_ATTRIBUTE_NODE ? node->parent : node;
  if (excepted && element != nullptr && excepted(Inside::from(element))) return;
  Problem problem{.kind = is_duplicate_id(*error) ? Kind::kDuplicateId : Kind::kSchema,
                  .line = 0,
                  .path = path_of(element),
                  .detail = sentence(*error)};
  if (element != nullptr) {
    const long line = xmlGetLineNo(element);
    problem.line = line > 0 ? static_cast<std::size_t>(line) : 0;
  }
  problems.push_back(std::move(problem));
}

Problem library_failed() {
  return {.kind = Kind::kLibrary, .line = 0, .path = {}, .detail = "no memory to validate"};
}

}  // namespace

struct SchemaSet::Compiled {
  std::unique_ptr<xmlSchema, FreeSchema> schema;
};

SchemaSet::SchemaSet(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
SchemaSet::SchemaSet(SchemaSet&&) noexcept = default;
SchemaSet& SchemaSet::operator=(SchemaSet&&) noexcept = default;
SchemaSet::~SchemaSet() = default;

std::expected<SchemaSet, Problem> SchemaSet::compile(std::span<const SchemaFile> files,
                                                     std::string_view entry) {
  prepare_library();
  const std::function<bool(const Element&)> none;
  Collected collected{.excepted = none};
  const std::unique_ptr<xmlSchemaParserCtxt, FreeParser> context(
      xmlSchemaNewParserCtxt(address_of(files, entry).c_str()));
  if (context == nullptr) return std::unexpected(library_failed());
  xmlSchemaSetParserStructuredErrors(context.get(), collect, &collected);
  auto compiled = std::make_unique<Compiled>();
  compiled->schema.reset(xmlSchemaParse(context.get()));
  if (!collected.problems.empty()) return std::unexpected(collected.problems.front());
  if (compiled->schema == nullptr) return std::unexpected(library_failed());
  return SchemaSet(std::move(compiled));
}

Problems SchemaSet::validate(const Element& element,
                             const std::function<bool(const Element&)>& excepted) const {
  Collected collected{.excepted = excepted};
  const std::unique_ptr<xmlSchemaValidCtxt, FreeValid> context(
      element ? xmlSchemaNewValidCtxt(compiled_->schema.get()) : nullptr);
  if (context == nullptr) return {library_failed()};
  xmlSchemaSetValidStructuredErrors(context.get(), collect, &collected);
  const int valid = xmlSchemaValidateOneElement(context.get(), Inside::of(element));
  if (valid != 0 && !collected.any) return {library_failed()};
  return std::move(collected.problems);
}

}  // namespace heyan::markup
