// Every proof system keeps the same promises, whoever wrote it (docs/adding-a-ledger.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/unit/ledgers/sample.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan::conformance {

core::Bytes read_test_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    ADD_FAILURE() << "cannot read " << path;
    std::abort();
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

namespace {

using ledgers::kHeadBytes;

trust::TrustList trust_of(const Sample& sample) {
  std::vector<const trust::LedgerSetup*> formats;
  for (const auto* ledger : ledgers::all()) formats.push_back(ledger);
  const auto read = [&](std::string_view path) -> core::Result<core::Bytes> {
    const auto file = sample.trust_files.find(std::string(path));
    if (file == sample.trust_files.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
    return file->second;
  };
  auto list = trust::parse_trust_list("trust.toml", read, formats);
  if (!list) {
    for (const auto& error : list.error()) ADD_FAILURE() << trust::to_string(error);
    return {};
  }
  return *std::move(list);
}

std::string format_of(const Sample& sample, const trust::TrustList& list) {
  const trust::LedgerEntry* entry = list.ledger(sample.ledger);
  return entry != nullptr ? entry->format : sample.format;
}

// Judges altered copies of one sample. Signatures that an alteration leaves alone are computed
// once.
class Judge {
 public:
  explicit Judge(const Sample& sample) : sample_(sample), trust_(trust_of(sample)) {}

  // Does the attestation still claim anything: record, inclusion and quorum all passed, a time from
  // somebody else's clock, or (of an operator's) something that was signed?
  bool passes(core::ByteView proof) {
    const auto attestations = judge(proof);
    if (!attestations.has_value()) return false;
    EXPECT_FALSE(attestations->empty());
    return std::ranges::any_of(*attestations, [&](const v1::Attestation& attestation) {
      EXPECT_EQ(attestation.tier(), ledger().tier());
      if (ledger().tier() == v1::TIER_TIME_PROOF) return times(attestation);
      return ledger().tier() == v1::TIER_OPERATOR_ATTESTATION ? attests(attestation)
                                                              : proves(attestation);
    });
  }

  // All that is said of it but the digest of its bytes.
  std::string said_of(core::ByteView proof) {
    const auto attestations = judge(proof);
    EXPECT_TRUE(attestations.has_value());
    std::string said;
    for (v1::Attestation attestation : *attestations) {
      attestation.clear_proofs();
      for (auto& finding : *attestation.mutable_findings()) {
        finding.mutable_subject()->clear_proof();
      }
      said += attestation.SerializeAsString();
    }
    return said;
  }

  std::optional<std::string> excerpt(core::ByteView proof) {
    const core::Bytes digest = crypto::sha256(proof);
    return ledger().excerpt({&declared_, proof, digest}, sample_.item, entry(), judging());
  }

  const ledgers::Ledger& ledger() const { return *ledgers::by_format(format_of(sample_, trust_)); }

 private:
  const trust::LedgerEntry& entry() const {
    const trust::LedgerEntry* listed = trust_.ledger(sample_.ledger);
    return listed != nullptr ? *listed : none_;
  }

  Judging judging() {
    return {record_,
            circumstances_,
            trust_,
            trust::default_policy(),
            *core::parse_rfc3339("2026-11-23T00:00:00Z"),
            checker_,
            limits_};
  }

  core::Result<std::vector<v1::Attestation>> judge(core::ByteView proof) {
    if (ledger().has_entry() && trust_.ledger(sample_.ledger) == nullptr)
      return core::fail(core::ErrorCode::kNotFound, "no such ledger");
    const core::Bytes digest = crypto::sha256(proof);
    const ledgers::ProofView view{&declared_, proof, digest};
    return ledger().judge(std::span(&view, 1), sample_.item, sample_.measured, entry(), judging());
  }

  static bool proves(const v1::Attestation& attestation) {
    return answered(attestation, v1::CHECK_REC_1) && answered(attestation, v1::CHECK_INC_1) &&
           answered(attestation, v1::CHECK_QUO_1);
  }

  // A time is shown of a record alone whose way to that time holds; and never anything of a quorum.
  static bool times(const v1::Attestation& attestation) {
    EXPECT_FALSE(attestation.quorum().reached());
    EXPECT_FALSE(answered(attestation, v1::CHECK_QUO_1));
    const bool shown = attestation.time().independent() && attestation.time().has_not_after_ms();
    EXPECT_EQ(shown, answered(attestation, v1::CHECK_INC_1));
    EXPECT_EQ(shown, attestation.has_record());
    return shown;
  }

  // Without a chain there is no more to claim than what was signed; and never anything of a chain.
  static bool attests(const v1::Attestation& attestation) {
    for (const v1::Finding& finding : attestation.findings())
      EXPECT_NE(finding.outcome(), v1::OUTCOME_PASS);
    EXPECT_FALSE(attestation.has_position());
    EXPECT_FALSE(attestation.has_time());
    EXPECT_FALSE(attestation.quorum().reached());
    return attestation.has_record();
  }

  static bool answered(const v1::Attestation& attestation, v1::CheckId check) {
    bool passed = false;
    for (const auto& finding : attestation.findings()) {
      if (finding.check() != check) continue;
      if (finding.effect() != v1::EFFECT_NONE && finding.effect() != v1::EFFECT_NOTE) return false;
      passed = passed || finding.outcome() == v1::OUTCOME_PASS;
    }
    return passed;
  }

  const Sample& sample_;
  trust::TrustList trust_;
  trust::LedgerEntry none_;
  v1::Proof declared_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  core::Limits limits_{.signatures = 100'000'000};
  crypto::SignatureChecker checker_{crypto::production_engines(), limits_};
};

// Every byte of a small sample; of a large one as many as are quick.
std::size_t stride(std::size_t bytes) { return bytes <= 8'000 ? 1 : bytes / 1'500 | 1; }

void for_each_sample(const std::function<void(const Sample&)>& test) {
  for (const auto& folder : all_samples()) {
    for (const Sample& sample : folder.samples()) {
      SCOPED_TRACE(folder.format_folder + "/" + sample.name);
      test(sample);
    }
  }
}

TEST(Conformance, EveryProofSystemHasSamples) {
  for (const auto* ledger : ledgers::all()) {
    const auto folders = all_samples();
    const bool sampled = std::ranges::any_of(folders, [&](const SampleFolder& folder) {
      const auto samples = folder.samples();
      return std::ranges::any_of(samples, [&](const Sample& sample) {
        return format_of(sample, trust_of(sample)) == ledger->format();
      });
    });
    EXPECT_TRUE(sampled) << ledger->format();
  }
}

TEST(Conformance, FormatsAreDistinct) {
  for (const auto* ledger : ledgers::all()) {
    EXPECT_EQ(ledgers::by_format(ledger->format()), ledger);
  }
  EXPECT_EQ(ledgers::by_format("no such format"), nullptr);
}

TEST(Conformance, SamplesPassAsTheyAre) {
  for_each_sample([](const Sample& sample) { EXPECT_TRUE(Judge(sample).passes(sample.proof)); });
}

TEST(Conformance, OnlyTheOwnLedgerRecognisesASample) {
  for_each_sample([](const Sample& sample) {
    const std::string format = format_of(sample, trust_of(sample));
    const auto head = core::ByteView(sample.proof).first(std::min(kHeadBytes, sample.proof.size()));
    for (const auto* ledger : ledgers::all()) {
      EXPECT_EQ(ledger->recognises(head), ledger->format() == format) << ledger->format();
    }
  });
}

TEST(Conformance, NobodyRecognisesNothingOrNoise) {
  const core::Bytes noise(kHeadBytes, 0xff);
  for (const auto* ledger : ledgers::all()) {
    EXPECT_FALSE(ledger->recognises({}));
    EXPECT_FALSE(ledger->recognises(noise));
    for (std::size_t length = 0; length < kHeadBytes; ++length) {
      (void)ledger->recognises(core::ByteView(noise).first(length));
    }
  }
}

TEST(Conformance, NoTruncationPasses) {
  for_each_sample([](const Sample& sample) {
    Judge judge(sample);
    const core::ByteView proof = sample.proof;
    for (std::size_t length = 0; length < proof.size(); length += stride(proof.size())) {
      if (sample.is_unsigned(length)) break;  // what is cut off was signed by nobody
      ASSERT_FALSE(judge.passes(proof.first(length))) << length;
    }
  });
}

TEST(Conformance, NoChangedByteThatIsSignedPasses) {
  for_each_sample([](const Sample& sample) {
    Judge judge(sample);
    core::Bytes altered = sample.proof;
    for (std::size_t at = 0; at < altered.size(); at += stride(altered.size())) {
      for (const std::uint8_t mask : {0x01, 0x80}) {
        altered[at] ^= mask;
        const bool passed = judge.passes(altered);
        if (!sample.is_unsigned(at)) {
          ASSERT_FALSE(passed) << at;
        }
        altered[at] ^= mask;
      }
    }
  });
}

TEST(Conformance, NoAppendedByteThatIsReadPasses) {
  for_each_sample([](const Sample& sample) {
    Judge judge(sample);
    for (const std::uint8_t extra : {0x00, 0x0a, 0xff}) {
      const bool white_space = extra == 0x0a;
      if (white_space && sample.is_unsigned(sample.proof.size())) continue;  // a text may end so
      core::Bytes longer = sample.proof;
      longer.push_back(extra);
      EXPECT_FALSE(judge.passes(longer));
    }
  });
}

TEST(Conformance, AnExcerptIsJudgedLikeItsProof) {
  for_each_sample([](const Sample& sample) {
    Judge judge(sample);
    const auto excerpt = judge.excerpt(sample.proof);
    ASSERT_EQ(excerpt.has_value(), judge.ledger().has_excerpts());
    if (!excerpt) return;
    const core::ByteView bytes = core::as_bytes(*excerpt);
    EXPECT_TRUE(judge.passes(bytes));
    EXPECT_EQ(judge.said_of(bytes), judge.said_of(sample.proof));
    EXPECT_EQ(judge.excerpt(bytes), excerpt);
  });
}

TEST(Conformance, WhatIsNoProofHasNoExcerpt) {
  for_each_sample([](const Sample& sample) {
    Judge judge(sample);
    const core::ByteView proof = sample.proof;
    for (std::size_t length = 0; length < proof.size(); length += proof.size() / 40 | 1) {
      if (sample.is_unsigned(length)) break;
      EXPECT_EQ(judge.excerpt(proof.first(length)), std::nullopt) << length;
    }
    const std::string strangers(64, 'x');
    EXPECT_EQ(judge.excerpt(core::as_bytes(strangers)), std::nullopt);
  });
}

}  // namespace
}  // namespace heyan::conformance
