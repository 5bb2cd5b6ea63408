// What an item gets of its proofs: a day and a record where a block proves them, and names and
// reasons for everything else.
#include <algorithm>

#include "tests/unit/opentimestamps/made.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::ledgers::opentimestamps {
namespace {

using testing::bitcoin;
using testing::Bytes;
using ::testing::ElementsAre;
using testing::file;
using testing::fork;
using ::testing::HasSubstr;
using testing::pending;
using testing::vector_file;
using testing::operator+;

// A court that keeps these blocks' headers, and one item with its proofs.
struct Scene {
  Scene() { keep({"227835", "358391", "363703", "383616", "562630"}); }

  Scene& keep(const std::vector<std::string>& heights) {
    std::string table;
    for (const std::string& height : heights)
      table += height + "\t" + core::to_hex(vector_file("ots/headers/" + height + ".hdr")) + "\n";
    return keep_table(table);
  }
  Scene& keep_table(const std::string& table) {
    files["headers.tsv"] = core::to_bytes(std::string_view(table));
    return *this;
  }

  std::string list() const {
    return "[list]\nid = \"t\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
           "next_update = 2036-01-01T00:00:00Z\n[[ledger]]\nid = \"bitcoin\"\n"
           "format = \"opentimestamps\"\nname = { zh = \"比特币\", en = \"Bitcoin\" }\n" +
           entry + "\n[ledger.opentimestamps]\n" + settings;
  }

