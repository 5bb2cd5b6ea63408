#include "verifier/ledgers/tlog/record.h"

#include <algorithm>
#include <array>

#include "verifier/core/json.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::ledgers::tlog {
namespace {

using core::ErrorCode;
using core::json::Value;
using crypto::Hash;

struct Algorithm {
  Hash hash;
  v1::DigestAlgorithm number;
};
constexpr std::array<Algorithm, 6> kAlgorithms{{{Hash::kMd5, v1::DIGEST_ALGORITHM_MD5},
                                                {Hash::kSha1, v1::DIGEST_ALGORITHM_SHA_1},
                                                {Hash::kSha256, v1::DIGEST_ALGORITHM_SHA_256},
                                                {Hash::kSha384, v1::DIGEST_ALGORITHM_SHA_384},
                                                {Hash::kSha512, v1::DIGEST_ALGORITHM_SHA_512},
                                                {Hash::kSm3, v1::DIGEST_ALGORITHM_SM3}}};

// Text at a pointer; empty where absent. Anything but text is an error.
core::Result<std::string> text_at(const Value& document, const std::string& pointer) {
  const Value* value = pointer.empty() ? nullptr : document.at(pointer);
  if (value == nullptr || value->is_null()) return std::string();
  if (value->as_string() == nullptr)
    return core::fail(ErrorCode::kMalformed, "a record field is no text");
  return *value->as_string();
}

core::Result<void> add_digest(std::string_view name, const std::string& text,
                              v1::LedgerRecord& record) {
  const auto hash = crypto::hash_by_name(name);
  const auto known = std::ranges::find_if(
      kAlgorithms, [&](const Algorithm& one) { return hash && one.hash == *hash; });
  if (known == kAlgorithms.end()) {
    record.set_unsupported_algorithm(std::string(name));
    return {};
  }
  const auto value = core::from_hex(text);
  if (!value || value->size() != crypto::digest_bytes(known->hash))
    return core::fail(ErrorCode::kMalformed, "a digest of the record is no digest");
  v1::Digest& digest = *record.add_digests();
  digest.set_algorithm(known->number);
  digest.set_value(core::to_string(*value));
  return {};
}

core::Result<void> read_digests(const Value& document, const RecordPlaces& places,
                                v1::LedgerRecord& record) {
  for (const auto& [name, pointer] : places.digests) {
    HEYAN_TRY(const std::string text, text_at(document, pointer));
    if (!text.empty()) HEYAN_CHECK_OK(add_digest(name, text, record));
  }
  if (record.digests().empty() && record.unsupported_algorithm().empty())
    return core::fail(ErrorCode::kMalformed, "the record has no digest");
  std::ranges::sort(*record.mutable_digests(), {}, &v1::Digest::algorithm);
  return {};
}

}  // namespace

core::Result<v1::LedgerRecord> read_record(core::ByteView entry, const RecordPlaces& places,
                                           const core::Limits& limits) {
  const auto document = core::json::parse(entry, limits);
  if (!document) return std::unexpected(document.error().error);
  v1::LedgerRecord record;
  HEYAN_CHECK_OK(read_digests(*document, places, record));
  HEYAN_TRY(*record.mutable_id(), text_at(*document, places.id));
  HEYAN_TRY(*record.mutable_who(), text_at(*document, places.who));
  HEYAN_TRY(*record.mutable_what(), text_at(*document, places.what));
  HEYAN_TRY(*record.mutable_when(), text_at(*document, places.when));
  HEYAN_TRY(*record.mutable_where(), text_at(*document, places.where));
  if (const auto when = core::parse_rfc3339(record.when()))
    record.set_when_ms(core::to_unix_ms(*when));
  return record;
}

}  // namespace heyan::ledgers::tlog
