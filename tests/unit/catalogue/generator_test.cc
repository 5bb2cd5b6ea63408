// Faulty tables stop the build, with file and line.
#include "schemas/catalogue/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace heyan::catalogue {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class GeneratorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const std::string& file : table_files()) {
      std::ifstream in(std::string(HEYAN_SOURCE "/schemas/catalogue/") + file, std::ios::binary);
      ASSERT_TRUE(in) << file;
      tables_[file] = std::string(std::istreambuf_iterator<char>(in), {});
    }
  }

  void replace(const std::string& file, std::string_view from, std::string_view to) {
    std::string& text = tables_[file];
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }

  std::vector<std::string> defects() const {
    const Generated result = generate(tables_);
    EXPECT_EQ(result.source.empty(), !result.defects.empty());
    return result.defects;
  }

  std::map<std::string, std::string> tables_;
};

TEST_F(GeneratorTest, AcceptsTheTablesOfTheTree) { EXPECT_THAT(defects(), IsEmpty()); }

TEST_F(GeneratorTest, IsDeterministic) {
  EXPECT_EQ(generate(tables_).source, generate(tables_).source);
}

TEST_F(GeneratorTest, RefusesAMissingTable) {
  tables_.erase("legal-map.tsv");
  EXPECT_THAT(defects(), ElementsAre("legal-map.tsv:1: the table is missing"));
}

TEST_F(GeneratorTest, RefusesAnotherNumberOfColumns) {
  replace("standing-sentences.tsv", "\tThis report was issued", "\t\tThis report was issued");
  EXPECT_THAT(defects(), ElementsAre("standing-sentences.tsv:2: 4 columns instead of 3"));
}

TEST_F(GeneratorTest, RefusesAnotherHeader) {
  replace("verdicts.tsv", "en_label", "label_en");
  EXPECT_THAT(defects(), Contains("verdicts.tsv:1: the header is not the one of this table"));
}

TEST_F(GeneratorTest, RefusesEmptyText) {
  replace("reason-codes.tsv", "The file fingerprint differs from the recorded one.", "");
  EXPECT_THAT(defects(), ElementsAre("reason-codes.tsv:2: column en_reason is empty"));
}

TEST_F(GeneratorTest, RefusesTextThatIsOnlySpace) {
  replace("reason-codes.tsv", "The file fingerprint differs from the recorded one.", " ");
  EXPECT_THAT(defects(),
              ElementsAre("reason-codes.tsv:2: column en_reason has spaces around its text"));
}

TEST_F(GeneratorTest, RefusesCarriageReturns) {
  replace("reason-map.tsv", "\n", "\r\n");
  EXPECT_THAT(defects(), Contains("reason-map.tsv:1: the header is not the one of this table"));
}

TEST_F(GeneratorTest, RefusesAControlCharacter) {
  replace("standing-sentences.tsv", "This report was", "This\x1b report was");
  EXPECT_THAT(defects(),
              ElementsAre("standing-sentences.tsv:2: column en has a control character"));
}

TEST_F(GeneratorTest, RefusesALastLineWithoutEnd) {
  tables_["reason-map.tsv"].pop_back();
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("the last line does not end with a line feed")));
}

TEST_F(GeneratorTest, RefusesAnEmptyTable) {
  tables_["standing-sentences.tsv"] = "id\tzh\ten\n";
  EXPECT_THAT(defects(), ElementsAre("standing-sentences.tsv:1: the table has no rows"));
}

TEST_F(GeneratorTest, RefusesACodeTwice) {
  replace("reason-codes.tsv", "\nCONTENT_DIFFERS_CONTAINER_ONLY\t", "\nCONTENT_HASH_DIFFERS\t");
  EXPECT_THAT(defects(),
              ElementsAre("reason-codes.tsv:3: CONTENT_HASH_DIFFERS stands here twice",
                          "reason-codes.tsv:1: REASON_CONTENT_DIFFERS_CONTAINER_ONLY is in the "
                          "protobuf enum and not in the table"));
}

TEST_F(GeneratorTest, RefusesAReasonThatTheModelDoesNotHave) {
  replace("reason-codes.tsv", "\nCONTENT_HASH_DIFFERS\t", "\nCONTENT_HASH_DIFFER\t");
  EXPECT_THAT(
      defects(),
      ElementsAre("reason-codes.tsv:2: CONTENT_HASH_DIFFER is not in the protobuf enum ReasonCode",
                  "reason-codes.tsv:1: REASON_CONTENT_HASH_DIFFERS is in the protobuf enum and not "
                  "in the table"));
}

TEST_F(GeneratorTest, RefusesTheNamesOfTheZeroValues) {
  replace("reason-codes.tsv", "\nCONTENT_HASH_DIFFERS\t", "\nNONE\t");
  replace("checks.tsv", "\nFILE-1\t", "\nUNSPECIFIED\t");
  EXPECT_THAT(defects(),
              Contains("reason-codes.tsv:2: NONE is not in the protobuf enum ReasonCode"));
  EXPECT_THAT(defects(), Contains("checks.tsv:2: UNSPECIFIED is not in the protobuf enum CheckId"));
}

TEST_F(GeneratorTest, RefusesAnUnknownCheckOfAReason) {
  replace("reason-codes.tsv", "\tMATCH-1\t", "\tMATCH-9\t");
  EXPECT_THAT(defects(), ElementsAre("reason-codes.tsv:2: MATCH-9 is no check"));
}

