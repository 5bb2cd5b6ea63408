// What every report says, and the words around it.
#include <algorithm>

#include "schemas/catalogue/emitter.h"

namespace heyan::catalogue {
namespace {

void emit_standing_sentences(Emitter& out) {
  const Sheet sheet = out.read("standing-sentences.tsv", {"id", "zh", "en"});
  out.unique(sheet);
  std::vector<std::string> rows;
  rows.reserve(sheet.rows.size());
  for (const Row& row : sheet.rows) {
    rows.push_back(literal(row.cells[0]) + ", " + text_pair(row.cells[1], row.cells[2]));
  }
  out.rows("StandingSentence", "standing_sentences", rows);
}

void emit_glossary(Emitter& out) {
  const Sheet sheet = out.read("glossary.tsv", {"zh_term", "en_term", "zh_meaning", "en_meaning"});
  out.unique(sheet);
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    rows.push_back(text_pair(c[0], c[1]) + ", " + text_pair(c[2], c[3]));
  }
  out.rows("GlossaryEntry", "glossary", rows);
}

void emit_remarks(Emitter& out) {
  const Sheet sheet = out.read("remarks.tsv", {"code", "zh", "en"});
  out.unique(sheet);
  std::vector<std::string> rows;
  rows.reserve(sheet.rows.size());
  for (const Row& row : sheet.rows) {
    rows.push_back(literal(row.cells[0]) + ", " + text_pair(row.cells[1], row.cells[2]));
  }
  out.rows("RemarkEntry", "remarks", rows);
}

// "{0}", "{1}" ... that a text has a place for, sorted.
std::vector<std::string> places(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    found.emplace_back(text.substr(at, text.find('}', at) - at));
  }
  std::ranges::sort(found);
  return found;
}

bool is_id(std::string_view text) {
  return text.front() >= 'A' && text.front() <= 'Z' && std::ranges::all_of(text, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

void emit_labels(Emitter& out) {
  const Sheet sheet = out.read("labels.tsv", {"section", "id", "zh", "en"});
  constexpr std::size_t kId = 1;
  out.unique(sheet, kId);
  std::vector<std::string> rows;
  for (const Row& row : sheet.rows) {
    const auto& c = row.cells;
    if (!is_id(c[kId])) out.defect(sheet, row, c[kId] + " is no id (A-Z, then letters and digits)");
    if (places(c[2]) != places(c[3])) {
      out.defect(sheet, row, "the languages have places for other values");
    }
    rows.push_back(literal(c[2]) + ", " + literal(c[3]));
    out.header() += "  k" + c[kId] + ",\n";
  }
  out.rows("Text", "labels", rows);
}

}  // namespace

void emit_words(Emitter& out) {
  emit_standing_sentences(out);
  emit_glossary(out);
  emit_remarks(out);
  emit_labels(out);
}

}  // namespace heyan::catalogue
