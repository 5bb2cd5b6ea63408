#include "verifier/ledgers/opentimestamps/evaluation.h"

#include <algorithm>

namespace heyan::ledgers::opentimestamps {
namespace {

using core::Result;

Result<core::Bytes> hash_of(const BlockHeader& header, crypto::SignatureChecker& checker) {
  const auto once = checker.digest(crypto::Hash::kSha256, header.bytes());
  auto twice = once ? checker.digest(crypto::Hash::kSha256, *once) : std::nullopt;
  if (!twice)
    return core::fail(core::ErrorCode::kInternal, "two libraries compute different digests");
  return *std::move(twice);
}

class Judge {
 public:
  Judge(const HeaderTable& headers, const Periods& periods, crypto::SignatureChecker& checker)
      : headers_(headers), periods_(periods), checker_(checker) {}

  Result<JudgedClaim> judge(const Claim& claim, Reasons& reasons) const {
    JudgedClaim judged{.claim = claim,
                       .standing = Standing::kUnsupported,
                       .header = {},
                       .header_hash = {},
                       .header_fault = {}};
    if (claim.kind == ClaimKind::kBitcoin) {
      HEYAN_CHECK_OK(judge_bitcoin(judged, reasons));
    } else if (claim.kind == ClaimKind::kPending) {
      judged.standing = Standing::kPending;
      reasons.insert(Reason::kPending);
    } else {
      reasons.insert(Reason::kUnsupported);
    }
    return judged;
  }

 private:
  Result<void> judge_bitcoin(JudgedClaim& judged, Reasons& reasons) const {
    const ListedHeader* listed = find(headers_, judged.claim.height);
    if (listed != nullptr) {
      judged.header = listed->header;
      HEYAN_TRY(judged.header_hash, hash_of(listed->header, checker_));
      judged.header_fault = periods_.judge(listed->height, listed->header, judged.header_hash);
    }
    judged.standing = standing_of(judged, reasons);
    return {};
  }

  static Standing standing_of(const JudgedClaim& judged, Reasons& reasons) {
    if (judged.claim.root.empty()) {
      reasons.insert(Reason::kMessageLength);
      return Standing::kMismatch;
    }
    if (!judged.header) {
      reasons.insert(Reason::kHeaderUnknown);
      return Standing::kHeaderUnknown;
    }
    if (!core::equal(judged.claim.root, judged.header->root())) {
      reasons.insert(Reason::kRootMismatch);
      return Standing::kMismatch;
    }
    if (!judged.header_fault) return Standing::kValid;
    reasons.insert(*judged.header_fault);
    return Standing::kHeaderNotTrusted;
  }

  const HeaderTable& headers_;
  const Periods& periods_;
  crypto::SignatureChecker& checker_;
};

std::string_view chain_of(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::kBitcoin:
      return "bitcoin ";
    case ClaimKind::kLitecoin:
      return "litecoin ";
    case ClaimKind::kEthereum:
      return "ethereum ";
    case ClaimKind::kPending:
      return "pending ";
    case ClaimKind::kUnknown:
      return "unknown ";
  }
  return "";
}

}  // namespace

const JudgedClaim* Evaluation::best() const {
  const JudgedClaim* best = nullptr;
  for (const JudgedClaim& one : claims) {
    if (one.standing != Standing::kValid) continue;
    if (best == nullptr || one.header->time() < best->header->time()) best = &one;
  }
  return best;
}

bool Evaluation::has(Standing standing) const {
  return std::ranges::find(claims, standing, &JudgedClaim::standing) != claims.end();
}

core::Result<Evaluation> evaluate(core::ByteView bytes, const HeaderTable& headers,
                                  const Periods& periods, crypto::SignatureChecker& checker) {
  Evaluation evaluation;
  auto proof = read_proof(bytes, checker);
  if (!proof) {
    if (proof.error().code == core::ErrorCode::kInternal) return std::unexpected(proof.error());
    evaluation.malformed = proof.error();
    evaluation.reasons.insert(Reason::kParse);
    return evaluation;
  }
  if (proof->file_hash == Operation::kSha1) evaluation.reasons.insert(Reason::kWeakDigest);
  const Judge judge(headers, periods, checker);
  for (const Claim& claim : proof->claims) {
    HEYAN_TRY(JudgedClaim judged, judge.judge(claim, evaluation.reasons));
    evaluation.claims.push_back(std::move(judged));
  }
  evaluation.proof = *std::move(proof);
  return evaluation;
}

std::string name(const Claim& claim) {
  std::string text(chain_of(claim.kind));
  if (claim.kind == ClaimKind::kPending) return text + claim.uri;
  if (claim.kind == ClaimKind::kUnknown) return text + core::to_hex(claim.tag);
  return text + std::to_string(claim.height);
}

std::string_view name(Standing standing) {
  switch (standing) {
    case Standing::kValid:
      return "valid";
    case Standing::kHeaderNotTrusted:
      return "header-not-trusted";
    case Standing::kMismatch:
      return "mismatch";
    case Standing::kHeaderUnknown:
      return "header-unknown";
    case Standing::kPending:
      return "pending";
    case Standing::kUnsupported:
      return "unsupported";
  }
  return "";
}

v1::ProofOutcome outcome(const Evaluation& evaluation) {
  if (evaluation.malformed) return v1::PROOF_OUTCOME_REJECT;
  if (evaluation.has(Standing::kValid)) return v1::PROOF_OUTCOME_ACCEPT;
  if (evaluation.has(Standing::kHeaderNotTrusted) || evaluation.has(Standing::kMismatch))
    return v1::PROOF_OUTCOME_REJECT;
  const bool open = evaluation.has(Standing::kHeaderUnknown) || evaluation.has(Standing::kPending);
  return open ? v1::PROOF_OUTCOME_INCOMPLETE : v1::PROOF_OUTCOME_UNSUPPORTED;
}

}  // namespace heyan::ledgers::opentimestamps
