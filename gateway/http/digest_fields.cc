#include "gateway/http/digest_fields.h"

#include "gateway/http/structured_fields.h"

namespace heyan::http {
namespace {

using core::ErrorCode;

constexpr std::size_t kSha256Bytes = 32;
constexpr std::size_t kSha512Bytes = 64;
constexpr std::int64_t kMostPreferred = 10;

const SfBare* value_of(const SfMember& member) {
  const auto* const item = std::get_if<SfItem>(&member);
  return item != nullptr ? &item->value : nullptr;
}

}  // namespace

core::Result<Digests> parse_digests(std::string_view field) {
  HEYAN_TRY(const SfDictionary dictionary, parse_sf_dictionary(field));
  Digests digests;
  for (const auto& [algorithm, member] : dictionary) {
    const SfBare* const value = value_of(member);
    const auto* const bytes = value != nullptr ? std::get_if<core::Bytes>(value) : nullptr;
    if (bytes == nullptr)
      return core::fail(ErrorCode::kMalformed, "a digest is no byte sequence between colons");
    const bool is_sha256 = algorithm == "sha-256";
    if (!is_sha256 && algorithm != "sha-512") continue;
    if (bytes->size() != (is_sha256 ? kSha256Bytes : kSha512Bytes))
      return core::fail(ErrorCode::kMalformed, "a digest has another length than its algorithm's");
    (is_sha256 ? digests.sha256 : digests.sha512) = *bytes;
  }
  return digests;
}

std::string write_sha256_digest(core::ByteView sha256) {
  return write_sf(
      SfDictionary{{"sha-256", SfItem{.value = core::to_bytes(sha256), .parameters = {}}}});
}

core::Result<std::vector<Wish>> parse_wanted_digests(std::string_view field) {
  HEYAN_TRY(const SfDictionary dictionary, parse_sf_dictionary(field));
  std::vector<Wish> wishes;
  for (const auto& [algorithm, member] : dictionary) {
    const SfBare* const value = value_of(member);
    const auto* const number = value != nullptr ? std::get_if<std::int64_t>(value) : nullptr;
    if (number == nullptr || *number < 0 || *number > kMostPreferred)
      return core::fail(ErrorCode::kMalformed, "a preference is no number from 0 to 10");
    wishes.push_back({.algorithm = algorithm, .preference = static_cast<int>(*number)});
  }
  return wishes;
}

}  // namespace heyan::http
