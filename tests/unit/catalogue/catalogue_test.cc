// The compiled tables against the protobuf model, and the look-ups.
#include "schemas/catalogue/catalogue.h"

#include <gtest/gtest.h>

#include <set>

namespace heyan::catalogue {
namespace {

std::set<std::string> enum_names(const google::protobuf::EnumDescriptor* type,
                                 std::string_view prefix) {
  std::set<std::string> names;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() != 0) names.insert(type->value(i)->name().substr(prefix.size()));
  }
  return names;
}

TEST(Catalogue, HasExactlyTheReasonsOfTheModel) {
  std::set<std::string> table;
  for (const ReasonEntry& row : reasons()) table.emplace(row.code);
  EXPECT_EQ(table, enum_names(v1::ReasonCode_descriptor(), "REASON_"));
  EXPECT_EQ(reasons().size(), table.size());
  for (const ReasonEntry& row : reasons()) {
    EXPECT_EQ("REASON_" + std::string(row.code), v1::ReasonCode_Name(row.id));
  }
}

TEST(Catalogue, HasExactlyTheChecksOfTheModelInTheirOrder) {
  ASSERT_EQ(checks().size(), 25u);
  int number = 1;
  for (const CheckEntry& row : checks()) {
    EXPECT_EQ(static_cast<int>(row.id), number++) << row.code;
    std::string name = "CHECK_" + std::string(row.code);
    for (char& c : name) c = c == '-' ? '_' : c;
    EXPECT_EQ(name, v1::CheckId_Name(row.id));
  }
}

TEST(Catalogue, FindsEveryEntryByItsKeys) {
  for (const ReasonEntry& row : reasons()) {
    EXPECT_EQ(&entry(row.id), &row);
    EXPECT_EQ(reason_by_code(row.code), &row);
    EXPECT_EQ(entry(row.check).id, row.check);
  }
  for (const CheckEntry& row : checks()) {
    EXPECT_EQ(&entry(row.id), &row);
    EXPECT_EQ(check_by_code(row.code), &row);
  }
}

TEST(Catalogue, FindsNothingByAnUnknownKey) {
  EXPECT_EQ(reason_by_code("CONTENT_HASH_DIFFER"), nullptr);
  EXPECT_EQ(reason_by_code(""), nullptr);
  EXPECT_EQ(reason_by_code("content_hash_differs"), nullptr);
  EXPECT_EQ(check_by_code("MATCH-3"), nullptr);
  EXPECT_EQ(check_by_code("MATCH_1"), nullptr);
  EXPECT_EQ(code_for_ledger_reason("NO_SUCH_REASON"), v1::REASON_NONE);
  EXPECT_EQ(code_for_ledger_reason(""), v1::REASON_NONE);
}

TEST(CatalogueDeathTest, AbortsOnValuesThatHaveNoWords) {
  EXPECT_DEATH(entry(v1::REASON_NONE), "");
  EXPECT_DEATH(entry(v1::CHECK_UNSPECIFIED), "");
  EXPECT_DEATH(entry(v1::VERDICT_UNSPECIFIED), "");
}

TEST(Catalogue, HasWordsForEveryVerdictAndOutcome) {
  for (int i = v1::Verdict_MIN + 1; i <= v1::Verdict_MAX; ++i) {
    const auto verdict = static_cast<v1::Verdict>(i);
    EXPECT_EQ(entry(verdict).code, word(verdict));
    EXPECT_EQ(entry(verdict).level, "evidence");
  }
  for (int i = v1::SubmissionVerdict_MIN + 1; i <= v1::SubmissionVerdict_MAX; ++i) {
    const auto verdict = static_cast<v1::SubmissionVerdict>(i);
    EXPECT_EQ(entry(verdict).code, word(verdict));
    EXPECT_EQ(entry(verdict).level, "submission");
  }
  for (int i = v1::Outcome_MIN + 1; i <= v1::Outcome_MAX; ++i) {
    EXPECT_EQ(entry(static_cast<v1::Outcome>(i)).level, "check");
  }
  EXPECT_EQ(word(v1::VERDICT_CONSISTENT_WITH_NOTES), "CONSISTENT_WITH_NOTES");
  EXPECT_EQ(word(v1::SUBMISSION_VERDICT_ALL_CONSISTENT), "ALL_CONSISTENT");
  EXPECT_EQ(word(v1::OUTCOME_UNDETERMINED), "UNDETERMINED");
  EXPECT_EQ(entry(v1::OUTCOME_UNDETERMINED).code, "INCONCLUSIVE_CHECK");
  EXPECT_EQ(word(v1::EFFECT_NOTE), "NOTE");
}

