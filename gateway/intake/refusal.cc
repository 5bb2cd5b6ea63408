#include "gateway/intake/refusal.h"

#include <fmt/format.h>

#include "verifier/core/text.h"

namespace heyan::intake {

Refusal refusal_of(const core::Error& error, std::string_view subject, std::string_view remedy) {
  std::string what = fmt::format("{}: {}", core::visible(subject, 1000), error.text);
  if (error.offset != 0) what += fmt::format(" (at byte {})", error.offset);
  return {
      .code = error.code, .what = std::move(what), .defects = {}, .remedy = std::string(remedy)};
}

Refusal refusal_of_named(const core::Error& error, std::string_view path, std::string_view remedy) {
  Refusal refusal = refusal_of(error, path, remedy);
  if (error.code == core::ErrorCode::kNotFound) refusal.code = core::ErrorCode::kIo;
  return refusal;
}

}  // namespace heyan::intake
