// Structured header fields: dictionaries, lists and items, read and written.
//
// Source: RFC 8941, as far as RFC 9421 (signatures) and RFC 9530 (digests) need it, and stricter in
// one point: a key that stands twice in a dictionary or in parameters is refused, where the RFC
// takes the last. Threat: what a signature covers must have one reading. Limits: 8 KiB, 128 members
// or inner items. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::http {

struct SfToken {
  std::string text;
  bool operator==(const SfToken&) const = default;
};
struct SfDecimal {
  std::int64_t thousandths = 0;
  bool operator==(const SfDecimal&) const = default;
};
using SfBare = std::variant<bool, std::int64_t, SfDecimal, std::string, SfToken, core::Bytes>;
using SfParameters = std::vector<std::pair<std::string, SfBare>>;

struct SfItem {
  SfBare value;
  SfParameters parameters;
  bool operator==(const SfItem&) const = default;
};
struct SfInnerList {
  std::vector<SfItem> items;
  SfParameters parameters;
  bool operator==(const SfInnerList&) const = default;
};
using SfMember = std::variant<SfItem, SfInnerList>;
using SfDictionary = std::vector<std::pair<std::string, SfMember>>;

// The whole of `text`, lines of one field joined by ", ". An empty field is an empty dictionary.
// kMalformed, kDuplicate, kTrailing, kLimit; the offset is that in `text`.
core::Result<SfDictionary> parse_sf_dictionary(std::string_view text);
core::Result<SfItem> parse_sf_item(std::string_view text);

// The one form that there is of each (RFC 8941 section 4.1). Keys, tokens and strings must be such.
std::string write_sf(const SfItem& item);
std::string write_sf(const SfInnerList& list);
std::string write_sf(const SfMember& member);
std::string write_sf(const SfDictionary& dictionary);

// The value of a key, or null.
const SfMember* find_sf(const SfDictionary& dictionary, std::string_view key);
const SfBare* find_sf(const SfParameters& parameters, std::string_view key);

}  // namespace heyan::http