// Each effect at a row that a reader of the table can check by eye.
TEST(Catalogue, ReadsTheEffectBeforeTheSemicolon) {
  EXPECT_EQ(entry(v1::REASON_CONTENT_HASH_DIFFERS).effect, v1::EFFECT_INCONSISTENT);
  EXPECT_EQ(entry(v1::REASON_RECORD_NOT_FOUND).effect, v1::EFFECT_NOT_FOUND);
  EXPECT_EQ(entry(v1::REASON_QUORUM_NOT_REACHED).effect, v1::EFFECT_INCONCLUSIVE);
  EXPECT_EQ(entry(v1::REASON_UPLOAD_INCOMPLETE).effect, v1::EFFECT_NOT_COMPLETED);
  EXPECT_EQ(entry(v1::REASON_NODE_CERT_EXPIRED_SINCE).effect, v1::EFFECT_NONE);
  EXPECT_EQ(entry(v1::REASON_PRE_CHAIN_NOT_CHECKED).effect, v1::EFFECT_NONE);
  EXPECT_EQ(entry(v1::REASON_COMMIT_NOT_PROVEN).effect, v1::EFFECT_NOTE);
  EXPECT_EQ(entry(v1::REASON_NODE_SIGNATURE_INVALID).effect, v1::EFFECT_NOTE);
  EXPECT_EQ(entry(v1::REASON_SIGNATURE_ENGINES_DISAGREE).effect, v1::EFFECT_NOTE);
}

TEST(Catalogue, MapsEachNameOfAListOfLedgerReasons) {
  EXPECT_EQ(code_for_ledger_reason("DIGEST_MISMATCH"), v1::REASON_CONTENT_HASH_DIFFERS);
  EXPECT_EQ(code_for_ledger_reason("EVIDENCE_HASH_MISMATCH"), v1::REASON_CONTENT_HASH_DIFFERS);
  EXPECT_EQ(code_for_ledger_reason("BAD_CHAIN_LINK"), v1::REASON_INCLUSION_PROOF_INVALID);
  EXPECT_EQ(code_for_ledger_reason("NO_VALIDATION_FLAGS"), v1::REASON_COMMIT_NOT_PROVEN);
  EXPECT_EQ(code_for_ledger_reason("NOT_COSIGNED"), v1::REASON_NOT_COSIGNED);
  EXPECT_EQ(code_for_ledger_reason("ATTEST_SIGNATURE"), v1::REASON_NONE);
  EXPECT_EQ(code_for_ledger_reason("UNSUPPORTED"), v1::REASON_FORMAT_UNSUPPORTED);
}

TEST(Catalogue, WeightsAreThoseOfTheTable) {
  std::set<std::string_view> decisive;
  for (const CheckEntry& row : checks()) {
    if (row.weight == CheckWeight::kDecisive) decisive.insert(row.code);
  }
  EXPECT_EQ(decisive,
            (std::set<std::string_view>{"FILE-1", "HASH-1", "REC-1", "REC-2", "MATCH-1", "MATCH-2",
                                        "INC-1", "INC-2", "QUO-1", "COC-1", "RPT-1"}));
  EXPECT_EQ(entry(v1::CHECK_PLT_1).weight, CheckWeight::kInformative);
}

TEST(Catalogue, CarriesTheEightStandingSentences) {
  ASSERT_EQ(standing_sentences().size(), 8u);
  EXPECT_TRUE(standing_sentences()[0].text.zh.starts_with("本报告由系统自动出具"));
  EXPECT_TRUE(standing_sentences()[7].text.zh.ends_with("可按“复核方法”独立复核。"));
}

// A check may stay open because a file is not the one that was declared: that is nobody's fault
// that anybody knows of, this system's included.
TEST(Catalogue, AVerdictThatIsNoneBlamesNobody) {
  for (const Text& sentence : {entry(v1::VERDICT_NOT_COMPLETED).sentence,
                               entry(v1::SUBMISSION_VERDICT_INCOMPLETE).sentence}) {
    EXPECT_FALSE(sentence.zh.contains("系统")) << sentence.zh;
    EXPECT_FALSE(sentence.en.contains("system")) << sentence.en;
  }
}

TEST(Catalogue, QuotesThe36ArticlesAndTheLegalMap) {
  EXPECT_EQ(articles().size(), 36u);
  EXPECT_EQ(legal_map().size(), 20u);
  bool article_16 = false;
  for (const ArticleEntry& row : articles()) {
    article_16 |= row.code == "ZXSS" && row.article == "第十六条";
  }
  EXPECT_TRUE(article_16);
}

}  // namespace
}  // namespace heyan::catalogue
