#include "gateway/api/previews.h"

#include <sys/random.h>

#include <algorithm>
#include <array>

#include "verifier/contents/file_type.h"
#include "verifier/core/text.h"

namespace heyan::api {

void Previews::forget(const std::function<bool(const Kept&)>& over) {
  std::erase_if(kept_, [&](const auto& entry) { return over(entry.second); });
}

core::Result<Previews::Granted> Previews::grant(Preview preview, std::int64_t now_ms) {
  std::array<std::uint8_t, 32> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    return core::fail(core::ErrorCode::kIo, "the operating system gave no random bytes");
  }
  Granted granted{
      .name = core::to_hex(random),
      .until_ms = now_ms + std::chrono::duration_cast<std::chrono::milliseconds>(kLife).count()};
  const std::lock_guard lock(mutex_);
  forget([&](const Kept& one) { return one.until_ms <= now_ms; });
  const auto is_theirs = [&](const auto& entry) {
    return entry.second.preview.owner == preview.owner;
  };
  if (std::cmp_greater_equal(std::ranges::count_if(kept_, is_theirs), kOfOneOwner)) {
    auto oldest = kept_.end();
    for (auto at = kept_.begin(); at != kept_.end(); ++at) {
      if (!is_theirs(*at)) continue;
      if (oldest == kept_.end() || at->second.until_ms < oldest->second.until_ms) oldest = at;
    }
    kept_.erase(oldest);
  }
  if (kept_.size() >= kAltogether) {
    return core::fail(core::ErrorCode::kLimit, "too many files are being shown");
  }
  kept_.emplace(granted.name, Kept{.preview = std::move(preview), .until_ms = granted.until_ms});
  return granted;
}

std::optional<Preview> Previews::find(const std::string& name, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(name);
  if (found == kept_.end() || found->second.until_ms <= now_ms) return std::nullopt;
  return found->second.preview;
}

std::string_view picture_type(core::ByteView head) {
  constexpr std::array<std::string_view, 4> kShown = {"image/png", "image/jpeg", "image/gif",
                                                      "application/pdf"};
  const std::string_view type =
      contents::media_type_of(head.first(std::min(head.size(), contents::kHeadBytes)));
  const auto* const found = std::ranges::find(kShown, type);
  return found == kShown.end() ? std::string_view() : *found;
}

bool is_plain_text(core::ByteView whole) {
  const auto is_control = [](std::uint8_t byte) {
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
  };
  return core::is_utf8(core::as_text(whole)) && std::ranges::none_of(whole, is_control);
}

std::string preview_policy(std::string_view frame) {
  return "sandbox; default-src 'none'; frame-ancestors " +
         (frame.empty() ? "'none'" : std::string(frame));
}

}  // namespace heyan::api
