// The reader of receipts: one spelling of each, and nothing beside it.
#include "verifier/ledgers/ccf/receipt.h"
#include "tests/unit/ccf/service.h"
#include "tests/unit/tlog/item.h"

namespace heyan::ledgers::ccf {
namespace {

using test::CcfService;
using test::vector_file;

core::Result<Answer> read(const std::string& text) {
  return read_answer(core::as_bytes(text), core::Limits());
}

class CcfReceipt : public ::testing::Test {
 protected:
  std::string changed(const std::string& from, const std::string& to) const {
    std::string text = text_;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }
  bool refused(const std::string& from, const std::string& to) const {
    return !read(changed(from, to)).has_value();
  }

  std::string text_ = vector_file("ccf/receipt1.json");
};

TEST_F(CcfReceipt, RealOnesInBothSpellings) {
  const auto snake = read(text_);
  ASSERT_TRUE(snake.has_value());
  EXPECT_EQ(snake->receipt.leaf->transaction, "2.35");
  EXPECT_EQ(snake->receipt.leaf->seqno, 35U);
  EXPECT_TRUE(snake->receipt.leaf->claims_nothing());
  EXPECT_EQ(snake->receipt.path.size(), 3U);
  const auto camel = read(vector_file("ccf/receipt3.json"));
  ASSERT_TRUE(camel.has_value());
  EXPECT_FALSE(camel->receipt.leaf->claims_nothing());
  EXPECT_FALSE(camel->claims.has_value());
}

TEST_F(CcfReceipt, RefusesWhatTwoReadersCouldTakeDifferently) {
  EXPECT_TRUE(refused("\"node_id\"", "\"nodeId\""));  // one name of the other spelling
  EXPECT_TRUE(refused("\"node_id\"", "\"note\": 1, \"node_id\""));
  EXPECT_TRUE(refused("\"node_id\"", "\"node_id\": \"\", \"node_id\""));
  const std::string zeros(64, '0');
  EXPECT_TRUE(refused("\"left\"", "\"right\": \"" + zeros + "\", \"left\""));
  EXPECT_TRUE(refused("{\n   \"left\"", "{}, {\n   \"left\""));
  EXPECT_TRUE(refused("\"left\"", "\"up\""));
  EXPECT_TRUE(refused("\"is_signature_transaction\": false", "\"is_signature_transaction\": true"));
  EXPECT_TRUE(refused("\"is_signature_transaction\": false", "\"is_signature_transaction\": 0"));
  EXPECT_TRUE(refused("\"leaf_components\"", "\"leaf\": \"00\", \"leaf_components\""));
  EXPECT_TRUE(refused("\"service_endorsements\": []", "\"service_endorsements\": [1]"));
  EXPECT_TRUE(refused("\"service_endorsements\": []", "\"service_endorsements\": null"));
  EXPECT_FALSE(read(text_ + "x").has_value());
  EXPECT_FALSE(read(text_.substr(0, text_.size() - 1)).has_value());
  EXPECT_FALSE(read("[]").has_value());
  EXPECT_FALSE(read("{}").has_value());
}

TEST_F(CcfReceipt, PartsHaveThirtyTwoBytesOfLowerCase) {
  EXPECT_TRUE(refused("5e949d6d", "5E949d6d"));
  EXPECT_TRUE(refused("5e949d6d", "949d6d"));
  EXPECT_TRUE(refused("fef1aa22", "fef1aa2200"));
  EXPECT_TRUE(refused("fef1aa22", "0xfef1aa"));
  EXPECT_TRUE(refused("\"signature\": \"MEY", "\"signature\": \"ME-"));
}

TEST_F(CcfReceipt, TheEvidenceNamesATransaction) {
  EXPECT_TRUE(refused("ce:2.35:", "ce:2.035:"));
  EXPECT_TRUE(refused("ce:2.35:", "ce:2:"));
  EXPECT_TRUE(refused("ce:2.35:", "ce:2.3.5:"));
  EXPECT_TRUE(refused("ce:2.35:", "ce:-2.35:"));
  EXPECT_TRUE(refused("ce:2.35:", "ce:2.9223372036854775808:"));
  EXPECT_TRUE(refused("ce:2.35:", "cf:2.35:"));
  EXPECT_TRUE(refused("ce:2.35:", "ce:"));
  EXPECT_TRUE(refused("ce:2.35:", ""));
}

TEST_F(CcfReceipt, BoundsItsLists) {
  const std::string step = "{\"left\": \"" + std::string(64, '0') + "\"},";
  std::string many = "\"proof\": [";
  for (std::size_t i = 0; i < kMostSteps; ++i) many += step;
  EXPECT_EQ(read(changed("\"proof\": [", many)).error().code, core::ErrorCode::kLimit);
  std::string all = "\"service_endorsements\": [\"\"";
  for (std::size_t i = 0; i < kMostEndorsements; ++i) all += ",\"\"";
  EXPECT_EQ(read(changed("\"service_endorsements\": [", all)).error().code,
            core::ErrorCode::kLimit);
  EXPECT_EQ(read(std::string(kAnswerBytes + 1, ' ')).error().code, core::ErrorCode::kLimit);
}

TEST_F(CcfReceipt, ASignatureTransactionHasARootAndNoPath) {
  const CcfService service;
  core::json::Value value = service.signature_receipt();
  const auto answer = read(core::json::write_canonical(value));
  ASSERT_TRUE(answer.has_value());
  EXPECT_FALSE(answer->receipt.leaf.has_value());
  std::string text = core::json::write_canonical(value);
  text.replace(text.find("\"proof\":[]"), 10,
               "\"proof\":[{\"left\":\"" + std::string(64, '0') + "\"}]");
  EXPECT_FALSE(read(text).has_value());
}

TEST_F(CcfReceipt, TheAnswerIsAboutItsReceipt) {
  const std::string text = core::json::write_canonical(CcfService().answer("{}"));
  EXPECT_EQ(read(text)->claims->size(), 1U);
  const auto refused_in = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    return !read(other).has_value();
  };
  EXPECT_TRUE(refused_in("\"transactionId\":\"2.13\"", "\"transactionId\":\"2.14\""));
  EXPECT_TRUE(refused_in("\"state\":\"Ready\"", "\"state\":\"Loading\""));
  EXPECT_TRUE(refused_in("\"state\":", "\"status\":"));
  EXPECT_TRUE(refused_in("\"receipt\":", "\"receipts\":"));
  EXPECT_TRUE(refused_in("\"applicationClaims\":[", "\"applicationClaims\":[[],"));
  EXPECT_TRUE(refused_in("\"secretKey\":\"", "\"secretKey\":\"*"));
  EXPECT_TRUE(refused_in("\"kind\":\"LedgerEntry\"", "\"digest\":{},\"kind\":\"LedgerEntry\""));
  std::string other = text;
  other.replace(other.find("LedgerEntryV1"), 13, "LedgerEntryV2");
  EXPECT_EQ(read(other).error().code, core::ErrorCode::kUnsupported);
  other = text;
  other.replace(other.find("\"LedgerEntry\""), 13, "\"Something\"");
  EXPECT_EQ(read(other).error().code, core::ErrorCode::kUnsupported);
}

TEST_F(CcfReceipt, ClaimsMayBeDigestsOfEntries) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const auto claims = [](const std::string& text) {
    return read_claims(*core::json::parse(core::as_bytes(text), {}));
  };
  const auto entry = claims(vector_file("ccf/receipt3.claims.json"));
  ASSERT_TRUE(entry.has_value());
  const std::string expected = "d08d8764437d09b2d4d07d52293cddaf40f44a3ea2176a0528819a80002df9f6";
  EXPECT_EQ(core::to_hex(*claims_digest(*entry, checker)), expected);
  // d of that entry, computed by OpenSSL alone.
  const auto mac = [&](const std::string& text) {
    return crypto::hmac_sha256(entry->front().entry->key, core::as_bytes(text));
  };
  core::Bytes both = mac(entry->front().entry->collection);
  const core::Bytes contents = mac(entry->front().entry->contents);
  both.insert(both.end(), contents.begin(), contents.end());
  const std::string digest =
      "[{\"kind\":\"ClaimDigest\",\"digest\":{\"protocol\":\"LedgerEntryV1\","
      "\"value\":\"" +
      core::to_hex(crypto::sha256(both)) + "\"}}]";
  EXPECT_EQ(core::to_hex(*claims_digest(*claims(digest), checker)), expected);
  EXPECT_FALSE(claims("[]").has_value());
  EXPECT_FALSE(claims("{}").has_value());
  std::string many = digest;
  for (std::size_t i = 0; i < kMostClaims; ++i)
    many.insert(many.size() - 1, "," + digest.substr(1, digest.size() - 2));
  EXPECT_EQ(claims(many).error().code, core::ErrorCode::kLimit);
}

TEST_F(CcfReceipt, IsRecognisedByItsFirstBytes) {
  const auto looks = [](const std::string& text) {
    return looks_like_receipt(core::as_bytes(text.substr(0, 256)));
  };
  EXPECT_TRUE(looks(text_));
  EXPECT_TRUE(looks("\n" + vector_file("ccf/receipt3.json")));
  EXPECT_TRUE(looks(core::json::write_canonical(CcfService().answer("{}"))));
  EXPECT_FALSE(looks("\"cert\" \"-----BEGIN CERTIFICATE-----"));
  EXPECT_FALSE(looks("{\"certificate\": \"-----BEGIN CERTIFICATE-----"));
  EXPECT_FALSE(looks("{}"));
}

}  // namespace
}  // namespace heyan::ledgers::ccf
