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

std::expected<Stamp, NoStamp> accept_answer(core::ByteView answer, core::ByteView request,
                                            const Trust& trust, core::UtcTime at,
                                            crypto::SignatureChecker& checker,
                                            const core::Limits& limits) {
  const auto asked = open_envelope(request);
  auto envelope = open_envelope(answer);
  if (!asked || !asked->request || !envelope || envelope->request)
    return std::unexpected(because("MALFORMED"));
  if (!envelope->granted) return std::unexpected(NoStamp{.refused = true, .reasons = {}});
  const auto token = read_token(envelope->token, trust, checker, limits);
  if (!token) return std::unexpected(because(malformed(token.error())));
  const crypto::MessageImprint& imprint = asked->request->imprint;
  if (!imprint.hash) return std::unexpected(because("MALFORMED"));
  const Verification found = verify(*token, trust, {{*imprint.hash, imprint.digest}},
                                    std::span(&*asked->request, 1), {.at = at}, checker, limits);
  if (found.verdict != Verdict::kValid || !token->info) return std::unexpected(because(found));
  const core::UtcTime time = token->info->time;
  if (time > at + kClocks || time < at - kClocks) return std::unexpected(because("CLOCKS_DIFFER"));
  return Stamp{.token = std::move(envelope->token), .time = time};
}

}  // namespace heyan::timestamps
