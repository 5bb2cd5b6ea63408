// Time stamps that an authority of the test makes with `openssl ts`, in a case: what `heyan verify`
// says, and what a time never does.
#include <gmock/gmock.h>

#include "tests/functional/openssl_authority.h"
#include "tests/functional/sample_case.h"

namespace heyan::functional {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The sample's first item with a stamp, beside the proof of its record or instead.
class StampedCase {
 public:
  StampedCase(const Authority& authority, const std::string& stamp, bool beside_record) {
    sample_.keep_only("E1");
    sample_.document["filedAt"] = kFiled;
    Json& item = sample_.item("E1");
    if (!beside_record) {
      item.erase("record");
      item["proofs"] = Json::array();
    }
    item["proofs"].push_back({{"path", "proofs/stamp.tsr"}});
    (void)sample_.write("proofs/stamp.tsr", stamp);
    sample_.save();
    std::filesystem::copy(sample_folder() + "/trust", trust_ / "list",
                          std::filesystem::copy_options::recursive);
    std::filesystem::create_directory(trust_ / "list/test-tsa");
    write_file(trust_ / "list/test-tsa/ca.pem", authority.file("ca.pem"));
    write_file(trust_ / "list/test-tsa/ca.crl", authority.file("ca.crl"));
    set_trust(read_file(sample_trust()) + std::string(kListed));
  }

  void forget_revocation() {
    std::string text = read_file(trust_ / "list/trust.toml");
    const std::string line = "  crl = [\"test-tsa/ca.crl\"]\n";
    text.replace(text.find(line), line.size(), "");
    set_trust(text);
  }
  void set_trust(const std::string& text) { write_file(trust_ / "list/trust.toml", text); }
  void write_item_file(std::string_view bytes) {
    Json& item = sample_.item("E1");
    item["file"] = {{"path", item["file"]["path"]}};
    (void)sample_.write(item["file"]["path"].get<std::string>(), bytes);
    sample_.save();
  }
  // Another record, and the block that it stands in.
  void set_record(const std::string& id, const std::string& block, bool stamped) {
    Json& item = sample_.item("E1");
    item["record"]["id"] = id;
    item["proofs"][0] = {
        {"format", "fabric"}, {"ledger", "judicial-fabric"}, {"path", "proofs/other.pb"}};
    if (!stamped) item["proofs"].erase(1);
    (void)sample_.write("proofs/other.pb", block);
    sample_.save();
  }
  // The platform's own revocation list, as the court got it.
  void revoke_platform(const std::string& root, const std::string& revoked) {
    write_file(trust_ / "list/test-tsa/platform.pem", root);
    write_file(trust_ / "list/test-tsa/platform.crl", revoked);
    std::string text = read_file(trust_ / "list/trust.toml");
    const std::size_t name = text.find("name = ", text.find("id = \"platform-a\""));
    text.insert(text.find('\n', name) + 1,
                "  [[institution.ca]]\n  file = \"test-tsa/platform.pem\"\n"
                "  crl = [\"test-tsa/platform.crl\"]\n");
    set_trust(text);
  }
  std::string report(const std::string& format, const std::string& language) const {
    return heyan({"verify", sample_.path(), "--trust", trust_ / "list/trust.toml", "--at",
                  std::string(kLater), "--format", format, "--lang", language})
        .out;
  }
  Json item() const { return item_of(Json::parse(report("json", "en"), nullptr, false), "E1"); }

 private:
  // After what `openssl ts` writes today, before the end of the sample's trust list.
  static constexpr std::string_view kFiled = "2029-12-31T00:00:00Z";
  static constexpr std::string_view kLater = "2030-01-01T00:00:00Z";
  SampleCase sample_;
  TemporaryFolder trust_;
};

std::string item_file() { return read_file(sample_folder() + "/case/files/chat_log.json"); }

TEST(TimeStamp, AloneIsNeverConsistent) {
  const Authority authority;
  const StampedCase stamped(authority, authority.stamp(item_file()), false);
  const Json item = stamped.item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), ElementsAre("TIME_PROOF_ONLY"));
  ASSERT_EQ(item["attestations"].size(), 1u);
  const Json& attestation = item["attestations"][0];
  EXPECT_EQ(attestation["tier"], "TIME_PROOF");
  EXPECT_EQ(attestation["format"], "rfc3161");
  EXPECT_EQ(attestation["outcome"], "PASS");
  EXPECT_EQ(attestation["record"]["digests"]["sha-256"], sha256_hex(item_file()));
  EXPECT_EQ(attestation["time"]["source"], "tsa:test-tsa");
  EXPECT_EQ(attestation["time"]["independent"], true);
  EXPECT_EQ(attestation["time"]["accuracyMicroseconds"], 500000);
  EXPECT_EQ(attestation["time"]["policy"], "1.2.3.4");
  EXPECT_EQ(attestation["time"]["class"], "licensed-ca");
  EXPECT_EQ(attestation["signatures"][0]["signer"], "Test TSA");
  EXPECT_EQ(attestation["signatures"][0]["institution"], "test-tsa");
  EXPECT_EQ(check_of(item, "TIM-1"), "PASS");
  const std::string zh = stamped.report("text", "zh");
  EXPECT_THAT(zh, HasSubstr("样例时间戳机构"));
  EXPECT_THAT(zh, HasSubstr("准确度 500 ms"));
  EXPECT_THAT(zh, HasSubstr("时间戳策略 1.2.3.4"));
  EXPECT_THAT(zh, Not(HasSubstr("规定 0 家")));
}

