// The articles of law behind checks and reports: found by the short names that the catalogue's
// tables use, and named in both languages. Statute texts are quoted in Chinese, their only official
// language. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

// An instrument of the catalogue's law tables.
struct Instrument {
  std::string_view code;  // "ZXSS"
  catalogue::Text name;   // short: "在线诉讼规则", "Online Litigation Rules"
};

// The instrument of that code, or null.
const Instrument* instrument_by_code(std::string_view code);

// "93" and "第九十三条" name one article; 0 where the text is neither.
int article_number(std::string_view text);

// A rule as checks name it: "民事证据规定93(1)4".
struct Rule {
  const Instrument* instrument;
  int article;
  std::string_view part;  // "(1)4": paragraph and item; may be empty
};
std::optional<Rule> parse_rule(std::string_view text);

// "民事证据规定第93条(1)4", "Civil Evidence Provisions art. 93(1)4".
std::string name_of(const Rule& rule, catalogue::Language language);

// The article that a rule names, or null where the catalogue does not quote it.
const catalogue::ArticleEntry* article_of(const Rule& rule);

// Articles by what a person types: "16", "第十六条" (of every instrument), "ZXSS16",
// "ZXSS第十六条".
std::vector<const catalogue::ArticleEntry*> find_articles(std::string_view word);

// What a judge asks under that article: the rows of the legal map.
std::vector<const catalogue::LegalEntry*> questions_under(const catalogue::ArticleEntry& article);

// Heading and text, a paragraph a line.
std::string quote(const catalogue::ArticleEntry& article, catalogue::Language language);

}  // namespace heyan::cli
