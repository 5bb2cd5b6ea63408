#include "verifier/ledgers/opentimestamps/attest.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

#include "verifier/ledgers/answers.h"
#include "verifier/ledgers/opentimestamps/evaluation.h"

namespace heyan::ledgers::opentimestamps {
namespace {

// A miner's clock may be this far off, and nobody's is known to be better.
constexpr std::chrono::hours kBlockClock{2};

// Proofs judged so far, so that items which share one pay for it once: by ledger and digest.
struct JudgedProofs {
  std::map<std::pair<std::string, core::Bytes>, std::unique_ptr<const Evaluation>> by_digest;
};

core::Result<const Evaluation*> judged_once(const ProofView& proof, const trust::LedgerEntry& entry,
                                            const BitcoinConfig& config, const Judging& judging) {
  auto& known = judging.memo->of<JudgedProofs>().by_digest;
  auto& place = known[{entry.id, core::to_bytes(proof.sha256)}];
  if (place) return place.get();
  HEYAN_TRY(Evaluation evaluation,
            evaluate(proof.bytes, config.headers, config.periods, judging.checker));
  place = std::make_unique<const Evaluation>(std::move(evaluation));
  return place.get();
}

v1::DigestAlgorithm algorithm_of(Operation file_hash) {
  switch (file_hash) {
    case Operation::kSha1:
      return v1::DIGEST_ALGORITHM_SHA_1;
    case Operation::kSha256:
      return v1::DIGEST_ALGORITHM_SHA_256;
    default:
      return v1::DIGEST_ALGORITHM_UNSPECIFIED;
  }
}

void set_record(const Proof& proof, v1::LedgerRecord& record) {
  const v1::DigestAlgorithm algorithm = algorithm_of(proof.file_hash);
  if (algorithm == v1::DIGEST_ALGORITHM_UNSPECIFIED) {
    record.set_unsupported_algorithm(proof.file_hash == Operation::kRipemd160 ? "ripemd-160"
                                                                              : "keccak-256");
    return;
  }
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(algorithm);
  digest.set_value(core::to_string(proof.file_digest));
}

// The last second of the day (UTC) on which the block's time and its doubt end: nothing finer is
// known, and nothing finer is said.
std::int64_t not_after_ms(const BlockHeader& header) {
  const std::chrono::sys_seconds latest{std::chrono::seconds{header.time()} + kBlockClock};
  const std::chrono::sys_seconds next_day =
      std::chrono::floor<std::chrono::days>(latest) + std::chrono::days{1};
  return core::to_unix_ms(next_day - std::chrono::seconds{1});
}

void set_block(const JudgedClaim& proved, v1::Attestation& attestation) {
  v1::Position& position = *attestation.mutable_position();
  position.set_block(proved.claim.height);
  // As people write it: the most significant byte first.
  const core::Bytes hash(proved.header_hash.rbegin(), proved.header_hash.rend());
  position.set_block_hash(core::to_string(hash));
  v1::TimeInterval& time = *attestation.mutable_time();
  time.set_source("bitcoin");
  time.set_independent(true);
  time.set_not_after_ms(not_after_ms(*proved.header));
}

// Names, each once, as one text.
class Named {
 public:
  void add(std::string one) {
    if (!seen_.insert(one).second || seen_.size() > kMostNamed + 1) return;
    text_ += (text_.empty() ? "" : ", ") + (seen_.size() > kMostNamed ? "…" : std::move(one));
  }
  void declare(std::string_view name, v1::Attestation& attestation) const {
    if (seen_.empty()) return;
    v1::Param& param = *attestation.add_declared();
    param.set_name(std::string(name));
    param.set_value(text_);
  }

 private:
  static constexpr std::size_t kMostNamed = 20;
  std::set<std::string> seen_;
  std::string text_;
};

// What is not proved is named as the file states it, and why not.
void declare(const Evaluation& evaluation, v1::Attestation& attestation) {
  Named calendars;
  Named others;
  for (const JudgedClaim& one : evaluation.claims) {
    if (one.standing == Standing::kPending) {
      calendars.add(one.claim.uri);
    } else if (one.standing != Standing::kValid) {
      others.add(name(one.claim) + " " + std::string(name(one.standing)));
    }
  }
  calendars.declare("calendar", attestation);
  others.declare("attestation", attestation);
}

bool differs(const Proof& proof, const v1::ItemRecord& measured) {
  return std::ranges::any_of(measured.measured().digests(), [&](const v1::MeasuredDigest& one) {
    return one.algorithm() == algorithm_of(proof.file_hash) && one.first() == one.second() &&
           !core::equal(core::as_bytes(one.first()), proof.file_digest);
  });
}

// What INC-1 is answered, and TIM-1 where there is a time.
class Findings : Answers {
 public:
  // `reasons`: those of the evaluation, and of its file.
  Findings(const Evaluation& evaluation, const Reasons& reasons)
      : evaluation_(evaluation), reasons_(reasons) {}

