#include "verifier/transparency/log_proof.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/transparency/vectors.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using test::Checker;
using test::read_file;

constexpr std::string_view kSumdbOrigin = "go.sum database tree";

// What these cases lack is a quorum of witnesses, or a supported type of theirs: policy, which does
// not decide here. The last one is about a file that the logged record speaks of.
const std::set<std::string> kPolicyAlone = {
    "court-bad-two-of-five",   "court-bad-wrong-mix",  "court-bad-wrong-mix2",
    "court-bad-log-only",      "court-bad-mldsa-one",  "court-bad-mldsa-name",
    "court-bad-mldsa-subtree", "court-bad-split-view", "court-bad-small-order-witness",
    "court-bad-evidence-file"};

std::expected<Logged, std::string> judge(std::string_view proof_bytes, std::string_view entry,
                                         std::string_view origin, const test::Keys& keys) {
  const auto proof = parse_log_proof(proof_bytes);
  if (!proof) return std::unexpected(std::string(core::name(proof.error().code)));
  EXPECT_EQ(encode_log_proof(*proof), proof_bytes);
  Checker checker;
  auto logged =
      verify_log_proof(*proof, core::as_bytes(entry), origin, keys.log[0], checker, keys.witnesses);
  EXPECT_FALSE(checker.disagreed());
  if (!logged) return std::unexpected(std::string(name(logged.error())));
  return *std::move(logged);
}

TEST(LogProofVectors, AreJudgedAsTheyMustBe) {
  std::size_t accepted = 0;
  std::map<std::string, std::size_t> refused;
  for (const auto& line : test::cases("tlog-proof")) {
    const std::string id = test::text(line, "/id");
    const test::Keys keys = test::read_keys(test::text(line, "/inputs/policy"));
    const std::string origin = test::text(line, "/inputs/origin");
    const auto logged = judge(read_file(test::text(line, "/inputs/proof")),
                              read_file(test::text(line, "/inputs/leaf")),
                              origin.empty() ? std::string_view(keys.log[0].name()) : origin, keys);
    const bool accept = test::text(line, "/expect") == "accept" || kPolicyAlone.contains(id);
    EXPECT_EQ(logged.has_value(), accept) << id << ": " << (logged ? "" : logged.error());
    ++(logged ? accepted : refused[logged.error()]);
    if (logged) {
      EXPECT_EQ(logged->signers.empty(), false) << id;
    }
  }
  EXPECT_EQ(accepted, 51u);
  // Each reason but a spent budget and libraries that differ.
  for (const char* reason : {"malformed", "limit", "unsupported", "checkpoint", "origin",
                             "unsigned", "duplicate", "signature", "inclusion"}) {
    EXPECT_GE(refused[reason], 1u) << reason;
  }
}

class RealProof : public testing::Test {
 protected:
  std::expected<Logged, std::string> judge_bytes(std::string_view bytes) const {
    return judge(bytes, entry_, kSumdbOrigin, keys_);
  }
  const std::string bytes_ = read_file("sumdb/p00.tlog-proof");
  const std::string entry_ = read_file("sumdb/p00.leaf");
  const test::Keys keys_ = test::read_keys("sumdb/policy.txt");
};

TEST_F(RealProof, SaysWhereTheEntryStands) {
  const auto logged = judge_bytes(bytes_);
  ASSERT_TRUE(logged) << logged.error();
  EXPECT_EQ(logged->index, 3'118u);
  EXPECT_EQ(logged->checkpoint.size, 10'715'501u);
  EXPECT_EQ(logged->checkpoint.origin, kSumdbOrigin);
  EXPECT_EQ(logged->signers, (std::vector<NoteSigner>{{0, std::nullopt}}));
}

TEST_F(RealProof, NoByteCanBeChanged) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    std::string bad = bytes_;
    bad[i] = static_cast<char>(bad[i] ^ 1 << i % 8);
    EXPECT_FALSE(judge_bytes(bad)) << i;
  }
}

TEST_F(RealProof, NoByteCanBeMissingOrAdded) {
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    EXPECT_FALSE(judge_bytes(bytes_.substr(0, i))) << i;
    EXPECT_FALSE(judge_bytes(std::string(bytes_).insert(i, "A"))) << i;
  }
  EXPECT_FALSE(judge_bytes(bytes_ + "\n"));
  EXPECT_FALSE(judge_bytes(bytes_ + bytes_));
}

