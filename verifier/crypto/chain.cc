#include <algorithm>
#include <array>
#include <chrono>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/path_rules.h"

namespace heyan::crypto {
namespace {

constexpr std::size_t kMaxPath = 9;  // leaf, seven intermediates, anchor

// From what a reader learns least to what he learns most: of several failed paths the last of these
// is told.
constexpr std::array kByInterest = {ChainFault::kNoPath,      ChainFault::kConstraint,
                                    ChainFault::kNotYetValid, ChainFault::kExpired,
                                    ChainFault::kTooMany,     ChainFault::kEnginesDisagree};

bool contains(std::span<const Certificate> certificates, const Certificate& wanted) {
  return std::ranges::find(certificates, wanted) != certificates.end();
}

// Names compare as RFC 5280 7.1 has it; key identifiers are equal where both certificates have one.
bool names_issuer(const Certificate& child, const Certificate& issuer) {
  if (X509_NAME_cmp(X509_get_issuer_name(child.parsed().x509.get()),
                    X509_get_subject_name(issuer.parsed().x509.get())) != 0) {
    return false;
  }
  const core::ByteView wanted = child.authority_key_id();
  const core::ByteView has = issuer.subject_key_id();
  return wanted.empty() || has.empty() || core::equal(wanted, has);
}

// Depth first, anchors before intermediates. Every end, dead or not, is one candidate against the
// limit.
class Search {
 public:
  Search(std::span<const Certificate> anchors, std::span<const Certificate> intermediates,
         core::UtcTime at, SignatureChecker& checker, std::size_t candidates,
         std::string_view sm2_user_id)
      : anchors_(anchors),
        intermediates_(intermediates),
        at_(at),
        checker_(checker),
        candidates_(candidates),
        sm2_user_id_(sm2_user_id) {}

  Chain run(const Certificate& leaf) {
    path_.push_back(leaf);
    const bool found = contains(anchors_, leaf) ? finish() : extend();
    if (found) return {ChainFault::kNone, path_};
    return {fault_, {}};
  }

 private:
  bool extend() {
    bool dead_end = true;
    for (const Certificate& anchor : anchors_) {
      if (exhausted_) return false;
      if (!link(anchor)) continue;
      dead_end = false;
      path_.push_back(anchor);
      if (finish()) return true;
      path_.pop_back();
    }
    for (const Certificate& issuer : intermediates_) {
      if (exhausted_) return false;
      if (!may_follow(issuer) || !link(issuer)) continue;
      dead_end = false;
      path_.push_back(issuer);
      if (extend()) return true;
      path_.pop_back();
    }
    if (dead_end) spend();
    return false;
  }

  bool may_follow(const Certificate& issuer) const {
    return path_.size() + 1 < kMaxPath && !contains(anchors_, issuer) && !contains(path_, issuer);
  }

  // Does `issuer` stand above the end of the path? A wrong signature under the right name is a
  // candidate spent.
  bool link(const Certificate& issuer) {
    if (!issuer.is_ca() || !names_issuer(path_.back(), issuer)) return false;
    switch (path_.back().verify_signed_by(issuer, checker_, sm2_user_id_)) {
      case SignatureOutcome::kValid:
        return true;
      case SignatureOutcome::kInvalid:
        spend();
        return false;
      case SignatureOutcome::kEnginesDisagree:
        note(ChainFault::kEnginesDisagree);
        spend();
        return false;
      case SignatureOutcome::kBudgetSpent:
        exhaust();
        return false;
    }
    return false;
  }

  bool finish() {
    const ChainFault fault = check_path_rules(path_, at_, checker_);
    if (fault == ChainFault::kNone) return true;
    note(fault);
    spend();
    return false;
  }

  void spend() {
    if (candidates_ == 0) exhaust();
    if (candidates_ > 0) --candidates_;
  }

  void exhaust() {
    exhausted_ = true;
    note(ChainFault::kTooMany);
  }

  void note(ChainFault fault) {
    const auto rank = [](ChainFault f) { return std::ranges::find(kByInterest, f); };
    if (rank(fault) > rank(fault_)) fault_ = fault;
  }

  std::span<const Certificate> anchors_;
  std::span<const Certificate> intermediates_;
  core::UtcTime at_;
  SignatureChecker& checker_;
  std::size_t candidates_;
  std::string_view sm2_user_id_;
  std::vector<Certificate> path_;
  ChainFault fault_ = ChainFault::kNoPath;
  bool exhausted_ = false;
};

}  // namespace

Chain verify_chain(const Certificate& leaf, std::span<const Certificate> anchors,
                   std::span<const Certificate> intermediates, core::UtcTime at,
                   SignatureChecker& checker, const core::Limits& limits,
                   std::string_view sm2_user_id) {
  return Search(anchors, intermediates, at, checker, limits.chain_candidates, sm2_user_id)
      .run(leaf);
}

}  // namespace heyan::crypto
