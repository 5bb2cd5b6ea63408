// Signature policies: the text form, and evaluation as Fabric does it.
#include "verifier/ledgers/fabric/signature_policy.h"
#include "tests/unit/fabric/fixture.h"

namespace heyan::ledgers::fabric::testing {
namespace {

Identity member(const std::string& msp, NodeRole role) {
  Identity identity;
  identity.msp = msp;
  identity.fault = IdentityFault::kNone;
  identity.role = role;
  identity.admin = role == NodeRole::kAdmin;
  return identity;
}

bool evaluate(const std::string& text, const std::vector<Identity>& identities) {
  const auto policy = SignaturePolicy::from_text(text);
  EXPECT_TRUE(policy.has_value()) << text;
  std::vector<const Identity*> pointers;
  for (const Identity& one : identities) pointers.push_back(&one);
  return policy && policy->evaluate(pointers);
}

const Identity kA = member("A", NodeRole::kPeer);
const Identity kB = member("B", NodeRole::kPeer);
const Identity kC = member("C", NodeRole::kPeer);

TEST(FabricPolicyText, ReadsWhatFabricWrites) {
  EXPECT_TRUE(evaluate("OutOf(2,'A.peer','B.peer','C.peer')", {kA, kC}));
  EXPECT_TRUE(evaluate("outof( 1 , 'A.peer' , 'B.peer' )", {kB}));
  EXPECT_TRUE(evaluate("AND('A.member',OR('B.peer','C.peer'))", {kA, kC}));
  EXPECT_TRUE(evaluate("Or(\"A.peer\",\"B.peer\")", {kA}));
  EXPECT_TRUE(evaluate("'A.peer'", {kA}));
  EXPECT_TRUE(evaluate("AND('a.b-c_1.peer')", {member("a.b-c_1", NodeRole::kPeer)}));
}

TEST(FabricPolicyText, RefusesEverythingElse) {
  for (const std::string text : {"",
                                 "A.peer",
                                 "'A.peer",
                                 "'A'",
                                 "'.peer'",
                                 "'A.king'",
                                 "'A.peer' x",
                                 "OutOf('A.peer')",
                                 "OutOf(0,'A.peer')",
                                 "OutOf(2,'A.peer')",
                                 "OutOf(-1,'A.peer')",
                                 "OutOf(1)",
                                 "OutOf(1,)",
                                 "OutOf(1 'A.peer')",
                                 "And()",
                                 "And('A.peer'",
                                 "And('A.peer',)",
                                 "Xor('A.peer')",
                                 "OutOf(99999999999,'A.peer')",
                                 "And('A peer.peer')",
                                 "OutOf(1.0,'A.peer')"}) {
    EXPECT_FALSE(SignaturePolicy::from_text(text).has_value()) << text;
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "And(";
  EXPECT_FALSE(SignaturePolicy::from_text(deep).has_value());
}

TEST(FabricPolicy, EachPrincipalConsumesOneIdentity) {
  EXPECT_FALSE(evaluate("OutOf(2,'A.peer','A.peer')", {kA}));
  EXPECT_TRUE(evaluate("OutOf(2,'A.peer','A.peer')", {kA, kA}));
  EXPECT_FALSE(evaluate("OutOf(3,'A.peer','B.peer','C.peer')", {kA, kA, kB}));
  EXPECT_FALSE(evaluate("OutOf(1,'A.peer','B.peer')", {}));
}

TEST(FabricPolicy, FailedBranchesGiveBackWhatTheyTook) {
  // The first branch takes A and fails for want of D; the second still finds A.
  EXPECT_TRUE(evaluate("OutOf(1,And('A.peer','D.peer'),And('A.peer','B.peer'))", {kA, kB}));
  // A branch that succeeds keeps what it took, even where it was not needed.
  EXPECT_FALSE(evaluate("AND(OutOf(1,'A.peer','B.peer'),'B.peer')", {kA, kB}));
}

TEST(FabricPolicy, RolesAreDistinct) {
  for (const NodeRole role :
       {NodeRole::kClient, NodeRole::kAdmin, NodeRole::kOrderer, NodeRole::kNone}) {
    EXPECT_FALSE(evaluate("'A.peer'", {member("A", role)}));
    EXPECT_TRUE(evaluate("'A.member'", {member("A", role)}));
  }
  EXPECT_TRUE(evaluate("'A.admin'", {member("A", NodeRole::kAdmin)}));
  EXPECT_FALSE(evaluate("'A.admin'", {kA}));
  EXPECT_TRUE(evaluate("'A.client'", {member("A", NodeRole::kClient)}));
  EXPECT_TRUE(evaluate("'A.orderer'", {member("A", NodeRole::kOrderer)}));
}

TEST(FabricPolicy, InvalidIdentitiesSatisfyNothing) {
  Identity revoked = kA;
  revoked.fault = IdentityFault::kRevoked;
  EXPECT_FALSE(evaluate("'A.member'", {revoked}));
  EXPECT_FALSE(evaluate("'A.peer'", {revoked}));
}

TEST(FabricPolicyWire, RefusesWhatIsNoPolicy) {
  const core::Limits limits;
  const auto parse = [&](std::string_view hex) {
    return SignaturePolicy::parse(*core::from_hex(hex), limits).has_value();
  };
  EXPECT_TRUE(
      parse("1202080"
            "01a0712050a0141"
            "1003"));       // signed_by 0, A.peer
  EXPECT_FALSE(parse(""));  // no rule
  EXPECT_FALSE(
      parse("08011202080"
            "0"));  // version 1
  EXPECT_FALSE(
      parse("1204080"
            "00800"));                                // a rule of two kinds
  EXPECT_FALSE(parse("120212001a0712050a01411009"));  // an unknown role
  EXPECT_FALSE(
      parse("12020800220"
            "0"));  // an unknown field
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
