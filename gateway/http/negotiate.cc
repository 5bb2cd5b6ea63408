#include "gateway/http/negotiate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gateway/http/fields.h"

namespace heyan::http {
namespace {

struct Wish {
  std::string range;  // in lower case
  int quality;        // thousandths
};

// qvalue: 0, 1 and up to three decimals (RFC 9110 section 12.4.2).
std::optional<int> parse_quality(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int thousandths = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int weight = 100;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') return std::nullopt;
    thousandths += (digit - '0') * weight;
    weight /= 10;
  }
  if (thousandths > 1000) return std::nullopt;
  return thousandths;
}

// Empty where any element cannot be read.
std::vector<Wish> parse_wishes(std::string_view list) {
  std::vector<Wish> wishes;
  for (const std::string_view element : split_list(list)) {
    const auto parsed = parse_parameterised(element);
    if (!parsed || parsed->value.empty()) return {};
    const std::string* const q = parsed->find("q");
    const std::optional<int> quality = q == nullptr ? 1000 : parse_quality(*q);
    if (!quality) return {};
    wishes.push_back({.range = parsed->value, .quality = *quality});
  }
  return wishes;
}

// How closely a range names a media type: 0 not at all, 1 "*/*", 2 "type/*", 3 the type itself.
int closeness(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  if (range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1))) return 2;
  return 0;
}

int quality_of(const std::vector<Wish>& wishes, std::string_view type) {
  int closest = 0;
  int quality = 0;
  for (const Wish& wish : wishes) {
    const int close = closeness(wish.range, type);
    if (close > closest) {
      closest = close;
      quality = wish.quality;
    }
  }
  return quality;
}

// "zh" also names "zh-CN" and "zh-hans-cn".
int language_quality(const std::vector<Wish>& wishes, std::string_view language) {
  int named = -1;
  int any = 0;
  for (const Wish& wish : wishes) {
    if (wish.range == "*") any = std::max(any, wish.quality);
    if (wish.range == language ||
        (wish.range.starts_with(language) && wish.range[language.size()] == '-')) {
      named = std::max(named, wish.quality);
    }
  }
  return named >= 0 ? named : any;
}

}  // namespace

Language choose_language(std::string_view accept_language) {
  const std::vector<Wish> wishes = parse_wishes(accept_language);
  return language_quality(wishes, "en") > language_quality(wishes, "zh") ? Language::kEn
                                                                         : Language::kZh;
}

std::optional<std::size_t> choose_media_type(std::string_view accept,
                                             std::span<const std::string_view> offers) {
  const std::vector<Wish> wishes = parse_wishes(accept);
  if (offers.empty()) return std::nullopt;
  if (wishes.empty()) return 0;
  std::optional<std::size_t> best;
  int best_quality = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    const int quality = quality_of(wishes, offers[i]);
    if (quality > best_quality) {
      best = i;
      best_quality = quality;
    }
  }
  return best;
}

}  // namespace heyan::http
