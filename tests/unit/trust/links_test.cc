// Links between institutions and parties, and how well they are known (security decision 8).
#include "verifier/trust/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heyan::trust {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class LinksTest : public ::testing::Test {
 protected:
  void SetUp() override {
    institution("platform-a", {"91110108551385082Q", "某公司"});
    institution("platform-b", {"91440300708461136T"});
    institution("court", {});
  }
  void institution(const std::string& id, std::vector<std::string> linked) {
    Institution made;
    made.id = id;
    made.linked_parties = std::move(linked);
    list_.institutions.push_back(made);
  }
  v1::Party& party(const std::string& id, const std::string& name, const std::string& number) {
    v1::Party& made = *record_.mutable_submission()->add_parties();
    made.set_id(id);
    made.set_name(name);
    made.set_id_number(number);
    return made;
  }
  Links links() { return find_links(list_, record_, circumstances_); }

  TrustList list_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
};

TEST_F(LinksTest, FindsByIdentifierOrExactName) {
  party("P1", "甲", "91110108551385082Q");
  party("P2", "某公司", "");
  party("P3", "丙", "91440300708461136t");  // the same identifier, typed in lower case
  EXPECT_THAT(links().by_party, ElementsAre(Pair("P1", ElementsAre("platform-a")),
                                            Pair("P2", ElementsAre("platform-a")),
                                            Pair("P3", ElementsAre("platform-b"))));
  EXPECT_THAT(links().institutions, ElementsAre("platform-a", "platform-b"));
}

TEST_F(LinksTest, DoesNotFindPartsEmptyTextOrOtherNames) {
  list_.institutions[2].linked_parties = {""};
  party("P1", "某公司北京分公司", "9111010855138508");
  party("P2", "", "");
  party("P3", " 某公司", "91110108551385082Q1");
  EXPECT_THAT(links().by_party, IsEmpty());
  EXPECT_THAT(links().institutions, IsEmpty());
}

TEST_F(LinksTest, TakesDeclaredLinksAndThoseKnownToTheCourt) {
  party("P1", "甲", "").add_linked_institutions("court");
  v1::KnownLink& known = *circumstances_.add_links();
  known.set_party("P2");
  known.set_institution("platform-b");
  EXPECT_THAT(links().by_party,
              ElementsAre(Pair("P1", ElementsAre("court")), Pair("P2", ElementsAre("platform-b"))));
  EXPECT_THAT(links().institutions, ElementsAre("court", "platform-b"));
}

TEST_F(LinksTest, EstablishedNeedsEveryPartyCheckedWithAnIdentifier) {
  EXPECT_FALSE(links().established);  // no parties: nothing is known
  party("P1", "甲", "1");
  EXPECT_FALSE(links().established);
  circumstances_.add_checked_parties("P1");
  EXPECT_TRUE(links().established);
  v1::Party& second = party("P2", "乙", "");
  EXPECT_FALSE(links().established);
  circumstances_.add_checked_parties("P2");
  EXPECT_FALSE(links().established);  // checked, but there is no identifier
  second.set_id_number("2");
  EXPECT_TRUE(links().established);
}

TEST_F(LinksTest, DeclaredNeedsADeclaredSubmissionAndEveryIdentifier) {
  circumstances_.set_submission_is_declared(true);
  EXPECT_FALSE(links().declared);
  v1::Party& first = party("P1", "甲", "1");
  EXPECT_TRUE(links().declared);
  EXPECT_FALSE(links().established);
  first.clear_id_number();
  EXPECT_FALSE(links().declared);
  first.set_id_number("1");
  circumstances_.set_submission_is_declared(false);
  EXPECT_FALSE(links().declared);
}

TEST_F(LinksTest, LinksToNobodyKnownAndBlankIdentifiersEstablishNothing) {
  circumstances_.set_submission_is_declared(true);
  circumstances_.add_checked_parties("P1");
  v1::Party& first = party("P1", "甲", "1");
  first.add_linked_institutions("Court");  // the list knows "court"
  list_.given = true;
  EXPECT_FALSE(links().declared);
  EXPECT_FALSE(links().established);
  first.set_linked_institutions(0, "court");
  EXPECT_TRUE(links().declared);
  EXPECT_TRUE(links().established);
  for (const char* blank : {" ", "\t", "\u3000"}) {
    first.set_id_number(blank);
    EXPECT_FALSE(links().declared);
    EXPECT_FALSE(links().established);
  }
}

}  // namespace
}  // namespace heyan::trust
