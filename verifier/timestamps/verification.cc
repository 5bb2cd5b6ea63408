#include "verifier/timestamps/verification.h"

#include <algorithm>
#include <chrono>

#include "verifier/crypto/weak_keys.h"

namespace heyan::timestamps {
namespace {

using crypto::ChainFault;
using crypto::SignerFault;
using crypto::TimestampFault;
using crypto::TimestampToken;

constexpr std::chrono::minutes kClockSkew{1};

Reason reason_of(TimestampFault fault) {
  switch (fault) {
    case TimestampFault::kContentType:
      return Reason::kContentType;
    case TimestampFault::kVersion:
      return Reason::kVersion;
    case TimestampFault::kTime:
      return Reason::kTimeSyntax;
    case TimestampFault::kCriticalExtension:
      return Reason::kCriticalExtension;
    case TimestampFault::kImprintLength:
      return Reason::kImprintLength;
    case TimestampFault::kSignerCount:
      return Reason::kSignerCount;
    case TimestampFault::kUsage:
      return Reason::kCertificateUsage;
    case TimestampFault::kUsageNotCritical:
      return Reason::kCertificateUsageNotCritical;
    case TimestampFault::kKeyUsage:
      return Reason::kCertificateKeyUsage;
    case TimestampFault::kAuthorityName:
      return Reason::kAuthorityName;
  }
  return Reason::kUnsupported;
}

std::optional<Reason> reason_of(SignerFault fault) {
  switch (fault) {
    case SignerFault::kNone:
      return std::nullopt;
    case SignerFault::kUnsupported:
      return Reason::kUnsupported;
    case SignerFault::kWeakDigest:
      return Reason::kWeakSignatureDigest;
    case SignerFault::kNoAttributes:
      return Reason::kNoSignedAttributes;
    case SignerFault::kOtherContentType:
      return Reason::kContentTypeAttribute;
    case SignerFault::kNoCertificate:
      return Reason::kSignerCertificateMissing;
    case SignerFault::kUnbound:
      return Reason::kEssMissing;
    case SignerFault::kOtherCertificate:
      return Reason::kEssMismatch;
    case SignerFault::kContentDiffers:
    case SignerFault::kInvalid:
      return Reason::kSignature;
    case SignerFault::kUndecided:
      break;
  }
  return Reason::kEnginesDisagree;
}

Verdict consequence_of(Reason reason) {
  switch (reason) {
    case Reason::kRevocationNotChecked:
      return Verdict::kValid;
    case Reason::kCertificateUsageNotCritical:
    case Reason::kGmWithoutAttributes:
      return Verdict::kNonconforming;
    case Reason::kPolicy:
    case Reason::kNotAcceptedThen:
    case Reason::kWeakImprint:
    case Reason::kWeakSignatureDigest:
    case Reason::kWeakKey:
      return Verdict::kRefused;
    case Reason::kSignerCertificateMissing:
    case Reason::kUntrustedIssuer:
    case Reason::kUnsupported:
    case Reason::kImprintAlgorithm:
    case Reason::kNotPinned:
      return Verdict::kIndeterminate;
    case Reason::kEnginesDisagree:
    case Reason::kTooManyChains:
      return Verdict::kUndecided;
    case Reason::kTrailingData:
      return Verdict::kMalformed;
    default:
      return Verdict::kInvalid;
  }
}

class Verifier {
 public:
  Verifier(const TimestampToken& token, const Trust& trust, const Moment& moment,
           crypto::SignatureChecker& checker, const core::Limits& limits)
      : token_(token), trust_(trust), moment_(moment), checker_(checker), limits_(limits) {}

  Verification run(const Digests& digests, std::span<const Request> requests) {
    judge_form();
    if (token_.info) {
      judge_time(*token_.info);
      judge_chain(*token_.info);
      judge_imprint(*token_.info, digests);
      judge_requests(*token_.info, requests);
      judge_policy(*token_.info);
    }
    if (token_.signer.certificate && crypto::is_weak(token_.signer.certificate->key())) {
      add(Reason::kWeakKey);
    }
    found_.verdict = verdict_of(found_.reasons);
    return std::move(found_);
  }

 private:
  void add(Reason reason) { found_.reasons.insert(reason); }
  bool has_fault(TimestampFault fault) const { return token_.faults.contains(fault); }

  // Of the token itself: what its reader said.
  void judge_form() {
    for (const TimestampFault fault : token_.faults) add(reason_of(fault));
    if (const auto signer = reason_of(token_.signer.fault)) {
      add(*signer);
    } else if (token_.signer.bare) {
      add(Reason::kGmWithoutAttributes);
    }
  }

  void judge_time(const crypto::TimestampInfo& info) {
    if (info.time > moment_.at + kClockSkew) add(Reason::kTimeInFuture);
  }

  void judge_chain(const crypto::TimestampInfo& info) {
    if (!token_.signer.certificate || has_fault(TimestampFault::kTime)) return;
    std::vector<crypto::Certificate> candidates = token_.certificates;
    candidates.insert(candidates.end(), trust_.candidates.begin(), trust_.candidates.end());
    crypto::Chain chain = chain_to(trust_.anchors, candidates, info.time);
    // The key alone is the last resort: whatever path there is has more to be asked.
    if (!is_decided(chain.fault) && is_pinned()) {
      chain = chain_to({*token_.signer.certificate}, candidates, info.time);
    }
    switch (chain.fault) {
      case ChainFault::kNone:
        break;
      case ChainFault::kNotYetValid:
      case ChainFault::kExpired:
        return add(Reason::kCertificateNotValid);
      case ChainFault::kNoPath:
      case ChainFault::kConstraint:
        return add(Reason::kUntrustedIssuer);
      case ChainFault::kTooMany:
        return add(Reason::kTooManyChains);
      case ChainFault::kEnginesDisagree:
        return add(Reason::kEnginesDisagree);
    }
    found_.path = std::move(chain.path);
    switch (check_revocation(with_issuers(candidates, info.time), trust_.revocation_lists,
                             info.time, moment_, checker_, trust_.sm2_user_id)) {
      case Revocation::kClear:
        return;
      case Revocation::kNotChecked:
        return add(Reason::kRevocationNotChecked);
      case Revocation::kBefore:
        return add(Reason::kRevokedBefore);
      case Revocation::kWithKey:
        return add(Reason::kRevokedWithKey);
    }
  }

