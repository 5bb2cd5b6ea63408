#include "gateway/api/pages.h"

#include <sys/random.h>

#include <algorithm>
#include <array>

#include "gateway/http/fields.h"
#include "gateway/os/folder.h"
#include "verifier/core/bytes.h"

namespace heyan::api {
namespace {

using core::ErrorCode;
using std::filesystem::path;

constexpr std::size_t kFileBytes = 8u << 20;
constexpr std::size_t kFiles = 512;
constexpr std::string_view kNonceHere = "__NONCE__";  // html.cspNonce of gateway/web/vite.config.ts

// In the order of preference.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kCodings = {
    {{"br", ".br"}, {"gzip", ".gz"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTypes = {
    {{".js", "text/javascript; charset=utf-8"},
     {".css", "text/css; charset=utf-8"},
     {".svg", "image/svg+xml"},
     {".woff2", "font/woff2"}}};

std::string_view type_of(std::string_view name) {
  const auto known =
      std::ranges::find_if(kTypes, [&](const auto& each) { return name.ends_with(each.first); });
  return known == kTypes.end() ? "application/octet-stream" : known->second;
}

core::Result<std::string> read_text(const path& file) {
  HEYAN_TRY(const core::Bytes bytes, os::read_named_file(file, kFileBytes));
  return core::to_string(bytes);
}

bool is_zero(std::string_view quality) {
  return quality.find_first_not_of("0.") == std::string_view::npos;
}

bool accepts(const http::RequestHead& head, std::string_view coding) {
  const std::string* field = head.find("accept-encoding");
  if (field == nullptr) return false;
  return std::ranges::any_of(http::split_list(*field), [&](std::string_view one) {
    const auto read = http::parse_parameterised(one);
    if (!read || read->value != coding) return false;
    const std::string* quality = read->find("q");
    return quality == nullptr || !is_zero(*quality);
  });
}

core::Result<std::string> new_nonce() {
  core::Bytes bytes(16);
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return core::fail(ErrorCode::kIo, "no random bytes");
  }
  return core::to_hex(bytes);
}

// Scripts and styles by nonce; workers and pictures of our own; frames: a report's own page, and
// previews from their own origin.
std::string policy_of(std::string_view nonce, std::string_view frames) {
  const std::string by_nonce = " 'nonce-" + std::string(nonce) + "'";
  return "default-src 'none'; script-src" + by_nonce + "; style-src" + by_nonce +
         "; img-src 'self'; connect-src 'self'; worker-src 'self'; frame-src" +
         (frames.empty() ? " 'none'" : std::string(frames)) +
         "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" + std::string(kReportsTo);
}

std::string with_nonce(std::string_view page, std::string_view nonce) {
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = page.find(kNonceHere); at != std::string_view::npos;
       at = page.find(kNonceHere, from)) {
    text.append(page.substr(from, at - from)).append(nonce);
    from = at + kNonceHere.size();
  }
  return text.append(page.substr(from));
}

std::string frames_of(const http::RequestHead& head, std::uint16_t preview_port) {
  const std::string* authority = head.find("host");
  const auto host = authority == nullptr ? std::nullopt : host_name(*authority);
  if (!host) return {};
  std::string frames = " https://" + *authority + "/v1/reports/";
  if (preview_port != 0) {
    frames += " https://" + std::string(*host) + ":" + std::to_string(preview_port);
  }
  return frames;
}

}  // namespace

std::optional<std::string_view> host_name(std::string_view authority) {
  const std::size_t colon = authority.starts_with('[') ? authority.find(']') : 0;
  if (colon == std::string_view::npos) return std::nullopt;
  const std::size_t end = authority.find(':', colon);
  const std::string_view host = authority.substr(0, end);
  const std::string_view port =
      end == std::string_view::npos ? std::string_view() : authority.substr(end + 1);
  constexpr std::string_view kHost =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-[]:";
  const bool plain = !host.empty() && host.find_first_not_of(kHost) == std::string_view::npos &&
                     port.find_first_not_of("0123456789") == std::string_view::npos;
  return plain ? std::optional(host) : std::nullopt;
}

core::Result<Pages> Pages::read(const path& folder) {
  Pages pages;
  std::error_code error;
  if (!std::filesystem::exists(folder / "index.html", error)) return pages;
  HEYAN_TRY(pages.index_, read_text(folder / "index.html"));
  if (pages.index_.find(kNonceHere) == std::string::npos) {
    return core::fail(ErrorCode::kMalformed, "index.html has no place for a nonce");
  }
  std::filesystem::directory_iterator files(folder / "assets", error);
  for (; !error && files != std::filesystem::directory_iterator(); files.increment(error)) {
    if (pages.assets_.size() >= kFiles) return core::fail(ErrorCode::kLimit, "too many files");
    std::string name = files->path().filename();
    HEYAN_TRY(std::string bytes, read_text(files->path()));
    std::string coding;
    for (const auto& [token, suffix] : kCodings) {
      if (!name.ends_with(suffix)) continue;
      coding = token;
      name.resize(name.size() - suffix.size());
    }
    Asset& asset = pages.assets_[name];
    asset.media_type = type_of(name);
    asset.forms[coding] = std::move(bytes);
  }
  if (error) return core::fail(ErrorCode::kIo, "assets/ cannot be read");
  return pages;
}

bool Pages::is_path(const http::Target& target) {
  return target.segments.empty() || target.segments[0] == "app" || target.segments[0] == "assets";
}

std::optional<http::Answer> Pages::answer(const http::RequestHead& head,
                                          std::uint16_t preview_port) const {
  if (!are_there()) return std::nullopt;
  if (head.target.segments.empty()) {
    http::Answer answer;
    answer.status = 303;
    answer.set("location", "/app/");
    return answer;
  }
  return head.target.segments[0] == "app" ? index(head, preview_port) : asset(head);
}

std::optional<http::Answer> Pages::index(const http::RequestHead& head,
                                         std::uint16_t preview_port) const {
  const auto nonce = new_nonce();
  if (!nonce) return std::nullopt;
  http::Answer answer;
  answer.set("content-type", "text/html; charset=utf-8");
  answer.set("content-security-policy", policy_of(*nonce, frames_of(head, preview_port)));
  answer.set("cross-origin-opener-policy", "same-origin");
  answer.set("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  answer.body = with_nonce(index_, *nonce);
  return answer;
}

std::optional<http::Answer> Pages::asset(const http::RequestHead& head) const {
  if (head.target.segments.size() != 2) return std::nullopt;
  const auto found = assets_.find(head.target.segments[1]);
  if (found == assets_.end()) return std::nullopt;
  const Asset& asset = found->second;
  http::Answer answer;
  answer.set("content-type", asset.media_type);
  answer.set("cache-control", "public, max-age=31536000, immutable");
  answer.set("vary", "accept-encoding");
  for (const auto& [token, suffix] : kCodings) {
    const auto form = asset.forms.find(token);
    if (form == asset.forms.end() || !accepts(head, token)) continue;
    answer.set("content-encoding", token);
    answer.body = form->second;
    return answer;
  }
  const auto itself = asset.forms.find("");
  if (itself == asset.forms.end()) return std::nullopt;
  answer.body = itself->second;
  return answer;
}

}  // namespace heyan::api
