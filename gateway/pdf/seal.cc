#include "gateway/pdf/seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ranges>

#include "verifier/crypto/digest.h"

namespace heyan::pdf {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kRange = "/ByteRange [ 0 ";
constexpr std::string_view kContents = " ] /Contents <";
constexpr std::size_t kNumber = 10;                // digits, or spaces after them
constexpr std::size_t kNumbers = 3 * kNumber + 2;  // with the spaces between
constexpr std::size_t kHole = 2 * kSealBytes + 2;  // with "<" and ">"
constexpr std::size_t kMostBytes = 1'000'000'000;  // ten digits would do for more

std::string numbers(const SealPlace& place, std::size_t size) {
  return fmt::format("{:<10} {:<10} {:<10}", place.begin, place.end, size - place.end);
}

// Where "/ByteRange" stands, once, and the hole after it.
Result<std::size_t> find_range(std::string_view file) {
  if (file.size() > kMostBytes) return fail(ErrorCode::kLimit, "the file is too large");
  const std::size_t at = file.find(kRange);
  if (at == std::string_view::npos) return fail(ErrorCode::kNotFound, "the file has no seal");
  if (file.find("/ByteRange", at + 1) != std::string_view::npos || file.find("/ByteRange") != at) {
    return fail(ErrorCode::kDuplicate, "the file has more than one signature", at);
  }
  const std::size_t contents = at + kRange.size() + kNumbers;
  if (file.size() < contents + kContents.size() + kHole ||
      file.substr(contents, kContents.size()) != kContents) {
    return fail(ErrorCode::kMalformed, "the seal is not where it must be", at);
  }
  return at;
}

SealPlace place_of(std::size_t range) {
  const std::size_t begin = range + kRange.size() + kNumbers + kContents.size() - 1;
  return {.begin = begin, .end = begin + kHole};
}

}  // namespace

std::string_view range_to_come() { return "[ 0 1000000000 1000000000 1000000000 ]"; }

Result<void> settle_range(std::string& file) {
  const auto range = find_range(file);
  if (!range) return fail(ErrorCode::kInternal, "the file was written without a place for a seal");
  file.replace(*range + kRange.size(), kNumbers, numbers(place_of(*range), file.size()));
  return {};
}

Result<SealPlace> find_seal(std::string_view file) {
  HEYAN_TRY(const std::size_t range, find_range(file));
  const SealPlace place = place_of(range);
  if (file.substr(range + kRange.size(), kNumbers) != numbers(place, file.size())) {
    return fail(ErrorCode::kMalformed, "the seal does not cover the whole file", range);
  }
  if (file[place.begin] != '<' || file[place.end - 1] != '>') {
    return fail(ErrorCode::kMalformed, "the seal is not where it must be", place.begin);
  }
  return place;
}

core::Bytes signed_digest(std::string_view file, const SealPlace& place) {
  const std::unique_ptr<crypto::Hasher> hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  hasher->update(core::as_bytes(file.substr(0, place.begin)));
  hasher->update(core::as_bytes(file.substr(place.end)));
  return hasher->finish();
}

Result<void> put_seal(std::string& file, const SealPlace& place, ByteView signature) {
  if (signature.size() > kSealBytes) {
    return fail(ErrorCode::kLimit, "the signature does not fit into its place");
  }
  const std::string hex = core::to_hex(signature);
  file.replace(place.begin + 1, hex.size(), hex);
  return {};
}

Result<core::Bytes> take_seal(std::string_view file, const SealPlace& place) {
  const std::string_view hex = file.substr(place.begin + 1, 2 * kSealBytes);
  const bool lower = std::ranges::all_of(
      hex, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  const auto bytes = lower ? core::from_hex(hex) : std::nullopt;
  if (!bytes) return fail(ErrorCode::kMalformed, "the signature is not written as it must be");
  // SEQUENCE with a length of two octets: nothing that fits here is shorter than 256 octets.
  if ((*bytes)[0] != 0x30 || (*bytes)[1] != 0x82) {
    return fail(ErrorCode::kMalformed, "the place of the seal holds no signature");
  }
  const std::size_t length = 4 + (std::size_t{(*bytes)[2]} << 8 | (*bytes)[3]);
  if (length > bytes->size() || std::ranges::any_of(*bytes | std::views::drop(length),
                                                    [](std::uint8_t b) { return b != 0; })) {
    return fail(ErrorCode::kMalformed, "something stands behind the signature");
  }
  return core::Bytes(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(length));
}

}  // namespace heyan::pdf
