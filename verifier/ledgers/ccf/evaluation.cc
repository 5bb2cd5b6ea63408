#include "verifier/ledgers/ccf/evaluation.h"

#include <algorithm>

namespace heyan::ledgers::ccf {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::Certificate;
using crypto::SignatureChecker;
using crypto::SignatureOutcome;

std::optional<Bytes> sha256(std::span<const ByteView> pieces, SignatureChecker& checker) {
  return checker.digest(crypto::Hash::kSha256, pieces);
}

// Nothing where the libraries differ.
std::optional<Bytes> root_of(const Receipt& receipt, SignatureChecker& checker) {
  if (!receipt.leaf) return core::to_bytes(receipt.signed_root);
  const LeafParts& leaf = *receipt.leaf;
  const auto evidence = checker.digest(crypto::Hash::kSha256, core::as_bytes(leaf.evidence));
  if (!evidence) return std::nullopt;
  auto node = sha256(std::array<ByteView, 3>{leaf.write_set, *evidence, leaf.claims}, checker);
  for (const Step& step : receipt.path) {
    if (!node) return std::nullopt;
    const ByteView own = *node;
    const ByteView other = step.hash;
    node = sha256(step.left ? std::array{other, own} : std::array{own, other}, checker);
  }
  return node;
}

class Evaluator {
 public:
  Evaluator(const Receipt& receipt, const CcfConfig& config, SignatureChecker& checker,
            const core::Limits& limits)
      : receipt_(receipt), config_(config), checker_(checker), limits_(limits) {}

  Result<Evaluation> run() {
    if (!read_node()) return std::move(result_);
    HEYAN_CHECK_OK(judge_endorsement());
    HEYAN_CHECK_OK(judge_signature());
    return std::move(result_);
  }

 private:
  std::optional<Certificate> read(const std::string& pem) {
    auto certificate = Certificate::from_pem_once(pem, checker_, limits_);
    return certificate ? std::optional(*std::move(certificate)) : std::nullopt;
  }

  bool read_node() {
    result_.node = read(receipt_.certificate);
    // The service's own key, or an earlier one, signs certificates and never a root.
    if (!result_.node || result_.node->is_ca()) return is_no_node(Reason::kNodeCertificate);
    const crypto::KeyAlgorithm algorithm = result_.node->key().algorithm();
    if (algorithm != crypto::KeyAlgorithm::kEcdsaP256 &&
        algorithm != crypto::KeyAlgorithm::kEcdsaP384)
      return is_no_node(Reason::kUnsupported);
    if (!core::equal(result_.node->key().sha256(), receipt_.node))
      result_.reasons.insert(Reason::kNodeId);
    return true;
  }

  // Its signature is not computed, so that none may be described.
  bool is_no_node(Reason reason) {
    result_.node.reset();
    result_.reasons.insert(reason);
    return false;
  }

  // One signature of a certificate. kLimit where it was not computed.
  Result<bool> is_signed_by(const Certificate& certificate, const Certificate& issuer) {
    const SignatureOutcome outcome = certificate.verify_signed_by(issuer, checker_);
    if (outcome == SignatureOutcome::kBudgetSpent) return spent();
    disagree_ = disagree_ || outcome == SignatureOutcome::kEnginesDisagree;
    return outcome == SignatureOutcome::kValid;
  }

  Result<bool> is_of_service(const Certificate& certificate) {
    for (const Certificate& identity : config_.service) {
      HEYAN_TRY(const bool is_signed, is_signed_by(certificate, identity));
      if (is_signed) return true;
    }
    return false;
  }

  // From the node over the endorsements to an identity of the trust list.
  Result<bool> find_service() {
    Certificate certificate = *result_.node;
    result_.all_used = receipt_.endorsements.empty();
    for (const std::string& pem : receipt_.endorsements) {
      HEYAN_TRY(const bool found, is_of_service(certificate));
      if (found) return true;
      result_.all_used = &pem == &receipt_.endorsements.back();
      auto issuer = read(pem);
      if (!issuer || !issuer->is_ca()) return false;
      HEYAN_TRY(const bool is_signed, is_signed_by(certificate, *issuer));
      if (!is_signed) return false;
      certificate = *std::move(issuer);
    }
    return is_of_service(certificate);
  }

  Result<void> judge_endorsement() {
    HEYAN_TRY(result_.endorsed, find_service());
    if (!result_.endorsed)
      result_.reasons.insert(disagree_ ? Reason::kEnginesDisagree : Reason::kNotEndorsed);
    return {};
  }

  Result<void> judge_signature() {
    const auto root = root_of(receipt_, checker_);
    if (!root) return fail(ErrorCode::kInternal, "the libraries differ on a digest");
    const crypto::Scheme scheme{.kind = crypto::SignatureKind::kEcdsaRaw};
    result_.signature = checker_.verify(result_.node->key(), scheme, *root, receipt_.signature);
    if (result_.signature == SignatureOutcome::kBudgetSpent) return spent();
    if (result_.signature == SignatureOutcome::kInvalid)
      result_.reasons.insert(Reason::kRootSignature);
    if (result_.signature == SignatureOutcome::kEnginesDisagree)
      result_.reasons.insert(Reason::kEnginesDisagree);
    return {};
  }

  static std::unexpected<core::Error> spent() {
    return fail(ErrorCode::kLimit, "the budget of signatures is spent");
  }

  const Receipt& receipt_;
  const CcfConfig& config_;
  SignatureChecker& checker_;
  const core::Limits& limits_;
  bool disagree_ = false;  // on a certificate
  Evaluation result_;
};

}  // namespace

Result<Evaluation> evaluate(const Receipt& receipt, const CcfConfig& config,
                            SignatureChecker& checker, const core::Limits& limits) {
  return Evaluator(receipt, config, checker, limits).run();
}

}  // namespace heyan::ledgers::ccf
