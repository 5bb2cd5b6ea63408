#include "gateway/bundle/withheld.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "verifier/core/json.h"
#include "verifier/core/text.h"

namespace heyan::bundle {
namespace {

constexpr std::size_t kShortest = 4;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Every character beyond ASCII as \uXXXX, of higher planes as two (RFC 8259 7). `text` is UTF-8.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    std::size_t length = 1;
    if (first >= 0xf0) {
      length = 4;
    } else if (first >= 0xe0) {
      length = 3;
    } else if (first >= 0xc0) {
      length = 2;
    }
    if (length == 1) {
      out.push_back(text[at++]);
      continue;
    }
    std::uint32_t point = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) {
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    }
    at += length;
    if (point >= 0x10000) {
      point -= 0x10000;
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", 0xd800 + (point >> 10));
      point = 0xdc00 + (point & 0x3ffU);
    }
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", point);
  }
  return out;
}

// `look` at each text of a document.
template <typename Look>
bool any_text(const core::json::Value& value, const Look& look) {
  if (const std::string* text = value.as_string()) return look(*text);
  if (const auto* list = value.as_array()) {
    return std::ranges::any_of(*list, [&](const auto& one) { return any_text(one, look); });
  }
  if (const auto* object = value.as_object()) {
    return std::ranges::any_of(
        *object, [&](const auto& one) { return look(one.first) || any_text(one.second, look); });
  }
  return false;
}

}  // namespace

Withheld::Withheld(std::span<const Disclosure> all, std::span<const Disclosure> shown) {
  for (const Disclosure& one : all) {
    if (std::ranges::find(shown, one) != shown.end()) continue;
    pointers_.push_back(one.pointer);
    if (one.value.size() < kShortest) continue;
    const std::string value = lower(one.value);
    for (const std::string& spelled : {value, escaped(value)}) {
      values_[spelled.substr(0, kShortest)].insert(spelled);
    }
  }
}

bool Withheld::beneath(std::string_view pointer) const {
  const std::string prefix = std::string(pointer) + "/";
  return std::ranges::any_of(pointers_,
                             [&](const std::string& one) { return one.starts_with(prefix); });
}

bool Withheld::stands_in(std::string_view text) const {
  const std::string all = lower(text);
  const std::string_view seen = all;
  for (std::size_t at = 0; at + kShortest <= seen.size(); ++at) {
    const auto begun = values_.find(seen.substr(at, kShortest));
    if (begun == values_.end()) continue;
    const std::string_view rest = seen.substr(at);
    if (std::ranges::any_of(begun->second,
                            [&](const std::string& value) { return rest.starts_with(value); })) {
      return true;
    }
  }
  return false;
}

bool Withheld::shown_by(std::string_view bytes) const {
  if (values_.empty()) return false;
  if (stands_in(bytes)) return true;
  const auto document =
      core::json::parse(core::as_bytes(bytes), core::Limits{.json_bytes = bytes.size()});
  return document && any_text(*document, [this](std::string_view text) {
           if (stands_in(text)) return true;
           const auto hex = core::from_hex(text.starts_with("0x") ? text.substr(2) : text);
           if (hex && stands_in(core::as_text(*hex))) return true;
           const auto base64 = core::from_base64(text);
           return base64 && stands_in(core::as_text(*base64));
         });
}

}  // namespace heyan::bundle
