// Counting: institutions, sub-quorums, kinds, and the quorum without some institutions.
#include "verifier/trust/quorum.h"

#include <gtest/gtest.h>

namespace heyan::trust {
namespace {

Institution institution(std::string id, InstitutionKind kind) {
  Institution made;
  made.id = std::move(id);
  made.kind = kind;
  return made;
}

Quorum quorum(std::string id, std::uint32_t at_least, std::vector<std::string> of,
              std::vector<InstitutionKind> kinds = {}) {
  return {std::move(id), at_least, std::move(of), std::move(kinds)};
}

class QuorumTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto* id : {"court", "court2"}) {
      list_.institutions.push_back(institution(id, InstitutionKind::kCourt));
    }
    list_.institutions.push_back(institution("notary", InstitutionKind::kNotary));
    list_.institutions.push_back(institution("notary2", InstitutionKind::kNotary));
    list_.institutions.push_back(institution("platform", InstitutionKind::kPlatform));
    list_.quorums = {
        quorum("three", 3, {"court", "notary", "court2", "platform"}),
        quorum("with-court", 2, {"court", "notary", "platform"}, {InstitutionKind::kCourt}),
        quorum("courts", 1, {"court", "court2"}),
        quorum("notaries", 2, {"notary", "notary2"}),
        quorum("both", 2, {"courts", "notaries"}),
        quorum("nested-kind", 1, {"both", "platform"}, {InstitutionKind::kNotary}),
    };
  }
  QuorumCount count(std::string_view id, const std::set<std::string>& present) {
    return count_quorum(list_, id, present);
  }
  TrustList list_;
};

TEST_F(QuorumTest, IsReachedExactlyAtItsNumber) {
  EXPECT_FALSE(count("three", {}).reached);
  EXPECT_FALSE(count("three", {"court", "notary"}).reached);
  EXPECT_TRUE(count("three", {"court", "notary", "platform"}).reached);
  EXPECT_TRUE(count("three", {"court", "notary", "platform", "court2"}).reached);
  EXPECT_EQ(count("three", {"court", "notary"}).required, 3u);
  EXPECT_EQ(count("three", {"court", "notary"}).valid, 2u);
}

TEST_F(QuorumTest, DoesNotCountWhoIsNoMember) {
  EXPECT_FALSE(count("three", {"court", "notary", "notary2", "stranger"}).reached);
  EXPECT_EQ(count("three", {"court", "notary", "notary2", "stranger"}).valid, 2u);
  EXPECT_FALSE(count("three", {"three", "court", "notary"}).reached);
  EXPECT_FALSE(count("both", {"courts", "notaries"}).reached);  // ids of quorums are nobody
}

TEST_F(QuorumTest, AnUnknownQuorumIsNeverReached) {
  for (const auto* id : {"", "four", "court"}) {
    const QuorumCount result = count(id, {"court", "notary", "platform", "court2"});
    EXPECT_FALSE(result.reached);
    EXPECT_EQ(result.valid, 0u);
    EXPECT_EQ(result.required, 0u);
  }
}

TEST_F(QuorumTest, NeedsTheKindsThatItNames) {
  EXPECT_FALSE(count("with-court", {"notary", "platform"}).reached);
  EXPECT_EQ(count("with-court", {"notary", "platform"}).valid, 2u);
  EXPECT_TRUE(count("with-court", {"notary", "court"}).reached);
  // A court that is no member does not stand in for one that is.
  EXPECT_FALSE(count("with-court", {"notary", "platform", "court2"}).reached);
}

TEST_F(QuorumTest, CountsSubQuorumsAsMembers) {
  EXPECT_FALSE(count("both", {"court", "notary"}).reached);
  EXPECT_EQ(count("both", {"court", "notary"}).valid, 1u);
  EXPECT_FALSE(count("both", {"court", "court2"}).reached);
  EXPECT_FALSE(count("both", {"notary", "notary2"}).reached);
  EXPECT_TRUE(count("both", {"court2", "notary", "notary2"}).reached);
}

TEST_F(QuorumTest, FindsKindsBeneathSubQuorums) {
  EXPECT_FALSE(count("nested-kind", {"platform"}).reached);
  EXPECT_TRUE(count("nested-kind", {"platform", "notary"}).reached);
  EXPECT_TRUE(count("nested-kind", {"court", "notary", "notary2"}).reached);
}

// Lists that were read have neither; a list made by hand must not hang or count more.
TEST_F(QuorumTest, SurvivesCirclesRepetitionAndZero) {
  list_.quorums.push_back(quorum("a", 1, {"b"}));
  list_.quorums.push_back(quorum("b", 1, {"a"}));
  list_.quorums.push_back(quorum("self", 1, {"self"}));
  list_.quorums.push_back(quorum("twice", 2, {"court", "court"}));
  list_.quorums.push_back(quorum("zero", 0, {"court"}));
  EXPECT_FALSE(count("a", {"court"}).reached);
  EXPECT_FALSE(count("self", {"court"}).reached);
  EXPECT_FALSE(count("twice", {"court"}).reached);
  EXPECT_FALSE(count("zero", {"court"}).reached);
}

TEST_F(QuorumTest, WithoutLinkedInstitutionsFewerCount) {
  const std::set<std::string> present = {"court", "notary", "platform"};
  EXPECT_EQ(without(present, {"platform", "stranger"}), (std::set<std::string>{"court", "notary"}));
  EXPECT_EQ(without(present, {}), present);
  EXPECT_TRUE(count("three", present).reached);
  EXPECT_FALSE(count("three", without(present, {"platform"})).reached);
}

}  // namespace
}  // namespace heyan::trust