TEST(TimeStamp, ATimeIsShownThoughRevocationCannotBeLookedUp) {
  const Authority authority;
  StampedCase stamped(authority, authority.stamp(item_file()), false);
  stamped.forget_revocation();
  const Json item = stamped.item();
  EXPECT_EQ(item["attestations"][0]["outcome"], "PASS");
  EXPECT_EQ(check_of(item, "KEY-1"), "UNDETERMINED");
  EXPECT_THAT(codes_of(item), Contains("REVOCATION_UNAVAILABLE"));
}

TEST(TimeStamp, BesideARecordGivesTheIndependentTime) {
  const Authority authority;
  const Json item = StampedCase(authority, authority.stamp(item_file()), true).item();
  ASSERT_EQ(item["attestations"].size(), 2u);
  EXPECT_EQ(item["attestations"][0]["outcome"], "PASS");
  EXPECT_EQ(item["attestations"][1]["outcome"], "PASS");
  EXPECT_THAT(codes_of(item), Not(Contains("TIME_ONLY_FROM_NODE_CLOCK")));
  EXPECT_THAT(codes_of(item), Not(Contains("TIME_ONLY_DECLARED")));
  EXPECT_THAT(codes_of(item), Not(Contains("TIME_PROOF_ONLY")));
}

// A stamp over the file says nothing of when a node signed: whoever has its key today can sign
// today.
TEST(TimeStamp, OfTheFileNeverRescuesTheRevokedKeyOfANode) {
  const Authority authority;
  const std::string raft = std::string(HEYAN_VECTORS) + "/fabric/raft-a/";
  const auto judged = [&](bool stamped) {
    StampedCase one(authority, authority.stamp(item_file()), true);
    one.set_record("EV-2026-9023", read_file(raft + "chain/block_012.pb"), stamped);
    one.revoke_platform(read_file(raft + "trust/PlatformMSP.root.pem"),
                        read_file(raft + "trust/platform-crl.pem"));
    return one.item();
  };
  const Json without = judged(false);
  const Json with = judged(true);
  ASSERT_EQ(without["attestations"].size(), 1u);
  ASSERT_EQ(with["attestations"].size(), 2u);
  EXPECT_EQ(with["attestations"][1]["outcome"], "PASS");  // the time itself holds
  EXPECT_EQ(with["attestations"][0]["signatures"], without["attestations"][0]["signatures"]);
  EXPECT_EQ(with["attestations"][0]["quorum"], without["attestations"][0]["quorum"]);
  EXPECT_EQ(with["attestations"][0]["quorum"]["reached"], false);
  EXPECT_THAT(codes_of(with), Contains("NODE_CERT_REVOKED_NO_POE"));
  EXPECT_THAT(codes_of(with), Contains("QUORUM_NOT_REACHED"));
}

// A time never makes up for a file that differs from its record.
TEST(TimeStamp, OfAChangedFileDoesNotOutweighTheRecord) {
  const Authority authority;
  StampedCase changed(authority, authority.stamp("changed"), true);
  changed.write_item_file("changed");
  const Json item = changed.item();
  EXPECT_EQ(item["verdict"], "INCONSISTENT");
  EXPECT_EQ(item["attestations"][1]["outcome"], "PASS");
}

TEST(TimeStamp, OfAnotherFileIsANoteAndNoAccusation) {
  const Authority authority;
  const Json item = StampedCase(authority, authority.stamp("another file"), true).item();
  EXPECT_EQ(item["verdict"], "CONSISTENT_WITH_NOTES");
  EXPECT_THAT(codes_of(item), Contains("TIME_PROOF_OF_OTHER_FILE"));
  EXPECT_EQ(item["attestations"][1]["record"], nullptr);
  EXPECT_EQ(item["attestations"][1]["time"]["notAfter"], nullptr);
}

TEST(TimeStamp, ByAnAuthorityThatTheCourtDoesNotList) {
  const Authority authority;
  StampedCase unlisted(authority, authority.stamp(item_file()), false);
  unlisted.set_trust(read_file(sample_trust()));
  const Json item = unlisted.item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), Contains("INSTITUTION_NOT_ON_TRUST_LIST"));
  EXPECT_THAT(codes_of(item), Not(Contains("TIME_PROOF_ONLY")));
  EXPECT_EQ(item["attestations"][0]["time"]["notAfter"], nullptr);
}

