// Chains made here, for what PKITS does not hold: SM2, anchors that are no roots, limits, hostile
// sets of CAs.
#include <gtest/gtest.h>

#include "tests/unit/crypto/issuer.h"
#include "verifier/crypto/certificate.h"

namespace heyan::crypto {
namespace {

using test::at;
using test::issue;
using test::issue_ca;

SigningKey new_key(KeyAlgorithm algorithm) { return SigningKey::generate(algorithm).value(); }

class Chains : public testing::TestWithParam<KeyAlgorithm> {
 protected:
  Chain verify(const Certificate& leaf, std::vector<Certificate> anchors,
               std::vector<Certificate> intermediates,
               std::string_view time = "2025-01-01T00:00:00Z", const core::Limits& limits = {}) {
    return verify_chain(leaf, anchors, intermediates, at(time), checker_, limits);
  }

  const SigningKey root_key_ = new_key(GetParam());
  const SigningKey middle_key_ = new_key(GetParam());
  const SigningKey leaf_key_ = new_key(GetParam());
  const Certificate root_ = issue_ca("Root", root_key_, "Root", root_key_);
  const Certificate middle_ = issue_ca("Middle", middle_key_, "Root", root_key_);
  const Certificate leaf_ = issue({.issuer = "Middle"}, leaf_key_, middle_key_);
  SignatureChecker checker_{production_engines(), {}};
};

TEST_P(Chains, LeafToRoot) {
  const Chain chain = verify(leaf_, {root_}, {middle_});
  EXPECT_EQ(chain.fault, ChainFault::kNone);
  EXPECT_EQ(chain.path, (std::vector<Certificate>{leaf_, middle_, root_}));
}

TEST_P(Chains, AnchorMayBeAnIntermediate) {
  EXPECT_EQ(verify(leaf_, {middle_}, {}).path, (std::vector<Certificate>{leaf_, middle_}));
  EXPECT_EQ(verify(leaf_, {middle_}, {root_}).path.size(), 2u);
}

TEST_P(Chains, AnchorMayBeTheLeafItself) {
  EXPECT_EQ(verify(leaf_, {leaf_}, {}).path, std::vector<Certificate>{leaf_});
  EXPECT_EQ(verify(leaf_, {leaf_}, {}, "2035-01-01T00:00:00Z").fault, ChainFault::kExpired);
}

TEST_P(Chains, NoPath) {
  EXPECT_EQ(verify(leaf_, {root_}, {}).fault, ChainFault::kNoPath);
  EXPECT_EQ(verify(leaf_, {}, {middle_, root_}).fault, ChainFault::kNoPath);
  EXPECT_EQ(verify(leaf_, {}, {}).fault, ChainFault::kNoPath);
  // The same name, another key.
  const SigningKey other_key = new_key(GetParam());
  const Certificate other_root = issue_ca("Root", other_key, "Root", other_key);
  EXPECT_EQ(verify(leaf_, {other_root}, {middle_}).fault, ChainFault::kNoPath);
  // The same key, another name.
  const Certificate renamed = issue_ca("Root 2", root_key_, "Root 2", root_key_);
  EXPECT_EQ(verify(leaf_, {renamed}, {middle_}).fault, ChainFault::kNoPath);
  EXPECT_TRUE(verify(leaf_, {renamed}, {middle_}).path.empty());
}

TEST_P(Chains, RightOneAmongSeveralOfOneName) {
  const SigningKey other_key = new_key(GetParam());
  const Certificate other_root = issue_ca("Root", other_key, "Root", other_key);
  const Certificate other_middle = issue_ca("Middle", other_key, "Root", other_key);
  EXPECT_EQ(verify(leaf_, {other_root, root_}, {other_middle, middle_}).path,
            (std::vector<Certificate>{leaf_, middle_, root_}));
}

TEST_P(Chains, LeafIsNoAuthority) {
  const SigningKey other_key = new_key(GetParam());
  const Certificate below = issue({.subject = "Below", .issuer = "Leaf"}, other_key, leaf_key_);
  EXPECT_EQ(verify(below, {root_}, {middle_, leaf_}).fault, ChainFault::kNoPath);
  EXPECT_EQ(verify(below, {leaf_}, {}).fault, ChainFault::kNoPath);
}

TEST_P(Chains, Times) {
  EXPECT_EQ(verify(leaf_, {root_}, {middle_}, "2023-12-31T23:59:59Z").fault,
            ChainFault::kNotYetValid);
  EXPECT_EQ(verify(leaf_, {root_}, {middle_}, "2024-01-01T00:00:00Z").fault, ChainFault::kNone);
  EXPECT_EQ(verify(leaf_, {root_}, {middle_}, "2034-01-01T00:00:00Z").fault, ChainFault::kNone);
  EXPECT_EQ(verify(leaf_, {root_}, {middle_}, "2034-01-01T00:00:00.999Z").fault, ChainFault::kNone);
  EXPECT_EQ(verify(leaf_, {root_}, {middle_}, "2034-01-01T00:00:01Z").fault, ChainFault::kExpired);
  const Certificate brief =
      issue({.issuer = "Middle", .not_after = "2024-02-01T00:00:00Z"}, leaf_key_, middle_key_);
  EXPECT_EQ(verify(brief, {root_}, {middle_}).fault, ChainFault::kExpired);
}

TEST_P(Chains, AuthorityMustNameTheKeyWhereItDoes) {
  const Certificate named =
      issue({.issuer = "Root",
             .extensions = {{"authorityKeyIdentifier", "DER:30:06:80:04:01:02:03:04"},
                            {"basicConstraints", "CA:FALSE"}}},
            leaf_key_, root_key_);
  const Certificate root_with_id = issue(
      {.subject = "Root",
       .issuer = "Root",
       .extensions = {{"basicConstraints", "critical,CA:TRUE"}, {"subjectKeyIdentifier", "hash"}}},
      root_key_, root_key_);
  EXPECT_EQ(verify(named, {root_}, {}).fault, ChainFault::kNone);
  EXPECT_EQ(verify(named, {root_with_id}, {}).fault, ChainFault::kNoPath);
}

TEST_P(Chains, UnknownCriticalExtension) {
  const Certificate odd =
      issue({.issuer = "Middle", .extensions = {{"1.2.3.4", "critical,ASN1:NULL"}}}, leaf_key_,
            middle_key_);
  EXPECT_EQ(verify(odd, {root_}, {middle_}).fault, ChainFault::kConstraint);
  const Certificate plain =
      issue({.issuer = "Middle", .extensions = {{"1.2.3.4", "ASN1:NULL"}}}, leaf_key_, middle_key_);
  EXPECT_EQ(verify(plain, {root_}, {middle_}).fault, ChainFault::kNone);
}

TEST_P(Chains, CandidatesAreLimited) {
  // Twenty authorities of the right name and the wrong key before the right one.
  std::vector<Certificate> crowd;
  for (int i = 0; i < 20; ++i) {
    const SigningKey key = new_key(GetParam());
    crowd.push_back(issue_ca("Middle", key, "Root", root_key_));
  }
  crowd.push_back(middle_);
  EXPECT_EQ(verify(leaf_, {root_}, crowd).fault, ChainFault::kTooMany);
  EXPECT_EQ(verify(leaf_, {root_}, crowd, "2025-01-01T00:00:00Z", {.chain_candidates = 20}).fault,
            ChainFault::kNone);
}

TEST_P(Chains, AuthoritiesThatSignEachOtherEndTheSearch) {
  // All of one name and key: any may follow any. The work must stay bounded.
  const SigningKey key = new_key(GetParam());
  std::vector<Certificate> ring;
  for (int i = 0; i < 12; ++i) ring.push_back(issue_ca("Ring", key, "Ring", key));
  const Certificate leaf = issue({.issuer = "Ring"}, leaf_key_, key);
  EXPECT_EQ(verify(leaf, {root_}, ring).fault, ChainFault::kTooMany);
  EXPECT_LT(checker_.verifications(), 400u);
}

TEST_P(Chains, SpentBudgetIsNoPath) {
  SignatureChecker poor(production_engines(), {.signatures = 1});
  const Chain chain = verify_chain(leaf_, std::span(&root_, 1), std::span(&middle_, 1),
                                   at("2025-01-01T00:00:00Z"), poor);
  EXPECT_EQ(chain.fault, ChainFault::kTooMany);
}

// Refuses what it is asked second and later.
class Contrary final : public Engine {
 public:
  explicit Contrary(const Engine& other) : other_(other) {}
  std::string_view name() const override { return "contrary"; }
  std::unique_ptr<Hasher> hasher(Hash hash) const override { return other_.hasher(hash); }
  bool verify(const PublicKey&, const Scheme&, core::ByteView, core::ByteView) const override {
    return false;
  }