TEST_F(RealProof, OfNoOtherEntry) {
  for (std::size_t i = 0; i < entry_.size(); ++i) {
    std::string bad = entry_;
    bad[i] = static_cast<char>(bad[i] ^ 1 << i % 8);
    EXPECT_EQ(judge(bytes_, bad, kSumdbOrigin, keys_).error(), "inclusion") << i;
  }
  EXPECT_EQ(judge(bytes_, "", kSumdbOrigin, keys_).error(), "inclusion");
}

TEST_F(RealProof, OfNoOtherOrigin) {
  for (const std::string_view origin : {"", "go.sum database tre", "go.sum database tree\n",
                                        "sum.golang.org", "GO.SUM DATABASE TREE"}) {
    EXPECT_EQ(judge(bytes_, entry_, origin, keys_).error(), "origin") << origin;
  }
}

TEST_F(RealProof, OfNoOtherKey) {
  test::Keys other = test::read_keys("court-log/policy-3of5.txt");
  EXPECT_EQ(judge(bytes_, entry_, kSumdbOrigin, other).error(), "unsigned");
  // The log's own key as a witness's signs nothing for the log.
  other.witnesses = keys_.log;
  EXPECT_EQ(judge(bytes_, entry_, kSumdbOrigin, other).error(), "unsigned");
}

TEST_F(RealProof, ExtraDataAreCarriedAndProveNothing) {
  LogProof proof = parse_log_proof(bytes_).value();
  EXPECT_FALSE(proof.extra);
  proof.extra = core::Bytes{0, 1, 2};
  const std::string with_extra = encode_log_proof(proof);
  EXPECT_EQ(parse_log_proof(with_extra), proof);
  EXPECT_TRUE(judge_bytes(with_extra));
}

TEST_F(RealProof, BudgetAndLibrariesAreNamed) {
  const LogProof proof = parse_log_proof(bytes_).value();
  core::Limits limits;
  limits.signatures = 0;
  crypto::SignatureChecker spent(crypto::production_engines(), limits);
  EXPECT_EQ(
      verify_log_proof(proof, core::as_bytes(entry_), kSumdbOrigin, keys_.log[0], spent).error(),
      LogProofFault::kBudget);
  // An accepted signature, and then a digest on which they differ.
  const test::WrongEngine wrong;
  crypto::SignatureChecker differing({crypto::production_engines().first, &wrong}, {});
  EXPECT_EQ(verify_log_proof(proof, core::as_bytes(entry_), kSumdbOrigin, keys_.log[0], differing)
                .error(),
            LogProofFault::kEnginesDisagree);
  std::string bad_signature = bytes_;
  bad_signature[bytes_.size() - 10] ^= 1;
  crypto::SignatureChecker fresh({crypto::production_engines().first, &wrong}, {});
  EXPECT_EQ(verify_log_proof(parse_log_proof(bad_signature).value(), core::as_bytes(entry_),
                             kSumdbOrigin, keys_.log[0], fresh)
                .error(),
            LogProofFault::kEnginesDisagree);
}