  crypto::Chain chain_to(const std::vector<crypto::Certificate>& anchors,
                         const std::vector<crypto::Certificate>& candidates, core::UtcTime time) {
    return crypto::verify_chain(*token_.signer.certificate, anchors, candidates, time, checker_,
                                limits_, trust_.sm2_user_id);
  }

  // Is this answer one that a pinned key leaves as it is?
  static bool is_decided(ChainFault fault) {
    return fault == ChainFault::kNone || fault == ChainFault::kTooMany ||
           fault == ChainFault::kEnginesDisagree;
  }

  // The path, and beyond it where it is the listed certificate alone: an issuer that the trust list
  // knows may have revoked it all the same.
  std::vector<crypto::Certificate> with_issuers(const std::vector<crypto::Certificate>& candidates,
                                                core::UtcTime time) {
    if (found_.path.size() != 1) return found_.path;
    std::vector<crypto::Certificate> issuers;
    for (const crypto::Certificate& one : trust_.candidates) {
      if (!core::equal(one.sha256(), found_.path.front().sha256())) issuers.push_back(one);
    }
    crypto::Chain chain = chain_to(issuers, candidates, time);
    return chain.fault == ChainFault::kNone ? std::move(chain.path) : found_.path;
  }

  bool is_pinned() const {
    return std::ranges::any_of(trust_.pins, [&](const Pin& pin) {
      return token_.signer.certificate && pin.key == token_.signer.certificate->key() &&
             (!pin.from || token_.info->time >= *pin.from) &&
             (!pin.until || token_.info->time <= *pin.until);
    });
  }

  void judge_imprint(const crypto::TimestampInfo& info, const Digests& digests) {
    if (!info.hash) return add(Reason::kImprintAlgorithm);
    if (crypto::is_weak(*info.hash)) add(Reason::kWeakImprint);
    if (has_fault(TimestampFault::kImprintLength)) return;
    const auto digest = digests.find(*info.hash);
    if (digest == digests.end()) return add(Reason::kImprintAlgorithm);
    if (digest->second != info.imprint) add(Reason::kImprintMismatch);
  }

  // Of several requests over this imprint the token may answer any.
  void judge_requests(const crypto::TimestampInfo& info, std::span<const Request> requests) {
    std::optional<Reason> fault;
    for (const Request& request : requests) {
      if (request.imprint.hash != info.hash || request.imprint.digest != info.imprint) continue;
      if (request.nonce && request.nonce != info.nonce) {
        fault = Reason::kNonce;
      } else if (!request.policy.empty() && request.policy != info.policy) {
        fault = Reason::kPolicy;
      } else {
        return;
      }
    }
    if (fault) add(*fault);
  }

  // What is asked of the authority: nothing of those that are nobody's here.
  void judge_policy(const crypto::TimestampInfo& info) {
    if (found_.path.empty()) return;
    if (!trust_.policies.empty() &&
        std::ranges::find(trust_.policies, info.policy) == trust_.policies.end()) {
      add(Reason::kPolicy);
    }
    if (trust_.accepted_from && info.time < *trust_.accepted_from) add(Reason::kNotAcceptedThen);
    if (token_.signer.bare && trust_.pins_bare && !is_pinned()) add(Reason::kNotPinned);
  }

  const TimestampToken& token_;
  const Trust& trust_;
  const Moment& moment_;
  crypto::SignatureChecker& checker_;
  const core::Limits& limits_;
  Verification found_;
};

}  // namespace

core::Result<TimestampToken> read_token(core::ByteView der, const Trust& trust,
                                        crypto::SignatureChecker& checker,
                                        const core::Limits& limits) {
  return crypto::read_timestamp(
      der, checker, limits,
      {.candidates = trust.candidates, .sm2_user_id = trust.sm2_user_id, .gm = true});
}

Verification verify(const TimestampToken& token, const Trust& trust, const Digests& digests,
                    std::span<const Request> requests, const Moment& moment,
                    crypto::SignatureChecker& checker, const core::Limits& limits) {
  return Verifier(token, trust, moment, checker, limits).run(digests, requests);
}

bool shows_time(const Verification& found) {
  return found.verdict == Verdict::kValid || found.verdict == Verdict::kNonconforming;
}

Verdict verdict_of(const std::set<Reason>& reasons) {
  Verdict worst = Verdict::kValid;
  for (const Reason reason : reasons) worst = std::max(worst, consequence_of(reason));
  return worst;
}

Verification malformed(const core::Error& error) {
  Verification found;
  if (error.code == core::ErrorCode::kTrailing) found.reasons.insert(Reason::kTrailingData);
  return found;
}

Verification refused_by_authority() {
  return {.verdict = Verdict::kInvalid, .reasons = {Reason::kStatus}, .path = {}};
}

}  // namespace heyan::timestamps
