#include "schemas/catalogue/generator.h"

#include "schemas/catalogue/emitter.h"

namespace heyan::catalogue {

const std::vector<std::string>& table_files() {
  static const std::vector<std::string> files = {
      "verdicts.tsv",    "checks.tsv",    "reason-codes.tsv",    "reason-map.tsv",
      "instruments.tsv", "legal-map.tsv", "law-articles-zh.tsv", "limits.tsv",
      "objections.tsv",  "glossary.tsv",  "labels.tsv",          "standing-sentences.tsv",
      "remarks.tsv"};
  return files;
}

Generated generate(const std::map<std::string, std::string>& tables) {
  Emitter out(tables);
  out.source() =
      "// Generated from the tables of schemas/catalogue.\n"
      "#include \"schemas/catalogue/labels.h\"\n\nnamespace heyan::catalogue {\n";
  out.header() =
      "// Generated from schemas/catalogue/labels.tsv.\n"
      "#pragma once\n\n#include <cstdint>\n\nnamespace heyan::catalogue {\n\n"
      "enum class Label : std::uint16_t {\n";
  emit_law(out, emit_findings(out));
  emit_words(out);
  out.source() += "\n}  // namespace heyan::catalogue\n";
  out.header() += "};\n\n}  // namespace heyan::catalogue\n";
  Generated result{.source = {}, .labels = {}, .defects = out.defects()};
  if (!result.defects.empty()) return result;
  result.source = std::move(out.source());
  result.labels = std::move(out.header());
  return result;
}

}  // namespace heyan::catalogue