TEST(LogProofGrammar, IsStrict) {
  const std::string header = "c2sp.org/tlog-proof@v1\n";
  const std::string hash =
      encode_log_proof({{}, 0, {TreeHash{}}, ""}).substr(header.size() + 8, 45);
  ASSERT_TRUE(parse_log_proof(header + "index 0\n\nx"));
  ASSERT_TRUE(parse_log_proof(header + "extra AA==\nindex 0\n" + hash + "\nx"));
  for (const std::string& bad :
       std::vector<std::string>{header,
                                header + "\n",
                                header + "index 0\n",
                                header + "index 0\n\n",
                                header + "index 0\n" + hash,
                                header + "index 0\n" + hash + "\n",
                                header + "index 0\nx\n\nx",
                                header + "index 0 \n\nx",
                                header + "index  0\n\nx",
                                header + "index\n\nx",
                                header + "index \n\nx",
                                header + "index -1\n\nx",
                                header + "index +1\n\nx",
                                header + "index 00\n\nx",
                                header + "index 9223372036854775808\n\nx",
                                header + "index 18446744073709551616\n\nx",
                                header + "index 0x1\n\nx",
                                header + "Index 0\n\nx",
                                header + "\nindex 0\n\nx",
                                header + hash + "\nx",
                                header + "extra \nindex 0\n\nx",
                                header + "extra\nindex 0\n\nx",
                                header + "extra AA\nindex 0\n\nx",
                                header + "extra AB==\nindex 0\n\nx",
                                header + "extra AA== \nindex 0\n\nx",
                                header + "extra AA==\n\nx",
                                header + "extra AA==\nextra AA==\nindex 0\n\nx",
                                header + "index 0\nextra AA==\n\nx",
                                header + "index 0\nindex 0\n\nx",
                                header + "index 0\n " + hash + "\nx",
                                header + "index 0\r\n\r\nx",
                                header + "index 0\n" + hash.substr(4) + "\nx"}) {
    EXPECT_EQ(parse_log_proof(bad).error().code, ErrorCode::kMalformed) << bad;
  }
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("c2sp.org/tlog-proof@v1"), "\n" + header + "index 0\n\nx",
           " " + header + "index 0\n\nx", std::string("c2sp.org/tlog-proof@v2\nindex 0\n\nx"),
           std::string("c2sp.org/tlog-proof@v1\r\nindex 0\n\nx")}) {
    EXPECT_EQ(parse_log_proof(bad).error().code, ErrorCode::kUnsupported) << bad;
  }
}

TEST(LogProofGrammar, LimitsAreKept) {
  const std::vector<TreeHash> longest(kMaxInclusionPath);
  const std::vector<TreeHash> longer(kMaxInclusionPath + 1);
  EXPECT_TRUE(parse_log_proof(encode_log_proof({{}, 0, longest, "x"})));
  EXPECT_EQ(parse_log_proof(encode_log_proof({{}, 0, longer, "x"})).error().code,
            ErrorCode::kLimit);
  const std::string huge(kLogProofBytes, 'x');
  EXPECT_EQ(parse_log_proof(encode_log_proof({{}, 0, {}, huge})).error().code, ErrorCode::kLimit);
}

// From an entry to a proof that another reader verifies.
TEST(LogProof, OfALogOfOurOwn) {
  test::MemoryTree tree;
  for (int i = 0; i < 7; ++i) tree.append(leaf_hash(core::as_bytes("entry " + std::to_string(i))));
  const auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
  const auto log_key = NoteVerifier::make("a/log", NoteKeyType::kEd25519, key.public_key()).value();
  const auto proof_for = [&](std::uint64_t size) {
    const auto text = encode_checkpoint({"a/log", size, root(size, tree).value(), {}}).value();
    return LogProof{core::to_bytes("entry 3"), 3, inclusion_proof(3, 7, tree).value(),
                    sign_note(text, "a/log", key).value()};
  };
  Checker checker;
  const LogProof proof = parse_log_proof(encode_log_proof(proof_for(7))).value();
  const auto verify = [&](const LogProof& shown, const NoteVerifier& by) {
    return verify_log_proof(shown, *shown.extra, "a/log", by, checker);
  };
  const auto logged = verify(proof, log_key);
  ASSERT_TRUE(logged) << name(logged.error());
  EXPECT_EQ(logged->checkpoint.size, 7u);
  EXPECT_EQ(verify(proof_for(6), log_key).error(), LogProofFault::kInclusion);
  LogProof bad = proof;
  bad.index = 2;
  EXPECT_EQ(verify(bad, log_key).error(), LogProofFault::kInclusion);
  bad = proof;
  bad.checkpoint = sign_note("a/log\n7\n", "a/log", key).value();
  EXPECT_EQ(verify(bad, log_key).error(), LogProofFault::kCheckpoint);
  bad.checkpoint = "a/log\n";
  EXPECT_EQ(verify(bad, log_key).error(), LogProofFault::kCheckpoint);
  const auto stranger = crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
  EXPECT_EQ(
      verify(proof,
             NoteVerifier::make("a/log", NoteKeyType::kEd25519, stranger.public_key()).value())
          .error(),
      LogProofFault::kUnsigned);
}

}  // namespace
}  // namespace heyan::transparency
