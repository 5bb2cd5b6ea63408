// The smallest proof system there could be, to show that adding one touches no other file: "TINY",
// the SHA-256 of a file, and an Ed25519 signature of one institution over both.
#include <memory>

#include "verifier/ledgers/ledger.h"
#include "verifier/trust/quorum.h"

namespace heyan::ledgers::tiny {
namespace {

constexpr std::string_view kMagic = "TINY";
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kSignedBytes = kMagic.size() + kDigestBytes;

struct TinyConfig : trust::LedgerConfig {
  std::string institution;
};

void answer(v1::Attestation& attestation, v1::CheckId check, bool passed, v1::ReasonCode code,
            v1::Effect effect) {
  v1::Finding& finding = *attestation.add_findings();
  finding.set_check(check);
  finding.set_outcome(passed ? v1::OUTCOME_PASS : v1::OUTCOME_UNDETERMINED);
  finding.set_code(passed ? v1::REASON_NONE : code);
  finding.set_effect(passed ? v1::EFFECT_NONE : effect);
}

class Tiny : public Ledger {
 public:
  std::string_view format() const override { return "tiny"; }

  std::shared_ptr<const trust::LedgerConfig> configure(
      trust::Table& table, const trust::LedgerEntry&, const trust::TrustList& list) const override {
    const auto institution = table.required_text("institution");
    if (!institution) return nullptr;
    if (list.institution(*institution) == nullptr) {
      table.defect("institution", "no such institution");
      return nullptr;
    }
    auto config = std::make_shared<TinyConfig>();
    config->institution = *institution;
    return config;
  }

  bool recognises(core::ByteView head) const override {
    return head.size() >= kMagic.size() && core::as_text(head.first(kMagic.size())) == kMagic;
  }

  core::Result<std::vector<v1::Attestation>> judge(std::span<const ProofView> proofs,
                                                   const v1::Item&, const v1::ItemRecord&,
                                                   const trust::LedgerEntry& entry,
                                                   const Judging& judging) const override {
    const auto& config = static_cast<const TinyConfig&>(*entry.config);
    v1::Attestation attestation;
    attestation.set_ledger(entry.id);
    attestation.set_format("tiny");
    attestation.set_tier(v1::TIER_CHAIN_PROOF);
    const bool signed_by_it = !proofs.empty() && is_signed(proofs.front().bytes, config, judging);
    std::set<std::string> present;
    if (signed_by_it) {
      present.insert(config.institution);
      auto& digest = *attestation.mutable_record()->add_digests();
      digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
      digest.set_value(core::to_string(proofs.front().bytes.subspan(kMagic.size(), kDigestBytes)));
    }
    const auto count = trust::count_quorum(judging.trust, entry.quorum, present);
    answer(attestation, v1::CHECK_REC_1, signed_by_it, v1::REASON_RECORD_ID_UNKNOWN,
           v1::EFFECT_NOT_FOUND);
    answer(attestation, v1::CHECK_INC_1, signed_by_it, v1::REASON_INCLUSION_PROOF_MALFORMED,
           v1::EFFECT_INCONCLUSIVE);
    answer(attestation, v1::CHECK_QUO_1, count.reached, v1::REASON_QUORUM_NOT_REACHED,
           v1::EFFECT_INCONCLUSIVE);
    return std::vector{std::move(attestation)};
  }

 private:
  static bool is_signed(core::ByteView bytes, const TinyConfig& config, const Judging& judging) {
    if (bytes.size() != kSignedBytes + kSignatureBytes) return false;
    if (core::as_text(bytes.first(kMagic.size())) != kMagic) return false;
    const crypto::Scheme scheme{.kind = crypto::SignatureKind::kEd25519,
                                .hash = crypto::Hash::kSha512};
    for (const auto& key : judging.trust.institution(config.institution)->keys) {
      if (judging.checker.verify(key.key, scheme, bytes.first(kSignedBytes),
                                 bytes.subspan(kSignedBytes)) == crypto::SignatureOutcome::kValid) {
        return true;
      }
    }
    return false;
  }
};

}  // namespace

const Ledger& ledger() {
  static const Tiny kLedger;
  return kLedger;
}

}  // namespace heyan::ledgers::tiny