 private:
  const Engine& other_;
};

TEST_P(Chains, EnginesDisagree) {
  const Contrary contrary(*production_engines().second);
  SignatureChecker checker({production_engines().first, &contrary}, {});
  const Chain chain = verify_chain(leaf_, std::span(&root_, 1), std::span(&middle_, 1),
                                   at("2025-01-01T00:00:00Z"), checker);
  EXPECT_EQ(chain.fault, ChainFault::kEnginesDisagree);
  EXPECT_TRUE(chain.path.empty());
}

INSTANTIATE_TEST_SUITE_P(Keys, Chains,
                         testing::Values(KeyAlgorithm::kEcdsaP256, KeyAlgorithm::kEd25519,
                                         KeyAlgorithm::kSm2));

TEST(ChainsSm2, EmptyUserId) {
  const SigningKey root_key = new_key(KeyAlgorithm::kSm2);
  const SigningKey leaf_key = new_key(KeyAlgorithm::kSm2);
  const Certificate root = issue({.subject = "Root",
                                  .extensions = {{"basicConstraints", "critical,CA:TRUE"}},
                                  .sm2_user_id = ""},
                                 root_key, root_key);
  const Certificate leaf = issue({.sm2_user_id = ""}, leaf_key, root_key);
  SignatureChecker checker(production_engines(), {});
  const auto fault = [&](std::string_view id) {
    return verify_chain(leaf, std::span(&root, 1), {}, at("2025-01-01T00:00:00Z"), checker, {}, id)
        .fault;
  };
  EXPECT_EQ(fault(""), ChainFault::kNone);
  EXPECT_EQ(fault("1234567812345678"), ChainFault::kNoPath);
}

TEST(RevocationLists, DatesAndSerials) {
  const SigningKey key = new_key(KeyAlgorithm::kSm2);
  const Certificate root = issue_ca("Root", key, "Root", key);
  const auto list =
      RevocationList::from_der(test::issue_list_der({.entries = {{"0102", "2024-05-01T00:00:00Z"},
                                                                 {"FF", "2024-06-01T00:00:00Z"},
                                                                 {"0102", "2024-04-01T00:00:00Z"}}},
                                                    key));
  ASSERT_TRUE(list);
  EXPECT_EQ(list->this_update(), at("2025-01-01T00:00:00Z"));
  EXPECT_EQ(list->next_update(), at("2025-02-01T00:00:00Z"));
  EXPECT_EQ(list->revoked_at(core::Bytes{0x01, 0x02}), at("2024-04-01T00:00:00Z"));
  EXPECT_EQ(list->revoked_at(core::Bytes{0x00, 0xff}), at("2024-06-01T00:00:00Z"));
  EXPECT_FALSE(list->revoked_at(core::Bytes{0xff}));  // minus one
  EXPECT_FALSE(list->revoked_at(core::Bytes{0x02}));
  EXPECT_TRUE(list->authority_key_id().empty());
  SignatureChecker checker(production_engines(), {});
  EXPECT_EQ(list->verify_signed_by(root, checker), SignatureOutcome::kValid);
  EXPECT_EQ(list->verify_signed_by(root, checker, ""), SignatureOutcome::kInvalid);
}

// An issuer drops certificates that have ended from its list (RFC 5280 3.3): silence says nothing
// then.
TEST(RevocationLists, SilenceSaysSomethingOfCertificatesThatWereValidThen) {
  const SigningKey key = new_key(KeyAlgorithm::kEcdsaP256);
  const auto list_of = [&](const test::ListSpec& spec) {
    return RevocationList::from_der(test::issue_list_der(spec, key)).value();
  };
  const auto ending = [&](const std::string& time) { return issue({.not_after = time}, key, key); };
  const core::UtcTime now = at("2025-01-15T00:00:00Z");
  const RevocationList list = list_of({});  // of 2025-01-01, to 2025-02-01
  EXPECT_TRUE(list.would_list(ending("2034-01-01T00:00:00Z"), now));
  EXPECT_TRUE(list.would_list(ending("2025-01-01T00:00:00Z"), now));
  EXPECT_FALSE(list.would_list(ending("2024-12-31T23:59:59Z"), now));
  EXPECT_FALSE(list.would_list(ending("2034-01-01T00:00:00Z"), at("2025-02-01T00:00:01Z")));
  EXPECT_FALSE(list_of({.next_update = ""}).would_list(ending("2034-01-01T00:00:00Z"), now));
  const RevocationList keeping = list_of({.keeps_ended_since = "20240601000000Z"});
  EXPECT_TRUE(keeping.would_list(ending("2024-06-01T00:00:00Z"), now));
  EXPECT_FALSE(keeping.would_list(ending("2024-05-31T23:59:59Z"), now));
  EXPECT_FALSE(keeping.would_list(ending("2024-06-01T00:00:00Z"), at("2025-03-01T00:00:00Z")));
}

TEST(RevocationLists, Refused) {
  const SigningKey key = new_key(KeyAlgorithm::kEcdsaP256);
  const core::Bytes good = test::issue_list_der({.next_update = ""}, key);
  const auto list = RevocationList::from_der(good);
  ASSERT_TRUE(list);
  EXPECT_FALSE(list->next_update());
  core::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(RevocationList::from_der(longer));
  EXPECT_FALSE(RevocationList::from_der(core::ByteView(good).first(good.size() - 1)));
  EXPECT_EQ(RevocationList::from_der(test::issue_list_der({.critical_extension = true}, key))
                .error()
                .code,
            core::ErrorCode::kUnsupported);
  EXPECT_EQ(RevocationList::from_der(
                test::issue_list_der({.entries = {{"01", "2024-05-01T00:00:00Z", true}}}, key))
                .error()
                .code,
            core::ErrorCode::kUnsupported);
  const SigningKey other = new_key(KeyAlgorithm::kEcdsaP256);
  SignatureChecker checker(production_engines(), {});
  EXPECT_EQ(list->verify_signed_by(issue_ca("Root", other, "Root", other), checker),
            SignatureOutcome::kInvalid);
}

}  // namespace
}  // namespace heyan::crypto