TEST_F(GeneratorTest, RefusesAnUnknownVerdictOfAReason) {
  replace("reason-codes.tsv", "\tINCONSISTENT\t", "\tWRONG\t");
  EXPECT_THAT(defects(), Contains("reason-codes.tsv:2: WRONG is no verdict"));
}

TEST_F(GeneratorTest, RefusesAMissingCheck) {
  std::string& text = tables_["checks.tsv"];
  const std::size_t at = text.find("PLT-2\t");
  text.erase(at, text.find('\n', at) + 1 - at);
  EXPECT_THAT(defects(), ElementsAre("checks.tsv:1: CHECK_PLT_2 is in the protobuf enum and not in "
                                     "the table",
                                     "legal-map.tsv:4: 'PLT-2' is no check",
                                     "legal-map.tsv:14: 'PLT-2' is no check",
                                     "limits.tsv:25: PLT-2 is no check"));
}

TEST_F(GeneratorTest, RefusesALabelWithOtherPlacesInOneLanguage) {
  replace("labels.tsv", "block {0}", "block {1}");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("the languages have places for other values")));
}

TEST_F(GeneratorTest, RefusesALabelWhoseIdIsNoName) {
  replace("labels.tsv", "\tRenewBefore\t", "\trenew-before\t");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("renew-before is no id")));
}

TEST_F(GeneratorTest, RefusesAQuestionWithoutItsPoint) {
  replace("objections.tsv", "\tpoint\t", "\tquestion\t");
  EXPECT_THAT(defects(), Contains(HasSubstr("must begin with its point")));
}

TEST_F(GeneratorTest, RefusesARuleOfNoInstrument) {
  replace("legal-map.tsv", "ZXSS第十六条", "ABCD第十六条");
  replace("objections.tsv", "ZXSS第十八条", "第十八条");
  EXPECT_THAT(defects(), Contains(HasSubstr("ABCD第十六条 is of no instrument")));
  EXPECT_THAT(defects(), Contains(HasSubstr("第十八条 is of no instrument")));
}

TEST_F(GeneratorTest, RefusesABoundInOneLanguage) {
  replace("limits.tsv", "\twhether the clock of the device that made the file was right", "\t");
  EXPECT_THAT(defects(), ElementsAre(HasSubstr("a bound stands in one language only")));
}

TEST_F(GeneratorTest, RefusesAnUnknownWeightAndEffectOfACheck) {
  replace("checks.tsv", "\tdecisive\t", "\tstrong\t");
  replace("checks.tsv", "\tnote\t", "\tnotes\t");
  EXPECT_THAT(defects(), Contains("checks.tsv:2: strong is no weight"));
  EXPECT_THAT(defects(), Contains("checks.tsv:3: notes is no effect of failing"));
}

TEST_F(GeneratorTest, RefusesAnUnknownVerdictOrLevel) {
  replace("verdicts.tsv", "\nNOT_FOUND\tevidence", "\nLOST\tevidence");
  EXPECT_THAT(defects(),
              ElementsAre("verdicts.tsv:5: LOST of level evidence is no verdict of the "
                          "protobuf model",
                          "verdicts.tsv:1: VERDICT_NOT_FOUND is in the protobuf enum and "
                          "not in the table"));
  replace("verdicts.tsv", "\nLOST\tevidence", "\nNOT_FOUND\titem");
  EXPECT_THAT(defects(), Contains("verdicts.tsv:5: NOT_FOUND of level item is no verdict of the "
                                  "protobuf model"));
}

TEST_F(GeneratorTest, RefusesUnknownCodesOfTheReasonMap) {
  replace("reason-map.tsv", "\tLEDGER_NOT_RECOGNISED\t", "\tLEDGER_UNKNOWN\t");
  EXPECT_THAT(
      defects(),
      ElementsAre("reason-map.tsv:7: LEDGER_UNKNOWN is not in the protobuf enum ReasonCode"));
}

TEST_F(GeneratorTest, RefusesProseAndRepetitionAmongLedgerReasons) {
  replace("reason-map.tsv", "CONFIG_ANCHOR, CHAIN_MISMATCH",
          "CONFIG_ANCHOR, and others, UNSUPPORTED");
  EXPECT_THAT(defects(),
              ElementsAre("reason-map.tsv:7: 'and others' is no reason name (A to Z, digits and _)",
                          "reason-map.tsv:13: UNSUPPORTED stands here twice"));
}

TEST_F(GeneratorTest, TellsEveryDefectAtOnce) {
  replace("checks.tsv", "\tdecisive\t", "\tstrong\t");
  replace("legal-map.tsv", "RPT-1", "RPT-7");
  replace("standing-sentences.tsv", "DECLARED_MEANING", "CONSISTENT_MEANING");
  const auto all = defects();
  EXPECT_THAT(all, Contains(HasSubstr("checks.tsv:2:")));
  EXPECT_THAT(all, Contains(HasSubstr("'RPT-7' is no check")));
  EXPECT_THAT(
      all, Contains(HasSubstr("standing-sentences.tsv:6: CONSISTENT_MEANING stands here twice")));
}

}  // namespace
}  // namespace heyan::catalogue
