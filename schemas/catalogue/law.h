// The articles of law behind checks and reports: found by the rules that the catalogue's tables
// name, and cited in both languages. Statute texts are quoted in Chinese, their only official
// language. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schemas/catalogue/catalogue.h"

namespace heyan::catalogue {

// The instrument of that code, or null.
const Instrument* instrument_by_code(std::string_view code);

// "93" and "第九十三条" name one article; 0 where the text is neither.
int article_number(std::string_view text);

// A rule of the tables ("MSZJ第九十三条第一款第一至三项") as people cite it:
// "民事证据规定第九十三条第一款第一至三项", "Civil Evidence Provisions art. 93(1)1-3".
// Paragraphs (款) stand in brackets, items (项) behind them, alone in brackets.
std::string cite(std::string_view rule, Language language);
std::string cite(const ArticleEntry& article, Language language);

// The articles that a rule names and the catalogue quotes, in the catalogue's order.
std::vector<const ArticleEntry*> articles_of(std::string_view rule);

// Articles by what a person types: "16", "第十六条" (of every instrument), "ZXSS16",
// "ZXSS第十六条".
std::vector<const ArticleEntry*> find_articles(std::string_view word);

// What a judge asks under that article: the rows of the legal map.
std::vector<const LegalEntry*> questions_under(const ArticleEntry& article);

// "2021-06-16 issued, 2021-08-01 in force" in the language's words.
std::string version_of(const ArticleEntry& article, Language language);

// The text, a paragraph each.
std::vector<std::string_view> paragraphs(const ArticleEntry& article);

}  // namespace heyan::catalogue
