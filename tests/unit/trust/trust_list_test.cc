// A list in order: everything that it says is there, and its digest is the documented one.
#include "tests/unit/trust/fixture.h"
#include "verifier/crypto/digest.h"

namespace heyan::trust::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

core::UtcTime at(const char* text) { return core::parse_rfc3339(text).value(); }

class TrustListTest : public TrustTest {};

TEST_F(TrustListTest, ReadsHeadAndInstitutions) {
  ASSERT_THAT(defects(), IsEmpty());
  const TrustList list = parse().value();
  EXPECT_TRUE(list.given);
  EXPECT_FALSE(list.sample);
  EXPECT_EQ(list.id, "test");
  EXPECT_EQ(list.version, 3);
  EXPECT_EQ(list.issued, at("2026-11-01T00:00:00Z"));
  EXPECT_EQ(list.next_update, at("2027-05-01T00:00:00Z"));  // the zone is taken into account
  ASSERT_EQ(list.institutions.size(), 3u);
  const Institution* court = list.institution("court");
  ASSERT_NE(court, nullptr);
  EXPECT_EQ(court->kind, InstitutionKind::kCourt);
  EXPECT_EQ(court->name.zh, "法院");
  EXPECT_THAT(court->linked_parties, ElementsAre("91110108551385082Q", "某公司"));
  ASSERT_EQ(court->keys.size(), 1u);
  EXPECT_EQ(court->keys[0].id, "2025");
  EXPECT_EQ(court->keys[0].key.algorithm(), crypto::KeyAlgorithm::kEd25519);
  EXPECT_EQ(court->keys[0].valid_from, at("2025-01-01T00:00:00Z"));
  EXPECT_EQ(court->keys[0].valid_until, at("2028-01-01T00:00:00Z"));
  EXPECT_FALSE(court->keys[0].revoked_at);
  ASSERT_EQ(court->cas.size(), 1u);
  EXPECT_EQ(court->cas[0].revocation_lists.size(), 1u);
  EXPECT_EQ(court->cas[0].sm2_id, "1234567812345678");
  // A language that is missing is filled from the other, and both from the id.
  EXPECT_EQ(list.institution("notary")->name.en, "公证处");
  EXPECT_EQ(list.institution("platform")->name.zh, "platform");
  EXPECT_EQ(list.institution("other"), nullptr);
  EXPECT_EQ(list.institution(""), nullptr);
}

TEST_F(TrustListTest, ReadsQuorumsLedgersAndTimeAuthorities) {
  const TrustList list = parse().value();
  const Quorum* quorum = list.quorum("two-of-three");
  ASSERT_NE(quorum, nullptr);
  EXPECT_EQ(quorum->at_least, 2u);
  EXPECT_THAT(quorum->of, ElementsAre("court", "notary", "platform"));
  EXPECT_THAT(quorum->must_include_kinds, ElementsAre(InstitutionKind::kCourt));
  const LedgerEntry* ledger = list.ledger("main");
  ASSERT_NE(ledger, nullptr);
  EXPECT_EQ(ledger->format, "demo");
  EXPECT_EQ(ledger->quorum, "two-of-three");
  EXPECT_THAT(ledger->record.digest,
              ElementsAre(Pair("sha-256", "/what/sha256"), Pair("sm3", "/what/sm3")));
  EXPECT_THAT(ledger->record.fields, ElementsAre(Pair("who", "/who/party")));
  ASSERT_EQ(list.time_authorities.size(), 1u);
  EXPECT_EQ(list.time_authorities[0].trust_class, "licensed-ca");
  EXPECT_EQ(list.time_authorities[0].accepted_from, at("2020-01-01T00:00:00Z"));
  EXPECT_EQ(list.quorum("court"), nullptr);
  EXPECT_EQ(list.ledger("two-of-three"), nullptr);
}

TEST_F(TrustListTest, GivesTheSubTableToItsFormat) {
  const TrustList list = parse().value();
  const auto* config = dynamic_cast<const DemoConfig*>(list.ledger("main")->config.get());
  ASSERT_NE(config, nullptr);
  EXPECT_EQ(config->channel, "evidence");
  EXPECT_EQ(config->quorum_seen, "two-of-three");
  // In the order of the document, not of the alphabet.
  EXPECT_THAT(config->members,
              ElementsAre(Pair("CourtMSP", "court"), Pair("ANotaryMSP", "notary")));
  ASSERT_EQ(config->blocks.size(), 1u);
  EXPECT_EQ(core::as_text(config->blocks[0]), "block");
}

TEST_F(TrustListTest, LeavesFormatsAloneThatThisBuildDoesNotHave) {
  for (const auto* format :
       {"fabric", "chainmaker", "fisco-bcos", "operator-attestation", "tlog", "sigsum", "sigstore",
        "ccf", "rfc3161", "evidence-record", "opentimestamps"}) {
    set(kList);
    append("\n[[ledger]]\nid = \"later\"\nformat = \"" + std::string(format) + "\"\n  [ledger." +
           format + "]\n  anything = 1\n    [[ledger." + format + ".deep]]\n    more = true\n");
    EXPECT_THAT(defects(), IsEmpty()) << format;
    const TrustList list = parse().value();
    EXPECT_EQ(list.ledger("later")->config, nullptr);
    EXPECT_EQ(list.ledger("later")->format, format);
  }
}