  std::expected<trust::TrustList, std::vector<trust::ConfigError>> read_list() const {
    const std::vector<const trust::LedgerSetup*> formats(ledgers::all().begin(),
                                                         ledgers::all().end());
    const std::string text = list();
    const auto reader = [&](std::string_view path) -> core::Result<core::Bytes> {
      if (path == "trust.toml") return core::to_bytes(std::string_view(text));
      const auto found = files.find(std::string(path));
      if (found == files.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
      return found->second;
    };
    return trust::parse_trust_list("trust.toml", reader, formats);
  }

  std::string defects() const {
    const auto read = read_list();
    std::string text;
    if (!read) {
      for (const auto& error : read.error()) text += trust::to_string(error) + "\n";
    }
    return text;
  }

  void measure(v1::DigestAlgorithm algorithm, core::ByteView digest) {
    v1::MeasuredDigest& one = *measured.mutable_measured()->add_digests();
    one.set_algorithm(algorithm);
    one.set_first(core::to_string(digest));
    one.set_second(one.first());
  }

  core::Result<std::vector<v1::Attestation>> judge_all(const std::vector<Bytes>& proofs) const {
    const auto trust = read_list();
    EXPECT_EQ(defects(), "");
    if (!trust) return core::fail(core::ErrorCode::kMalformed, "no list");
    const core::Limits limits;
    crypto::SignatureChecker checker(engines, limits);
    const v1::CaseRecord record;
    const v1::Circumstances circumstances;
    const trust::Policy policy = trust::default_policy();
    const Judging judging{
        record,  circumstances, *trust, policy, *core::parse_rfc3339("2026-11-26T00:00:00Z"),
        checker, limits};
    const v1::Proof offered;
    std::vector<Bytes> digests;
    digests.reserve(proofs.size());
    std::vector<ProofView> views;
    for (const Bytes& one : proofs) {
      digests.push_back(crypto::sha256(one));
      views.push_back({.declared = &offered, .bytes = one, .sha256 = digests.back()});
    }
    return by_format("opentimestamps")
        ->judge(views, v1::Item(), measured, *trust->ledger("bitcoin"), judging);
  }

  v1::Attestation judge(const Bytes& proof) const {
    auto all = judge_all({proof});
    if (!all || all->size() != 1) {
      ADD_FAILURE() << (all ? "not one attestation" : all.error().text);
      return {};
    }
    return std::move(all->front());
  }

  std::map<std::string, Bytes> files{
      {"checkpoints.tsv", vector_file("btc-headers/checkpoints.tsv")}};
  std::string entry;
  std::string settings = "headers = \"headers.tsv\"\ncheckpoints = \"checkpoints.tsv\"\n";
  v1::ItemRecord measured;
  crypto::Engines engines = crypto::production_engines();
};

std::vector<std::string> answers(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Finding& one : attestation.findings()) {
    result.push_back(v1::CheckId_Name(one.check()).substr(6) + " " +
                     v1::Outcome_Name(one.outcome()).substr(8) + " " +
                     v1::ReasonCode_Name(one.code()).substr(7) + " " +
                     v1::Effect_Name(one.effect()).substr(7));
  }
  return result;
}

std::vector<std::string> declared(const v1::Attestation& attestation) {
  std::vector<std::string> result;
  for (const v1::Param& one : attestation.declared())
    result.push_back(one.name() + "=" + one.value());
  return result;
}

std::vector<std::string> reasons(const v1::Attestation& attestation) {
  return {attestation.ledger_reasons().begin(), attestation.ledger_reasons().end()};
}

// Nothing that could pass for a proof.
void expect_nothing_shown(const v1::Attestation& attestation) {
  EXPECT_EQ(attestation.tier(), v1::TIER_TIME_PROOF);
  EXPECT_NE(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_FALSE(attestation.has_time());
  EXPECT_FALSE(attestation.has_record());
  EXPECT_FALSE(attestation.has_position());
  for (const v1::Finding& one : attestation.findings()) EXPECT_NE(one.outcome(), v1::OUTCOME_PASS);
}

TEST(Item, ABlockProvesADayAndNoMore) {
  const auto attestation = Scene().judge(vector_file("ots/examples/hello-world.txt.ots"));
  EXPECT_EQ(attestation.tier(), v1::TIER_TIME_PROOF);
  EXPECT_EQ(attestation.format(), "opentimestamps");
  EXPECT_EQ(attestation.ledger(), "bitcoin");
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  EXPECT_THAT(answers(attestation), ElementsAre("INC_1 PASS NONE NONE", "TIM_1 PASS NONE NONE"));
  EXPECT_EQ(attestation.position().block(), 358'391u);
  EXPECT_EQ(core::to_hex(core::as_bytes(attestation.position().block_hash())),
            "000000000000000003e892881a8cdcdc117c06d444057c98b6f04a9ee75a2319");
  ASSERT_EQ(attestation.record().digests_size(), 1);
  EXPECT_EQ(core::to_hex(core::as_bytes(attestation.record().digests(0).value())),
            "03ba204e50d126e4674c005e04d82e84c21366780af1f43bd54a37816b6ab340");
  EXPECT_TRUE(attestation.time().independent());
  EXPECT_EQ(attestation.time().source(), "bitcoin");
  EXPECT_FALSE(attestation.time().has_not_before_ms());
  EXPECT_EQ(core::format_rfc3339(core::from_unix_ms(attestation.time().not_after_ms())),
            "2015-05-28T23:59:59Z");
  EXPECT_FALSE(attestation.has_quorum());
  EXPECT_THAT(reasons(attestation), ElementsAre());
}

// Its block says 2013-03-24T22:41 or later would, with the doubt of two hours, be of the next day.
TEST(Item, TheDayCountsTheDoubtOfTheClock) {
  const BlockHeader header = testing::header_of_vector("headers/227835");
  const std::int64_t in_day = header.time() % 86'400;
  const auto attestation = Scene().judge(vector_file("ots/tx-227835.bin.ots"));
  const std::int64_t day_start = (std::int64_t{header.time()} - in_day) * 1000;
  const std::int64_t days = in_day + 7200 >= 86'400 ? 2 : 1;
  EXPECT_EQ(attestation.time().not_after_ms(), day_start + days * 86'400'000 - 1000);
}

TEST(Item, TheSameFileTwiceIsOneProof) {
  const Bytes proof = vector_file("ots/examples/hello-world.txt.ots");
  const Bytes other = vector_file("ots/tx-227835.bin.ots");
  const auto all = Scene().judge_all({proof, proof, other});
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[1].position().block(), 227'835u);
}

TEST(Item, OfTwoBlocksTheEarlierCounts) {
  Evaluation evaluation;
  const auto add = [&](std::uint64_t height, Standing standing) {
    JudgedClaim& one = evaluation.claims.emplace_back();
    one.claim.height = height;
    one.standing = standing;
    one.header = testing::header_of_vector("headers/" + std::to_string(height));
  };
  add(363'703, Standing::kValid);
  add(358'391, Standing::kValid);
  add(383'616, Standing::kValid);
  add(227'835, Standing::kMismatch);
  ASSERT_NE(evaluation.best(), nullptr);
  EXPECT_EQ(evaluation.best()->claim.height, 358'391u);
}

TEST(Item, WhatFailedBesideAValidOneIsNamed) {
  const Bytes root = core::to_bytes(testing::header_of_vector("headers/227835").root());
  const Bytes later = core::to_bytes(testing::header_of_vector("headers/562630").root());
  const Bytes rest = fork() + bitcoin(358'391) + fork() + bitcoin(227'835) + pending("https://a");
  const auto attestation = Scene().judge(file(root, rest));
  EXPECT_EQ(attestation.position().block(), 227'835u);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_ACCEPT);
  // What failed beside it is named and takes nothing away.
  EXPECT_THAT(reasons(attestation), ElementsAre("PENDING_ATTESTATION", "ROOT_MISMATCH"));
  EXPECT_THAT(declared(attestation),
              ElementsAre("calendar=https://a", "attestation=bitcoin 358391 mismatch"));
  EXPECT_THAT(answers(attestation), ElementsAre("INC_1 PASS NONE NONE", "TIM_1 PASS NONE NONE"));
  EXPECT_EQ(Scene().judge(file(later, bitcoin(562'630))).position().block(), 562'630u);
}

TEST(Item, CalendarsProveNothingAndAreNamed) {
  const auto attestation = Scene().judge(vector_file("ots/examples/two-calendars.txt.ots"));
  expect_nothing_shown(attestation);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
  EXPECT_THAT(answers(attestation),
              ElementsAre("INC_1 UNDETERMINED INCLUSION_PROOF_MISSING INCONCLUSIVE"));
  EXPECT_THAT(declared(attestation),
              ElementsAre("calendar=https://alice.btc.calendar.opentimestamps.org, "
                          "https://bob.btc.calendar.opentimestamps.org"));
}

TEST(Item, UnknownAttestationsProveNothingAndAreNamed) {
  const auto attestation = Scene().judge(vector_file("ots/examples/unknown-notary.txt.ots"));
  expect_nothing_shown(attestation);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_UNSUPPORTED);
  EXPECT_THAT(answers(attestation),
              ElementsAre("INC_1 UNDETERMINED FORMAT_UNSUPPORTED INCONCLUSIVE"));
  EXPECT_THAT(declared(attestation),
              ElementsAre("attestation=unknown 0102030405060708 unsupported"));
}

TEST(Item, ManyNamesAreCutOff) {
  Bytes rest;
  for (int i = 0; i < 30; ++i) rest = std::move(rest) + fork() + pending("c" + std::to_string(i));
  const auto attestation = Scene().judge(file(rest + pending("c0")));
  const auto all = declared(attestation);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_THAT(all[0], ::testing::EndsWith("c18, c19, …"));
}

TEST(Item, AWayThatLeadsElsewhere) {
  const auto attestation = Scene().judge(vector_file("ots/examples/bad-stamp.txt.ots"));
  expect_nothing_shown(attestation);
  EXPECT_THAT(answers(attestation), ElementsAre("TIM_1 FAIL TIME_PROOF_INVALID NOTE"));
  EXPECT_THAT(reasons(attestation), ElementsAre("ROOT_MISMATCH"));
  const auto short_message = Scene().judge(vector_file("ots/invalid/btc-on-33-bytes.ots"));
  expect_nothing_shown(short_message);
  EXPECT_THAT(reasons(short_message), ElementsAre("MESSAGE_LENGTH"));
}

TEST(Item, AStaleBlockIsNotTheOneThatTheCourtKeeps) {
  const auto attestation = Scene().judge(vector_file("ots/stale-562630.ots"));
  expect_nothing_shown(attestation);
  EXPECT_THAT(reasons(attestation), ElementsAre("ROOT_MISMATCH"));
}

TEST(Item, WithoutTheHeaderNothingIsKnown) {
  const auto attestation =
      Scene().keep({"227835"}).judge(vector_file("ots/examples/hello-world.txt.ots"));
  expect_nothing_shown(attestation);
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_INCOMPLETE);
  EXPECT_THAT(answers(attestation),
              ElementsAre("INC_1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"));
  EXPECT_THAT(reasons(attestation), ElementsAre("HEADER_UNKNOWN"));
  EXPECT_THAT(declared(attestation), ElementsAre("attestation=bitcoin 358391 header-unknown"));
}

// Real work of the test network, at a height for which the court has no period: kept, and not
// relied on, neither for a match nor for a difference.
TEST(Item, AHeaderOfNoKnownPeriodProvesAndContradictsNothing) {
  Scene scene;
  scene.keep_table("898352\t" + core::to_hex(vector_file("ots/headers-bad/898352-testnet.hdr")) +
                   "\n");
  const auto attestation = scene.judge(vector_file("ots/testnet-898352.bin.ots"));
  expect_nothing_shown(attestation);
  EXPECT_THAT(reasons(attestation), ElementsAre("HEADER_PERIOD"));
  EXPECT_THAT(answers(attestation),
              ElementsAre("INC_1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"));
  const auto elsewhere = scene.judge(file(bitcoin(898'352)));
  expect_nothing_shown(elsewhere);
  EXPECT_THAT(answers(elsewhere),
              ElementsAre("INC_1 UNDETERMINED INCLUSION_ROOT_NOT_AUTHENTICATED INCONCLUSIVE"));
}

TEST(Item, AFileThatCannotBeRead) {
  for (const char* name :
       {"trailing-garbage", "depth-256", "unknown-op", "version-2", "bad-magic"}) {
    const auto attestation =
        Scene().judge(vector_file("ots/invalid/" + std::string(name) + ".ots"));
    expect_nothing_shown(attestation);
    EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
    EXPECT_THAT(answers(attestation),
                ElementsAre("INC_1 UNDETERMINED INCLUSION_PROOF_MALFORMED INCONCLUSIVE"));
  }
}

// No record of it is held against the file.
TEST(Item, AnotherDocumentIsNotAccepted) {
  Scene scene;
  scene.measure(v1::DIGEST_ALGORITHM_SHA_256, Bytes(32, 0x44));
  const auto attestation = scene.judge(vector_file("ots/examples/hello-world.txt.ots"));
  EXPECT_EQ(attestation.proof_outcome(), v1::PROOF_OUTCOME_REJECT);
  EXPECT_THAT(reasons(attestation), ElementsAre("DOCUMENT_MISMATCH"));
  expect_nothing_shown(attestation);
  EXPECT_THAT(answers(attestation), ElementsAre("TIM_1 FAIL TIME_PROOF_OF_OTHER_FILE NOTE"));
}

// What is wrong with the time itself is said first.
TEST(Item, AnotherDocumentOnAWayThatLeadsElsewhere) {
  Scene scene;
  scene.measure(v1::DIGEST_ALGORITHM_SHA_256, Bytes(32, 0x44));
  const auto attestation = scene.judge(vector_file("ots/examples/bad-stamp.txt.ots"));
  EXPECT_THAT(answers(attestation), ElementsAre("TIM_1 FAIL TIME_PROOF_INVALID NOTE"));
}

TEST(Item, AWeakDigestIsSaid) {
  const auto attestation = Scene().judge(vector_file("ots/examples/sha1/a-or-b.ots"));
  expect_nothing_shown(attestation);
  EXPECT_THAT(reasons(attestation), ::testing::Contains("WEAK_DIGEST"));
}

// Digests that a file may have there, and evidence never has.
TEST(Item, ADigestThatIsNotOfEvidenceIsNamed) {
  const Bytes magic =
      testing::unhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940167");
  const Bytes root = core::to_bytes(testing::header_of_vector("headers/227835").root());
  const auto attestation = Scene().judge(magic + root + bitcoin(227'835));
  EXPECT_EQ(attestation.record().unsupported_algorithm(), "keccak-256");
  EXPECT_EQ(attestation.record().digests_size(), 0);
}

// The first library computes nothing right: then nothing is concluded.
TEST(Item, LibrariesThatDisagreeConcludeNothing) {
  class Wrong final : public crypto::Engine {
   public:
    std::string_view name() const override { return "wrong"; }
    std::unique_ptr<crypto::Hasher> hasher(crypto::Hash) const override {
      return crypto::openssl_hasher(crypto::Hash::kSm3);
    }
    bool verify(const crypto::PublicKey&, const crypto::Scheme&, core::ByteView,
                core::ByteView) const override {
      return true;
    }
  };
  const Wrong wrong;
  Scene scene;
  scene.engines.first = &wrong;
  const auto judged = scene.judge_all({vector_file("ots/examples/hello-world.txt.ots")});
  ASSERT_FALSE(judged.has_value());
  EXPECT_EQ(judged.error().code, core::ErrorCode::kInternal);
}

TEST(Trust, BothTablesAreNeeded) {
  Scene scene;
  scene.settings = "";
  EXPECT_THAT(scene.defects(), HasSubstr("headers: is missing"));
  EXPECT_THAT(scene.defects(), HasSubstr("checkpoints: is missing"));
  scene.settings = "headers = \"none.tsv\"\ncheckpoints = \"checkpoints.tsv\"\n";
  EXPECT_NE(scene.defects(), "");
  scene.settings = "headers = 1\ncheckpoints = \"checkpoints.tsv\"\n";
  EXPECT_NE(scene.defects(), "");
}

TEST(Trust, DefectsNameTheLine) {
  Scene scene;
  scene.keep_table("# mine\n1\tzz\n");
  EXPECT_THAT(scene.defects(), HasSubstr("line 2: the header is not 160"));
  Scene work;
  work.files["headers.tsv"] = vector_file("btc-headers/bad-pow-562635.tsv");
  EXPECT_THAT(work.defects(), HasSubstr("header 562635 does not meet its target"));
  Scene link;
  link.files["headers.tsv"] = vector_file("btc-headers/bad-link-562630.tsv");
  EXPECT_THAT(link.defects(), HasSubstr("header 562631 does not name the header before it"));
  Scene easy;
  easy.keep_table("363704\t" + core::to_hex(vector_file("ots/headers-bad/363704-forged-easy.hdr")) +
                  "\n");
  EXPECT_THAT(easy.defects(), HasSubstr("has no target, or an easier one"));
  Scene period;
  period.files["checkpoints.tsv"] = core::to_bytes(std::string_view("2016\t0\t00\n"));
  EXPECT_NE(period.defects(), "");
}

TEST(Trust, WhatAPublicChainHasNot) {
  Scene scene;
  scene.entry = "[ledger.record]\ndigest = { \"sha-256\" = \"/a\" }\n";
  EXPECT_THAT(scene.defects(), HasSubstr("has no record"));
  Scene other;
  other.settings += "calendar = \"https://a.example\"\n";
  EXPECT_THAT(other.defects(), HasSubstr("calendar"));
}

}  // namespace
}  // namespace heyan::ledgers::opentimestamps
