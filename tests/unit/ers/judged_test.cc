// Of several authorities: whose a token is, and what one lists that speaks against it for all.
#include "verifier/timestamps/judged.h"

#include "tests/unit/ers/fixture.h"
#include "verifier/crypto/digest.h"

namespace heyan::ers::testing {
namespace {

using timestamps::Authority;
using timestamps::Reason;
using timestamps::Verdict;

class JudgedTest : public ::testing::Test {
 protected:
  // The signer's key by itself, as `institution` lists it.
  Authority pinned(const std::string& institution) const {
    Authority authority;
    authority.institution = institution;
    authority.trust.pins.push_back({.key = key(), .from = {}, .until = {}});
    return authority;
  }
  timestamps::Judged judge(const std::vector<Authority>& authorities) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return timestamps::judge(token_, authorities, {{crypto::Hash::kSha256, digest_}}, {},
                             {.at = at("2015-01-01T00:00:00Z")}, checker, {});
  }

  const core::Bytes digest_ = crypto::sha256(core::as_bytes(kDocument));
  const core::Bytes token_ = first().stamp(crypto::Hash::kSha256, digest_, "2012-01-01T00:00:00Z");

 private:
  crypto::PublicKey key() const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return timestamps::read_token(token_, {}, checker, {}).value().signer.certificate->key();
  }
};

TEST_F(JudgedTest, APinnedKeyHidesNoRevocation) {
  Authority own = first().listed("2013-01-01T00:00:00Z");
  EXPECT_EQ(judge({own}).found.reasons, std::set{Reason::kRevokedWithKey});
  own.trust.pins = pinned("").trust.pins;
  EXPECT_EQ(judge({own}).found.reasons, std::set{Reason::kRevokedWithKey});
}

TEST_F(JudgedTest, NorWhereAnotherInstitutionListsTheIssuer) {
  const Authority issuer = first().listed("2013-01-01T00:00:00Z");
  Authority by_key = pinned("by key");
  EXPECT_EQ(judge({by_key}).found.verdict, Verdict::kValid);
  by_key.trust.candidates = issuer.trust.anchors;
  by_key.trust.revocation_lists = issuer.trust.revocation_lists;
  EXPECT_EQ(judge({by_key}).found.reasons, std::set{Reason::kRevokedWithKey});
  by_key.trust.revocation_lists.clear();
  EXPECT_EQ(judge({by_key}).found.reasons, std::set{Reason::kRevocationNotChecked});
}

TEST_F(JudgedTest, WhoListsTheSignerNearestSpeaksForIt) {
  const Authority root = first().listed();
  Authority by_key = pinned("by key");
  for (const bool last : {false, true}) {
    const auto both = last ? std::vector{root, by_key} : std::vector{by_key, root};
    EXPECT_EQ(judge(both).authority->institution, "by key");
  }
  by_key.trust.policies = {"9.9.9"};
  const auto judged = judge({root, by_key});
  EXPECT_EQ(judge({root}).found.verdict, Verdict::kValid);
  EXPECT_EQ(judged.found.verdict, Verdict::kRefused);
  EXPECT_EQ(judged.found.reasons, std::set{Reason::kPolicy});
}

TEST_F(JudgedTest, WhoeverListsNothingOfItIsNotAsked) {
  const Authority root = first().listed();
  for (const bool last : {false, true}) {
    const auto both =
        last ? std::vector{root, second().listed()} : std::vector{second().listed(), root};
    EXPECT_EQ(judge(both).found.verdict, Verdict::kValid);
  }
}

}  // namespace
}  // namespace heyan::ers::testing
