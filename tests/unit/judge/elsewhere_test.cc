// What a search found, as one text and as a commitment that tells nobody whether it found anything.
#include "verifier/elsewhere.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "verifier/personal_fields.h"

namespace heyan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::ContentSearch found_in(const std::string& case_number) {
  v1::ContentSearch found;
  found.set_count(1);
  v1::FiledElsewhere& filed = *found.add_filed();
  filed.set_case_number(case_number);
  filed.set_item("E1");
  filed.set_report_number("HY-1");
  return found;
}

TEST(FoundElsewhere, HasOneSpelling) {
  const FoundElsewhere found{.since_ms = 1'000, .found = found_in("(2026)\n")};
  const std::string text =
      R"({"count":1,"filed":[{"caseNumber":"(2026)\n","item":"E1","report":"HY-1"}],)"
      R"("since":"1970-01-01T00:00:01Z"})";
  EXPECT_EQ(write_found(found), text);
  const auto read = read_found(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->since_ms, 1'000);
  EXPECT_EQ(read->found.count(), 1);
  EXPECT_EQ(read->found.filed(0).case_number(), "(2026)\n");
  EXPECT_EQ(write_found({.since_ms = 0, .found = {}}),
            R"({"count":0,"filed":[],"since":"1970-01-01T00:00:00Z"})");
}

TEST(FoundElsewhere, IsReadInThatSpellingAlone) {
  for (const char* wrong :
       {"", "null", "[]", "{}", R"({"count":0,"filed":[]})",
        R"({"count":"0","filed":[],"since":"1970-01-01T00:00:00Z"})",
        R"({"count":-1,"filed":[],"since":"1970-01-01T00:00:00Z"})",
        R"({"count":0.0,"filed":[],"since":"1970-01-01T00:00:00Z"})",
        R"({"count":9007199254740992,"filed":[],"since":"1970-01-01T00:00:00Z"})",
        R"({"count":0,"filed":{},"since":"1970-01-01T00:00:00Z"})",
        R"({"count":0,"filed":[],"since":"1970-01-01T01:00:00+01:00"})",
        R"({"count":0,"filed":[],"since":"yesterday"})",
        R"({"count":0,"filed":[],"more":1,"since":"1970-01-01T00:00:00Z"})",
        R"({"filed":[],"count":0,"since":"1970-01-01T00:00:00Z"})",
        R"({"count":0,"filed":[],"since":"1970-01-01T00:00:00Z"} )",
        R"({"count":1,"filed":[{"caseNumber":"","item":""}],"since":"1970-01-01T00:00:00Z"})",
        R"({"count":1,"filed":["HY-1"],"since":"1970-01-01T00:00:00Z"})"}) {
    EXPECT_FALSE(read_found(wrong).has_value()) << wrong;
  }
}

TEST(FoundElsewhere, AnyBytesCanBeWritten) {
  v1::ContentSearch found = found_in("\xff\xfe");
  found.set_count(~std::uint64_t{0});
  EXPECT_TRUE(read_found(write_found({.since_ms = 0, .found = found})).has_value());
}

class SearchCommitments : public testing::Test {
 protected:
  SearchCommitments() {
    record_.set_salt_key(std::string(32, 's'));
    for (const char* id : {"E1", "E2"}) {
      record_.mutable_submission()->add_evidence()->set_id(id);
      report_.add_evidence()->set_id(id);
    }
  }
  void searched(const std::string& item, const v1::ContentSearch& found) {
    v1::ItemSearch& one = *circumstances_.mutable_elsewhere()->add_items();
    one.set_item(item);
    *one.mutable_found() = found;
  }
  std::vector<Disclosure> withhold() {
    crypto::SignatureChecker checker(crypto::production_engines(), limits_);
    return withhold_personal_fields(report_, {.record = record_,
                                              .circumstances = circumstances_,
                                              .trust = trust_,
                                              .policy = trust::default_policy(),
                                              .as_of = {},
                                              .checker = checker,
                                              .limits = limits_});
  }
  std::vector<std::string> places() const {
    std::vector<std::string> out;
    for (const auto& commitment : report_.commitments()) out.push_back(commitment.pointer());
    return out;
  }

  core::Limits limits_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  trust::TrustList trust_;
  v1::Report report_;
};

TEST_F(SearchCommitments, StandForEachItemThatWasSearchedForWhateverWasFound) {
  searched("E1", {});
  searched("E2", found_in("(2026)"));
  const auto disclosures = withhold();
  EXPECT_THAT(places(), ElementsAre("/evidence/0/elsewhere", "/evidence/1/elsewhere"));
  ASSERT_EQ(disclosures.size(), 2);
  EXPECT_EQ(read_found(disclosures[0].value)->found.count(), 0);
  EXPECT_EQ(read_found(disclosures[1].value)->found.count(), 1);
  EXPECT_EQ(report_.commitments(0).digest().size(), report_.commitments(1).digest().size());
  EXPECT_EQ(report_.SerializeAsString().find("(2026)"), std::string::npos);
}

TEST_F(SearchCommitments, DoNotStandWhereNobodySearched) {
  EXPECT_THAT(withhold(), IsEmpty());
  EXPECT_THAT(places(), IsEmpty());
  searched("E2", {});
  searched("E9", {});  // no item of the report
  withhold();
  EXPECT_THAT(places(), ElementsAre("/evidence/1/elsewhere"));
}

// Who guesses what was found would need the salt, too.
TEST_F(SearchCommitments, DependOnTheSalt) {
  searched("E1", {});
  withhold();
  const std::string first = report_.commitments(0).digest();
  withhold();
  EXPECT_EQ(report_.commitments(0).digest(), first);
  record_.set_salt_key(std::string(32, 't'));
  withhold();
  EXPECT_NE(report_.commitments(0).digest(), first);
}

}  // namespace
}  // namespace heyan