  std::vector<v1::Finding> run() {
    const JudgedClaim* proved = evaluation_.best();
    if (proved != nullptr && reasons_.contains(Reason::kDocumentMismatch)) {
      add_no_time(v1::REASON_TIME_PROOF_OF_OTHER_FILE, why());
    } else if (proved != nullptr) {
      add(v1::CHECK_INC_1, v1::OUTCOME_PASS, v1::REASON_NONE, v1::EFFECT_NONE,
          {{"height", std::to_string(proved->claim.height)}});
      add(v1::CHECK_TIM_1, v1::OUTCOME_PASS);
    } else if (evaluation_.malformed) {
      open(v1::REASON_INCLUSION_PROOF_MALFORMED,
           {{"offset", std::to_string(evaluation_.malformed->offset)}});
    } else if (contradicts_known_header()) {
      add_no_time(v1::REASON_TIME_PROOF_INVALID, why());
    } else if (evaluation_.has(Standing::kHeaderNotTrusted) ||
               evaluation_.has(Standing::kMismatch) || evaluation_.has(Standing::kHeaderUnknown)) {
      open(v1::REASON_INCLUSION_ROOT_NOT_AUTHENTICATED, why());
    } else if (evaluation_.has(Standing::kPending)) {
      open(v1::REASON_INCLUSION_PROOF_MISSING, why());
    } else {
      open(v1::REASON_FORMAT_UNSUPPORTED, why());
    }
    return take();
  }

 private:
  void open(v1::ReasonCode code, const Params& params) {
    add(v1::CHECK_INC_1, v1::OUTCOME_UNDETERMINED, code, v1::EFFECT_INCONCLUSIVE, params);
  }

  // A header that does not count itself contradicts nothing; a message that is no root, everything.
  bool contradicts_known_header() const {
    return std::ranges::any_of(evaluation_.claims, [](const JudgedClaim& one) {
      return one.standing == Standing::kMismatch && (one.claim.root.empty() || !one.header_fault);
    });
  }

  Params why() const {
    std::string names;
    for (const std::string& one : sorted_names(reasons_)) names += (names.empty() ? "" : ",") + one;
    return {{"ledger_reasons", names}};
  }

  const Evaluation& evaluation_;
  const Reasons& reasons_;
};

v1::Attestation describe(const ProofView& proof, const Evaluation& evaluation,
                         const v1::ItemRecord& measured) {
  v1::Attestation attestation;
  attestation.set_tier(v1::TIER_TIME_PROOF);
  attestation.add_proofs(core::to_string(proof.sha256));
  attestation.set_proof_outcome(outcome(evaluation));
  Reasons reasons = evaluation.reasons;
  if (evaluation.proof && differs(*evaluation.proof, measured)) {
    reasons.insert(Reason::kDocumentMismatch);
    attestation.set_proof_outcome(v1::PROOF_OUTCOME_REJECT);
  }
  const JudgedClaim* proved = evaluation.best();
  if (proved != nullptr && !reasons.contains(Reason::kDocumentMismatch)) {
    set_record(*evaluation.proof, *attestation.mutable_record());
    set_block(*proved, attestation);
  }
  declare(evaluation, attestation);
  for (std::string& one : sorted_names(reasons)) attestation.add_ledger_reasons(std::move(one));
  for (v1::Finding& finding : Findings(evaluation, reasons).run())
    *attestation.add_findings() = std::move(finding);
  return attestation;
}

}  // namespace

core::Result<std::vector<v1::Attestation>> attest(std::span<const ProofView> proofs,
                                                  const v1::ItemRecord& measured,
                                                  const trust::LedgerEntry& entry,
                                                  const BitcoinConfig& config,
                                                  const Judging& judging) {
  std::vector<v1::Attestation> attestations;
  std::set<std::string> seen;  // the same file again says nothing new
  for (const ProofView& proof : proofs) {
    if (!seen.insert(core::to_string(proof.sha256)).second) continue;
    HEYAN_TRY(const Evaluation* evaluation, judged_once(proof, entry, config, judging));
    attestations.push_back(describe(proof, *evaluation, measured));
  }
  return attestations;
}

}  // namespace heyan::ledgers::opentimestamps