TEST_F(TrustListTest, TakesKeysInPlaceOfEveryAlgorithm) {
  for (const auto* algorithm : {"ed25519", "ecdsa-p256", "ecdsa-p384", "secp256k1", "rsa", "sm2"}) {
    set(kList);
    append(
        "\n[[institution]]\nid = \"more\"\nkind = \"other\"\n[[institution.key]]\nid = \"k\"\n"
        "algorithm = \"" +
        std::string(algorithm) + "\"\npublic = \"" +
        pem_body("keys/" +
                 std::string(algorithm == std::string("ed25519") ? "ed25519-b" : algorithm) +
                 ".pem") +
        "\"\n");
    if (algorithm == std::string("ecdsa-p256")) replace("ca/court-root.pem", "ca/notary-root.pem");
    if (algorithm == std::string("ecdsa-p256")) replace("  crl = [\"ca/court.crl\"]\n", "");
    EXPECT_THAT(defects(), IsEmpty()) << algorithm;
  }
}

TEST_F(TrustListTest, TakesRevocationListsAsDerAndSeveralCertificates) {
  replace("ca/court.crl", "ca/court.crl.der");
  replace("ca/court-root.pem", "ca/two.pem");
  replace("  crl = ", "  sm2_id = \"\"\n  crl = ");
  ASSERT_THAT(defects(), IsEmpty());
  const auto cas = parse().value().institution("court")->cas;
  ASSERT_EQ(cas.size(), 2u);
  EXPECT_EQ(cas[0].revocation_lists.size(), 1u);
  EXPECT_EQ(cas[1].revocation_lists.size(), 0u);  // the list is of the first one's issuer
  EXPECT_EQ(cas[0].sm2_id, "");
}

TEST_F(TrustListTest, ReadsEachFileOnceInTheOrderOfMention) {
  append(
      "\n[[ledger]]\nid = \"second\"\nformat = \"demo\"\n[ledger.demo]\nchannel = \"c\"\n"
      "blocks = [\"blocks/0.pb\", \"list.toml\"]\n");
  const TrustList list = parse().value();
  EXPECT_THAT(asked_, ElementsAre("list.toml", "keys/ed25519.pem", "ca/court-root.pem",
                                  "ca/court.crl", "blocks/0.pb"));
  std::vector<std::string> read;
  read.reserve(list.files.size());
  for (const ReadFile& file : list.files) read.push_back(file.path);
  EXPECT_EQ(read, asked_);
}

// The recipe of docs/trust-list.md, written out independently of digest_of.
TEST_F(TrustListTest, DigestIsThatOfPathsAndContents) {
  const TrustList list = parse().value();
  std::string all;
  for (const auto* path :
       {"list.toml", "keys/ed25519.pem", "ca/court-root.pem", "ca/court.crl", "blocks/0.pb"}) {
    all += core::to_string(crypto::sha256(core::as_bytes(path)));
    all += core::to_string(crypto::sha256(files_[path]));
  }
  EXPECT_EQ(list.digest, crypto::sha256(core::as_bytes(all)));
}

TEST_F(TrustListTest, DigestChangesWithEveryFileAndName) {
  const core::Bytes before = parse().value().digest;
  EXPECT_EQ(parse().value().digest, before);
  files_["blocks/0.pb"].push_back('x');
  const core::Bytes other_block = parse().value().digest;
  EXPECT_NE(other_block, before);
  files_["blocks/0.pb"].pop_back();
  files_["blocks/1.pb"] = files_["blocks/0.pb"];
  replace("blocks/0.pb", "blocks/1.pb");
  EXPECT_NE(parse().value().digest, before);
}

TEST_F(TrustListTest, DigestDoesNotDependOnTheFolderOfTheList) {
  const auto digest_under = [this](const std::string& main) {
    const FileReader reader = [&](std::string_view path) -> core::Result<core::Bytes> {
      return files_.at(path == main ? "list.toml" : std::string(path));
    };
    const LedgerSetup* formats[] = {&demo_};
    return parse_trust_list(main, reader, formats).value().digest;
  };
  EXPECT_EQ(digest_under("/etc/heyan/list.toml"), digest_under("list.toml"));
  EXPECT_NE(digest_under("other.toml"), digest_under("list.toml"));
}

TEST_F(TrustListTest, AnEmptyListIsInOrderAndTrustsNobody) {
  set("[list]\nid = \"none\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2027-01-01T00:00:00Z\nsample = true\n");
  const TrustList list = parse().value();
  EXPECT_TRUE(list.sample);
  EXPECT_TRUE(list.given);
  EXPECT_THAT(list.institutions, IsEmpty());
  EXPECT_FALSE(TrustList{}.given);
}

}  // namespace
}  // namespace heyan::trust::testing
