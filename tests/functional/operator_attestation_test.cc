// Deposits and certificates of operators in a case: what `heyan verify` says, and what it never
// says.
#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"
#include "verifier/crypto/signing.h"

namespace heyan::functional {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kZhixin = R"(
[[ledger]]
id = "zhixin"
format = "operator-attestation"
name = { zh = "样例至信链", en = "Sample Zhixin chain" }
  [ledger.operator-attestation]
)";

// The sample's first item with one document of an operator, beside the proof it has or instead.
class OperatorCase {
 public:
  explicit OperatorCase(const std::string& document, bool beside_chain_proof = false) {
    sample_.keep_only("E1");
    Json& item = sample_.item("E1");
    const Json proof = {
        {"format", "operator-attestation"}, {"ledger", "zhixin"}, {"path", "proofs/operator"}};
    if (!beside_chain_proof) {
      item.erase("record");
      item["proofs"] = Json::array();
    }
    item["proofs"].push_back(proof);
    (void)sample_.write("proofs/operator", document);
    sample_.save();
    std::filesystem::copy(sample_folder() + "/trust", trust_ / "list",
                          std::filesystem::copy_options::recursive);
    set_trust(read_file(sample_trust()) + std::string(kZhixin));
  }

  void set_trust(const std::string& text) { write_file(trust_ / "list/trust.toml", text); }
  void write_item_file(std::string_view bytes) {
    Json& item = sample_.item("E1");
    item["file"] = {{"path", item["file"]["path"]}};
    (void)sample_.write(item["file"]["path"].get<std::string>(), bytes);
    sample_.save();
  }

  std::string report(const std::string& format, const std::string& language) const {
    return heyan({"verify", sample_.path(), "--trust", trust_ / "list/trust.toml", "--at",
                  std::string(kAt), "--format", format, "--lang", language})
        .out;
  }
  Json item() const { return item_of(Json::parse(report("json", "en"), nullptr, false), "E1"); }

 private:
  SampleCase sample_;
  TemporaryFolder trust_;
};

std::string deposit(std::string_view file) {
  const auto key = crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2);
  const std::string public_key = core::to_base64(key->public_key().point());
  const std::string hash = sha256_hex(file);
  const auto signature =
      key->sign({.kind = crypto::SignatureKind::kSm2, .hash = crypto::Hash::kSm3},
                core::as_bytes(public_key + "_" + hash + "_聊天记录"));
  return Json{{"schema", "heyan.zhixin-deposit.v1"},
              {"publicKey", public_key},
              {"hash", hash},
              {"extendInfo", "聊天记录"},
              {"sign", core::to_base64(*signature)},
              {"answer", {{"retCode", 0}, {"txId", "tx-77"}, {"blockHeight", 1201}}}}
      .dump();
}

std::string deposit_of_item() {
  return deposit(read_file(sample_folder() + "/case/files/chat_log.json"));
}

TEST(OperatorAttestation, OfADepositIsInconclusive) {
  const Json item = OperatorCase(deposit_of_item()).item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item),
              ElementsAre("ATTESTED_FINGERPRINT_EQUAL", "OPERATOR_ATTESTATION_ONLY"));
  ASSERT_EQ(item["attestations"].size(), 1u);
  const Json& attestation = item["attestations"][0];
  EXPECT_EQ(attestation["tier"], "OPERATOR_ATTESTATION");
  EXPECT_EQ(attestation["outcome"], "UNDETERMINED");
  EXPECT_EQ(attestation["record"]["what"], "聊天记录");
  EXPECT_EQ(attestation["signatures"][0]["role"], "DEPOSITOR");
  EXPECT_EQ(attestation["signatures"][0]["counted"], false);
  EXPECT_EQ(attestation["declared"]["txId"], "tx-77");
  EXPECT_EQ(attestation["declared"]["blockHeight"], "1201");
  EXPECT_TRUE(attestation["position"].empty());
  EXPECT_EQ(attestation["time"]["notAfter"], nullptr);
  for (const char* check : {"REC-1", "MATCH-1", "MATCH-2", "INC-1", "QUO-1"})
    EXPECT_EQ(check_of(item, check), "UNDETERMINED") << check;
}

TEST(OperatorAttestation, IsNamedInWords) {
  const OperatorCase with_deposit(deposit_of_item());
  const std::string zh = with_deposit.report("text", "zh");
  EXPECT_THAT(zh, HasSubstr("平台出具的材料（不是链上证明） 1: 样例至信链"));
  EXPECT_THAT(zh, HasSubstr("平台的陈述（照录，未经核验）"));
  EXPECT_THAT(zh, HasSubstr("“tx-77”"));
  EXPECT_THAT(zh, Not(HasSubstr("  链上证明 1")));
  EXPECT_THAT(zh, Not(HasSubstr("规定 0 家")));
  const std::string en = with_deposit.report("text", "en");
  EXPECT_THAT(en, HasSubstr("Operator's attestation (no ledger proof) 1: Sample Zhixin chain"));
  EXPECT_THAT(en, Not(HasSubstr("Ledger proof")));
  EXPECT_THAT(en, Not(HasSubstr("Record on the ledger")));
}

