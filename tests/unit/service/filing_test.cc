// What is kept of a filing, and what somebody looks for.
#include "gateway/service/filing.h"

#include <gmock/gmock.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FilingTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<ContentIndex> index_ =
      ContentIndex::open(*store_, folder_ / "contents.key", 1000).value();

  static v1::Submission submission() {
    v1::Submission filed;
    filed.set_case_number("(2026)");
    filed.mutable_submitter()->set_name("张三");
    v1::Party& party = *filed.add_parties();
    party.set_role(v1::ROLE_PLAINTIFF);
    party.set_name("\xE2\x80\xAEgnp.exe");
    filed.add_parties()->set_name("nobody's role");
    v1::Item& item = *filed.add_evidence();
    item.set_id("E1");
    item.set_name("网页");
    item.mutable_file()->set_path("files/a");
    item.set_pages(3);
    item.mutable_record()->set_id("Record-1");
    item.mutable_file()->add_digests()->set_value("\xAB\xCD");
    return filed;
  }
  bool finds(const store::Filing& filing, const std::string& asked, const std::string& court) {
    const store::Sought sought = sought_of(asked, {court}, *index_);
    const std::string tags = core::to_string(sought.tags);
    return std::ranges::any_of(
        filing.tags, [&](const core::Bytes& tag) { return tags.contains(core::to_string(tag)); });
  }
};

TEST_F(FilingTest, SaysWhatTheCaseSaysAndHidesNothingInIt) {
  const store::Filing filing = filing_of(submission(), "0491", index_.get());
  EXPECT_EQ(filing.case_number, "(2026)");
  EXPECT_EQ(filing.submitter, "张三");
  EXPECT_THAT(filing.parties, ElementsAre(store::FiledParty{"PLAINTIFF", "⟨U+202E⟩gnp.exe"},
                                          store::FiledParty{"", "nobody's role"}));
  EXPECT_THAT(filing.items, ElementsAre(store::FiledItem{"E1", "网页", "files/a", 3}));
}

TEST_F(FilingTest, IsFoundByRecordAndFingerprintInItsCourtAlone) {
  const store::Filing filing = filing_of(submission(), "0491", index_.get());
  EXPECT_TRUE(finds(filing, "Record-1", "0491"));
  EXPECT_TRUE(finds(filing, "abcd", "0491"));
  EXPECT_TRUE(finds(filing, "ABCD", "0491")) << "a fingerprint in capital letters";
  EXPECT_FALSE(finds(filing, "record-1", "0491")) << "a record's id is what it is";
  EXPECT_FALSE(finds(filing, "Record", "0491"));
  EXPECT_FALSE(finds(filing, "Record-1", "0192"));
  EXPECT_FALSE(finds(filing, "abcd", "0192"));
}

TEST_F(FilingTest, WithoutAnIndexNothingIsTagged) {
  EXPECT_THAT(filing_of(submission(), "0491", nullptr).tags, IsEmpty());
}

TEST_F(FilingTest, WhatIsSoughtIsReadInEachOfItsForms) {
  const store::Sought sought = sought_of("hy-Aa", {"0491", "0192"}, *index_);
  EXPECT_EQ(sought.part, "hy-Aa");
  EXPECT_EQ(sought.id, "hy-aa");
  EXPECT_EQ(sought.number, "HY-AA");
  EXPECT_EQ(sought.tags.size(), 4 * 32);
  EXPECT_EQ(sought_of("hy-aa", {"0491"}, *index_).tags.size(), 32);
}

}  // namespace
}  // namespace heyan::service