TEST(TimeStamp, UnderAPolicyThatIsNotAccepted) {
  const Authority authority;
  const Json item = StampedCase(authority, authority.stamp(item_file(), "1.2.3.5"), false).item();
  EXPECT_THAT(codes_of(item), Contains("TIME_PROOF_REFUSED"));
  EXPECT_THAT(codes_of(item), Not(Contains("TIME_PROOF_ONLY")));
}

TEST(TimeStamp, WithOneChangedBitShowsNothing) {
  const Authority authority;
  std::string stamp = authority.stamp(item_file());
  stamp.back() = static_cast<char>(stamp.back() ^ 1);  // of the signature
  const Json item = StampedCase(authority, stamp, true).item();
  EXPECT_THAT(codes_of(item), Contains("TIME_PROOF_INVALID"));
  EXPECT_EQ(item["attestations"][1]["record"], nullptr);
}

// DER: a SEQUENCE of less than 64 KiB.
std::string sequence(const std::string& content) {
  return std::string("\x30\x82") + static_cast<char>(content.size() >> 8) +
         static_cast<char>(content.size() & 0xff) + content;
}

// RFC 4998: one chain of one stamp, over the file itself.
std::string evidence_record(const std::string& token) {
  const std::string sha256("\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01", 13);
  return sequence(std::string("\x02\x01\x01", 3) + std::string("\x30\x0d", 2) + sha256 +
                  sequence(sequence(sequence(token))));
}

TEST(TimeStamp, InAnEvidenceRecord) {
  const Authority authority;
  const std::string record = evidence_record(authority.token(item_file()));
  const Json item = StampedCase(authority, record, false).item();
  EXPECT_EQ(item["verdict"], "INCONCLUSIVE");
  EXPECT_THAT(codes_of(item), ElementsAre("TIME_PROOF_ONLY"));
  ASSERT_EQ(item["attestations"].size(), 1u);
  const Json& attestation = item["attestations"][0];
  EXPECT_EQ(attestation["format"], "evidence-record");
  EXPECT_EQ(attestation["tier"], "TIME_PROOF");
  EXPECT_EQ(attestation["outcome"], "PASS");
  EXPECT_EQ(attestation["record"]["digests"]["sha-256"], sha256_hex(item_file()));
  EXPECT_EQ(attestation["time"]["source"], "tsa:test-tsa");
  EXPECT_EQ(attestation["time"]["independent"], true);
  EXPECT_EQ(attestation["signatures"][0]["institution"], "test-tsa");
  EXPECT_EQ(attestation["signatures"][0]["signer"], "Test TSA");
}

TEST(TimeStamp, InAnEvidenceRecordThatDoesNotHold) {
  Authority authority;
  const std::string other = evidence_record(authority.token("another file"));
  EXPECT_THAT(codes_of(StampedCase(authority, other, true).item()),
              Contains("TIME_PROOF_OF_OTHER_FILE"));
  const std::string record = evidence_record(authority.token(item_file()));
  std::string changed = record;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  const Json invalid = StampedCase(authority, changed, true).item();
  EXPECT_THAT(codes_of(invalid), Contains("TIME_PROOF_INVALID"));
  EXPECT_EQ(invalid["attestations"][1]["record"], nullptr);
  EXPECT_THAT(codes_of(StampedCase(authority, record + "x", true).item()),
              Contains("INCLUSION_PROOF_MALFORMED"));
  const std::string xml =
      "<?xml version=\"1.0\"?><EvidenceRecord xmlns=\"urn:ietf:params:xml:ns:ers\"/>";
  EXPECT_THAT(codes_of(StampedCase(authority, xml, false).item()), Contains("FORMAT_UNSUPPORTED"));
  StampedCase unlisted(authority, record, false);
  unlisted.set_trust(read_file(sample_trust()));
  EXPECT_THAT(codes_of(unlisted.item()), Contains("INSTITUTION_NOT_ON_TRUST_LIST"));
  authority.revoke("keyCompromise");
  const Json stolen = StampedCase(authority, record, true).item();
  EXPECT_THAT(codes_of(stolen), Contains("NODE_CERT_REVOKED_NO_POE"));
  EXPECT_EQ(stolen["attestations"][1]["time"]["notAfter"], nullptr);
}

TEST(TimeStamp, OfARevokedAuthority) {
  Authority superseded;
  superseded.revoke("superseded");
  // Not earlier than the revocation.
  const Json later = StampedCase(superseded, superseded.stamp(item_file()), false).item();
  EXPECT_THAT(codes_of(later), Contains("NODE_CERT_REVOKED_BEFORE"));
  Authority compromised;
  const std::string stamp = compromised.stamp(item_file());
  compromised.revoke("keyCompromise");
  const Json lost = StampedCase(compromised, stamp, false).item();
  EXPECT_THAT(codes_of(lost), Contains("NODE_CERT_REVOKED_NO_POE"));
  EXPECT_EQ(lost["attestations"][0]["record"], nullptr);
}

}  // namespace
}  // namespace heyan::functional