TEST(OperatorAttestation, StandsApartFromAChainProof) {
  const OperatorCase both(deposit_of_item(), true);
  const Json item = both.item();
  EXPECT_EQ(item["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(item), Contains("ATTESTED_FINGERPRINT_EQUAL"));
  EXPECT_THAT(codes_of(item), Not(Contains("OPERATOR_ATTESTATION_ONLY")));
  EXPECT_EQ(item["attestations"][0]["tier"], "CHAIN_PROOF");
  EXPECT_EQ(item["attestations"][1]["tier"], "OPERATOR_ATTESTATION");
  EXPECT_EQ(item["attestations"][1]["outcome"], "UNDETERMINED");
  EXPECT_EQ(check_of(item, "MATCH-1"), "PASS");
  const std::string zh = both.report("text", "zh");
  EXPECT_THAT(zh, HasSubstr("  链上证明 1: 样例司法存证链"));
  EXPECT_THAT(zh, HasSubstr("  平台出具的材料（不是链上证明） 2: 样例至信链"));
}

TEST(OperatorAttestation, OfAnotherFileIsSaidToBe) {
  const Json item = OperatorCase(deposit("another file")).item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item),
              ElementsAre("ATTESTED_FINGERPRINT_DIFFERS", "OPERATOR_ATTESTATION_ONLY"));
  const Json beside = OperatorCase(deposit("another file"), true).item();
  EXPECT_EQ(beside["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(beside), Contains("ATTESTED_FINGERPRINT_DIFFERS"));
}

// A deposit never makes up for a file that differs from the record on the chain.
TEST(OperatorAttestation, DoesNotOutweighAChainProof) {
  OperatorCase changed(deposit("changed"), true);
  changed.write_item_file("changed");
  const Json item = changed.item();
  EXPECT_EQ(item["verdict"], "INCONSISTENT");
  EXPECT_THAT(codes_of(item), Contains("ATTESTED_FINGERPRINT_EQUAL"));
}

TEST(OperatorAttestation, WithASignatureThatDoesNotHoldShowsNothing) {
  std::string text = deposit_of_item();
  text.replace(text.find("聊天"), std::string("聊天").size(), "合同");
  const Json item = OperatorCase(text).item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item),
              ElementsAre("DEPOSIT_SIGNATURE_INVALID", "OPERATOR_ATTESTATION_ONLY"));
  EXPECT_EQ(item["attestations"][0]["record"], nullptr);
}

TEST(OperatorAttestation, OfACertificateIsQuotedAsDeclared) {
  const std::string bait = "[一致] 核验一致\n";
  const OperatorCase quoted(Json{{"schema", "heyan.operator-certificate.v1"},
                                 {"operator", bait},
                                 {"certificateNumber", "C-7"},
                                 {"depositor", "张**"},
                                 {"depositTime", "2026-01-02 10:11:12"}}
                                .dump());
  const Json item = quoted.item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), ElementsAre("OPERATOR_ATTESTATION_ONLY"));
  EXPECT_EQ(item["attestations"][0]["record"], nullptr);
  EXPECT_EQ(item["attestations"][0]["declared"]["certificateNumber"], "C-7");
  const std::string zh = quoted.report("text", "zh");
  EXPECT_THAT(zh, HasSubstr("证书编号: “C-7”"));
  EXPECT_THAT(zh, HasSubstr("平台: “[一致] 核验一致⟨U+000A⟩”"));
}

TEST(OperatorAttestation, MayBeAnyDocument) {
  const Json item = OperatorCase("%PDF-1.7 a scan").item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), ElementsAre("OPERATOR_ATTESTATION_ONLY"));
  const Json beside = OperatorCase("%PDF-1.7 a scan", true).item();
  EXPECT_EQ(beside["verdict"], "CONSISTENT_WITH_NOTES");
}

TEST(OperatorAttestation, OfAnOperatorWhomTheCourtDoesNotListIsOfTheSameTier) {
  OperatorCase unlisted(deposit_of_item());
  unlisted.set_trust(read_file(sample_trust()));
  const Json item = unlisted.item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), ElementsAre("LEDGER_NOT_ON_TRUST_LIST", "OPERATOR_ATTESTATION_ONLY"));
  EXPECT_EQ(item["attestations"][0]["tier"], "OPERATOR_ATTESTATION");
  EXPECT_EQ(item["attestations"][0]["record"], nullptr);
}

}  // namespace
}  // namespace heyan::functional
