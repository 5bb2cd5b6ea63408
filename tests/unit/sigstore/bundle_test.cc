// The readers of bundles, entries and trusted roots: one spelling of each, and nothing beside it.
#include "tests/unit/sigstore/rekor.h"
#include "tests/unit/tlog/item.h"
#include "verifier/ledgers/sigstore/body.h"
#include "verifier/ledgers/sigstore/trusted_root.h"

namespace heyan::ledgers::sigstore {
namespace {

using core::ErrorCode;
using test::log_list;
using test::parse_list;
using test::Rekor;
using test::vector_file;
using ::testing::HasSubstr;

core::Result<Bundle> read(const std::string& text) {
  return read_bundle(core::as_bytes(text), core::Limits());
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class SigstoreBundle : public ::testing::Test {
 protected:
  ErrorCode error(const std::string& from, const std::string& to) const {
    const auto bundle = read(replaced(text_, from, to));
    EXPECT_FALSE(bundle.has_value()) << to;
    return bundle ? ErrorCode::kInternal : bundle.error().code;
  }
  bool refused(const std::string& from, const std::string& to) const {
    return error(from, to) != ErrorCode::kUnsupported;
  }

  std::string text_ = vector_file("sigstore/consortium-1-v1.sigstore.json");
};

TEST_F(SigstoreBundle, RealOnes) {
  const auto bundle = read(text_);
  ASSERT_TRUE(bundle.has_value());
  EXPECT_EQ(bundle->entry.log_index, 5'000'037U);
  EXPECT_EQ(bundle->entry.index, 37U);
  EXPECT_EQ(bundle->entry.size, 75U);
  EXPECT_EQ(bundle->entry.path.size(), 7U);
  EXPECT_EQ(bundle->entry.integrated_seconds, 1'770'000'001U);
  EXPECT_TRUE(read(vector_file("sigstore/conformance/managed-key-and-trusted-root/"
                               "bundle.sigstore.json"))
                  .has_value());
}

TEST_F(SigstoreBundle, EveryVersionOfBundlesIsReadAlike) {
  const std::string own = "bundle.v0.3+json";
  for (const std::string version : {"0.1", "0.2", "0.3"}) {
    EXPECT_TRUE(read(replaced(text_, own, "bundle+json;version=" + version)).has_value());
  }
  EXPECT_EQ(error(own, "bundle+json;version=0.4"), ErrorCode::kUnsupported);
  EXPECT_EQ(error(own, "bundle.v0.2+json"), ErrorCode::kUnsupported);
  EXPECT_EQ(error(own, "bundle.v0.3+json;x"), ErrorCode::kUnsupported);
  EXPECT_EQ(error(own, "bundle"), ErrorCode::kUnsupported);
}

TEST_F(SigstoreBundle, SaysWhatItDoesNotVerify) {
  EXPECT_EQ(error("\"publicKey\": {", "\"certificate\": {\"rawBytes\": \"\"}, \"publicKey\": {"),
            ErrorCode::kUnsupported);
  EXPECT_EQ(error("\"publicKey\": {", "\"x509CertificateChain\": {}, \"publicKey\": {"),
            ErrorCode::kUnsupported);
  EXPECT_EQ(error("\"messageSignature\"", "\"dsseEnvelope\": {}, \"messageSignature\""),
            ErrorCode::kUnsupported);
  EXPECT_EQ(error("\"SHA2_256\"", "\"SHA2_512\""), ErrorCode::kUnsupported);
  EXPECT_EQ(error("\"tlogEntries\": [", "\"tlogEntries\": [{},"), ErrorCode::kUnsupported);
}

TEST_F(SigstoreBundle, RefusesWhatTwoReadersCouldTakeDifferently) {
  EXPECT_TRUE(refused("\"logIndex\": \"5000037\"", "\"logIndex\": 5000037"));
  EXPECT_TRUE(refused("\"logIndex\": \"5000037\"", "\"logIndex\": \"-1\""));
  EXPECT_TRUE(refused("\"logIndex\": \"5000037\"", "\"logIndex\": \"05000037\""));
  EXPECT_TRUE(refused("\"logIndex\": \"5000037\"", "\"log_index\": \"5000037\""));
  EXPECT_TRUE(refused("\"treeSize\": \"75\"", "\"treeSize\": \"75\", \"treeSize\": \"75\""));
  EXPECT_TRUE(refused("\"treeSize\": \"75\"", "\"treeSize\": \"9223372036854775808\""));
  EXPECT_TRUE(refused("\"hint\"", "\"name\""));
  EXPECT_TRUE(refused("\"hint\": \"institution\"", "\"hint\": 1"));
  EXPECT_TRUE(refused("\"publicKey\"", "\"public_key\""));
  EXPECT_TRUE(
      refused("\"signedEntryTimestamp\": \"M", "\"signedEntryTimestamp\": \"\", \"x\": \"M"));
  EXPECT_TRUE(refused("\"signature\": \"MEU", "\"signature\": \"ME_"));
  EXPECT_TRUE(refused("\"keyId\": \"c", "\"keyId\": \""));
  EXPECT_TRUE(refused("\"envelope\"", "\"note\""));
  EXPECT_FALSE(read(text_ + "x").has_value());
  EXPECT_FALSE(read("{}").has_value());
}

TEST_F(SigstoreBundle, BoundsItsPath) {
  std::string many = "\"hashes\": [";
  for (std::size_t i = 0; i < 63; ++i) many += "\"" + core::to_base64(core::Bytes(32, 0)) + "\",";
  EXPECT_EQ(error("\"hashes\": [", many), ErrorCode::kLimit);
  EXPECT_EQ(read(std::string(kBundleBytes + 1, ' ')).error().code, ErrorCode::kLimit);
}

TEST_F(SigstoreBundle, IsRecognisedByItsFirstBytes) {
  const auto looks = [](const std::string& text) {
    return looks_like_bundle(core::as_bytes(text.substr(0, 256)));
  };
  EXPECT_TRUE(looks(text_));
  EXPECT_TRUE(looks(" \n" + text_));
  EXPECT_FALSE(looks("application/vnd.dev.sigstore.bundle"));
  EXPECT_FALSE(looks("{\"mediaType\": \"application/vnd.dev.sigstore.trustedroot+json\"}"));
}

class SigstoreBody : public ::testing::Test {
 protected:
  static LogEntry entry(const std::string& name) {
    return read(vector_file("sigstore/" + name + ".sigstore.json"))->entry;
  }
  static ErrorCode error(LogEntry entry, const std::string& from, const std::string& to) {
    entry.body = core::to_bytes(std::string_view(replaced(core::to_string(entry.body), from, to)));
    const auto body = read_body(entry, core::Limits());
    EXPECT_FALSE(body.has_value()) << to;
    return body ? ErrorCode::kInternal : body.error().code;
  }
};

TEST_F(SigstoreBody, BothVersionsSayTheSame) {
  const auto first = read_body(entry("consortium-1-v1"), core::Limits());
  const auto second = read_body(entry("consortium-1-v2"), core::Limits());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->digest, second->digest);
  EXPECT_EQ(first->signature, second->signature);
  EXPECT_EQ(first->key, second->key);
}

TEST_F(SigstoreBody, RefusesWhatItDoesNotKnow) {
  const LogEntry first = entry("consortium-1-v1");
  EXPECT_EQ(error(first, "\"0.0.1\"", "\"0.0.2\""), ErrorCode::kChanged);
  EXPECT_EQ(error(first, "\"hashedrekord\"", "\"intoto\""), ErrorCode::kChanged);
  EXPECT_EQ(error(first, "\"sha256\"", "\"sha512\""), ErrorCode::kUnsupported);
  EXPECT_EQ(error(first, "\"value\":\"d", "\"value\":\"D"), ErrorCode::kMalformed);
  EXPECT_EQ(error(first, "\"spec\"", "\"x\":1,\"spec\""), ErrorCode::kUnknown);
  EXPECT_EQ(error(first, "\"spec\"", "\"kind\":\"\",\"spec\""), ErrorCode::kDuplicate);
  EXPECT_EQ(error(first, "\"LS0tLS1CRUdJTiBQVUJMSUMg", "\"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0t"),
            ErrorCode::kUnsupported);
  const LogEntry second = entry("consortium-1-v2");
  EXPECT_EQ(error(second, "PKIX_ECDSA_P256_SHA_256", "PKIX_ED25519"), ErrorCode::kUnsupported);
  EXPECT_EQ(error(second, "\"verifier\":{", "\"verifier\":{\"x509Certificate\":{},"),
            ErrorCode::kUnsupported);
  EXPECT_EQ(error(second, "SHA2_256", "SHA3_256"), ErrorCode::kUnsupported);
  LogEntry other = second;
  other.kind = "dsse";
  EXPECT_EQ(read_body(other, core::Limits()).error().code, ErrorCode::kUnsupported);
  other = second;
  other.version = "0.0.3";
  EXPECT_EQ(read_body(other, core::Limits()).error().code, ErrorCode::kUnsupported);
}

core::Result<std::vector<TrustedLog>> logs(const std::string& text) {
  return read_trusted_root(core::as_bytes(text), core::Limits());
}

TEST(SigstoreTrustedRoot, RealOnes) {
  const auto all = logs(vector_file("sigstore/trusted_root.public-good.json"));
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->at(0).name, "rekor.sigstore.dev");
  EXPECT_FALSE(all->at(0).is_second_version());
  EXPECT_EQ(all->at(1).name, "log2025-1.rekor.sigstore.dev");
  EXPECT_TRUE(all->at(1).is_second_version());
  EXPECT_FALSE(all->at(1).until.has_value());
}

TEST(SigstoreTrustedRoot, RefusesWhatIsNotWhole) {
  const std::string root = vector_file("sigstore/consortium.trusted_root.json");
  const auto refused = [&](const std::string& from, const std::string& to) {
    return !logs(replaced(root, from, to)).has_value();
  };
  EXPECT_TRUE(refused("\"start\"", "\"begin\""));
  EXPECT_TRUE(refused("\"2026-01-01T00:00:00Z\"", "\"2026\""));
  EXPECT_TRUE(refused("https://rekor", "http://rekor"));
  EXPECT_TRUE(refused("\"keyId\": \"c", "\"keyId\": \"d"));
  EXPECT_TRUE(refused("https://v2.rekor", "https://v3.rekor"));  // the id of Ed25519 keys is of it
  EXPECT_TRUE(refused("\"tlogs\"", "\"logs\""));
  EXPECT_TRUE(refused("trustedroot", "bundle"));
  EXPECT_FALSE(logs("{}").has_value());
  // The other has no start: sigstore-conformance, trust-root-tlog-missing-validity-start_fail.
  EXPECT_FALSE(logs(vector_file("sigstore/conformance/trust-root-tlog-missing-validity-start_fail/"
                                "trusted_root.json"))
                   .has_value());
  const std::string log = "{\"baseUrl\":";
  const std::string twice = Rekor(Rekor::Version::kFirst).trusted_root();
  const std::size_t start = twice.find(log);
  const std::string own = twice.substr(start, twice.rfind(']') - start);
  EXPECT_EQ(logs(replaced(twice, own, own + "," + own)).error().code, ErrorCode::kDuplicate);
}

TEST(SigstoreTrust, NamesWhatIsWrong) {
  const Rekor rekor(Rekor::Version::kFirst);
  const std::string lines = "trusted_root = \"root\"\noperator = \"platform\"\nkeys = [\"key\"]\n";
  const auto defects = [&](const std::string& text, const std::string& entry) {
    const auto list = parse_list({{"trust.toml", log_list("sigstore", text, entry)},
                                  {"root", rekor.trusted_root()},
                                  {"startless", rekor.trusted_root("")},
                                  {"key", rekor.key_pem()}});
    return list ? std::string("ok") : list.error();
  };
  const std::string quorum = "quorum = \"both\"\n";
  EXPECT_EQ(defects(lines, quorum), "ok");
  EXPECT_THAT(defects(lines, ""), HasSubstr("the ledger has no quorum"));
  EXPECT_THAT(defects(replaced(lines, "\"root\"", "\"startless\""), quorum),
              HasSubstr("the start of its period"));
  EXPECT_THAT(defects(replaced(lines, "trusted_root = \"root\"\n", ""), quorum),
              HasSubstr("sigstore.trusted_root: is missing"));
  EXPECT_THAT(defects(replaced(lines, "operator = \"platform\"\n", ""), quorum),
              HasSubstr("sigstore.operator: is missing"));
  EXPECT_THAT(defects(replaced(lines, "platform", "platfrom"), quorum),
              HasSubstr("no institution has the id \"platfrom\""));
  EXPECT_THAT(defects(replaced(lines, "keys = [\"key\"]\n", ""), quorum),
              HasSubstr("sigstore.keys: names no file"));
  EXPECT_THAT(defects(replaced(lines, "[\"key\"]", "[\"root\"]"), quorum),
              HasSubstr("root: no ECDSA key on P-256"));
  EXPECT_THAT(defects(replaced(lines, "[\"key\"]", "[\"none\"]"), quorum),
              HasSubstr("sigstore.keys"));
  EXPECT_THAT(defects(lines + "policy = \"x\"\n", quorum), HasSubstr("policy"));
  EXPECT_THAT(defects(lines, quorum + "[ledger.record]\nwho = \"/who\"\n"),
              HasSubstr("has no record"));
}

}  // namespace
}  // namespace heyan::ledgers::sigstore
