#include "verifier/timestamps/answer.h"

#include <algorithm>
#include <chrono>

namespace heyan::timestamps {
namespace {

constexpr std::chrono::minutes kClocks{10};

NoStamp because(std::string_view reason) {
  return {.refused = false, .reasons = {std::string(reason)}};
}

NoStamp because(const Verification& found) {
  if (found.reasons.empty()) return because("MALFORMED");
  NoStamp none;
  for (const Reason reason : found.reasons) {
    if (verdict_of({reason}) == Verdict::kValid) continue;
    if (std::ranges::find(none.reasons, name(reason)) == none.reasons.end())
      none.reasons.emplace_back(name(reason));
  }
  return none;
}

}  // namespace

Trust trust_in(std::vector<crypto::Certificate> authorities) {
  Trust trust;
  trust.anchors = std::move(authorities);
  trust.pins_bare = true;
  return trust;
}

std::expected<Stamp, NoStamp> accept_answer(core::ByteView answer, core::ByteView request,
                                            const Trust& trust, std::optional<core::UtcTime> at,
                                            crypto::SignatureChecker& checker,
                                            const core::Limits& limits) {
  const auto asked = open_envelope(request);
  const auto envelope = open_envelope(answer);
  if (!asked || !asked->request || !envelope || envelope->request)
    return std::unexpected(because("MALFORMED"));
  if (!envelope->granted) return std::unexpected(NoStamp{.refused = true, .reasons = {}});
  return accept_token(envelope->token, *asked->request, trust, at, checker, limits);
}

std::expected<Stamp, NoStamp> accept_token(core::ByteView token, const Request& asked,
                                           const Trust& trust, std::optional<core::UtcTime> at,
                                           crypto::SignatureChecker& checker,
                                           const core::Limits& limits) {
  const auto read = read_token(token, trust, checker, limits);
  if (!read) return std::unexpected(because(malformed(read.error())));
  if (!read->info || !asked.imprint.hash) return std::unexpected(because("MALFORMED"));
  const core::UtcTime time = read->info->time;
  const Verification found =
      verify(*read, trust, {{*asked.imprint.hash, asked.imprint.digest}}, std::span(&asked, 1),
             {.at = at.value_or(time)}, checker, limits);
  if (found.verdict != Verdict::kValid) return std::unexpected(because(found));
  if (at && (time > *at + kClocks || time < *at - kClocks))
    return std::unexpected(because("CLOCKS_DIFFER"));
  return Stamp{.token = core::to_bytes(token),
               .time = time,
               .accuracy = read->info->accuracy.value_or(std::chrono::microseconds{0})};
}

}  // namespace heyan::timestamps
