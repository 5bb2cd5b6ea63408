#include "verifier/timestamps/judged.h"

namespace heyan::timestamps {
namespace {

bool is_unknown(const Judged& judged) {
  return judged.found.reasons.contains(Reason::kUntrustedIssuer);
}

// By this reading of an SM2 user id.
bool is_signed(const Judged& judged) {
  return judged.token && judged.token->signer.fault == crypto::SignerFault::kNone;
}

// Whom the token is of, rather than whom it is not of: where the signer's certificate is listed
// nearest, for whoever lists a root does not speak for each authority beneath it. Then what holds
// best.
bool is_better(const Judged& a, const Judged& b) {
  if (is_unknown(a) != is_unknown(b)) return is_unknown(b);
  if (is_signed(a) != is_signed(b)) return is_signed(a);
  const std::size_t far_a = a.found.path.size();
  const std::size_t far_b = b.found.path.size();
  if (far_a > 0 && far_b > 0 && far_a != far_b) return far_a < far_b;
  return a.found.verdict < b.found.verdict;
}

}  // namespace

// A token is read anew only for another user id, on which its signature may depend.
Judged judge(core::ByteView token, std::span<const Authority> authorities, const Digests& digests,
             std::span<const Request> requests, const Moment& moment,
             crypto::SignatureChecker& checker, const core::Limits& limits) {
  std::optional<Judged> best;
  std::optional<core::Result<crypto::TimestampToken>> read;
  const std::string* user_id = nullptr;
  for (const Authority& authority : authorities) {
    if (user_id == nullptr || *user_id != authority.trust.sm2_user_id) {
      read = read_token(token, authority.trust, checker, limits);
      user_id = &authority.trust.sm2_user_id;
    }
    Judged one;
    if (*read) {
      one.token = **read;
      one.authority = &authority;
      one.found = verify(*one.token, authority.trust, digests, requests, moment, checker, limits);
    } else {
      one.found = malformed(read->error());
    }
    if (!best || is_better(one, *best)) best = std::move(one);
  }
  return *std::move(best);
}

}  // namespace heyan::timestamps
