#include "verifier/ledgers/fabric/record.h"

#include <algorithm>
#include <array>

#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::ledgers::fabric {
namespace {

struct Algorithm {
  std::string_view name;
  v1::DigestAlgorithm number;
  std::size_t bytes;
};
constexpr std::array<Algorithm, 6> kAlgorithms{{{"md5", v1::DIGEST_ALGORITHM_MD5, 16},
                                                {"sha-1", v1::DIGEST_ALGORITHM_SHA_1, 20},
                                                {"sha-256", v1::DIGEST_ALGORITHM_SHA_256, 32},
                                                {"sha-384", v1::DIGEST_ALGORITHM_SHA_384, 48},
                                                {"sha-512", v1::DIGEST_ALGORITHM_SHA_512, 64},
                                                {"sm3", v1::DIGEST_ALGORITHM_SM3, 32}}};

// Text at a pointer; empty where absent. Anything but text is an error.
Result<std::string> text_at(const core::json::Value& document, const std::string& pointer) {
  const core::json::Value* value = pointer.empty() ? nullptr : document.at(pointer);
  if (value == nullptr || value->is_null()) return std::string();
  if (value->as_string() == nullptr)
    return core::fail(core::ErrorCode::kMalformed, "a record field is no text");
  return *value->as_string();
}

Result<void> read_digests(const core::json::Value& document, const RecordPlaces& places,
                          v1::LedgerRecord& record) {
  for (const auto& [name, pointer] : places.digests) {
    HEYAN_TRY(const std::string text, text_at(document, pointer));
    if (text.empty()) continue;
    const auto known = std::ranges::find(kAlgorithms, std::string_view(name), &Algorithm::name);
    if (known == kAlgorithms.end()) {
      record.set_unsupported_algorithm(name);
      continue;
    }
    const auto value = core::from_hex(text);
    if (!value || value->size() != known->bytes) {
      return core::fail(core::ErrorCode::kMalformed, "a digest of the record is no digest");
    }
    v1::Digest* digest = record.add_digests();
    digest->set_algorithm(known->number);
    digest->set_value(core::to_string(*value));
  }
  std::sort(record.mutable_digests()->begin(), record.mutable_digests()->end(),
            [](const v1::Digest& one, const v1::Digest& other) {
              return one.algorithm() < other.algorithm();
            });
  return {};
}

}  // namespace

RecordPlaces record_places(const trust::RecordFields& fields) {
  RecordPlaces places;
  if (!fields.digest.empty()) places.digests = fields.digest;
  const auto take = [&](std::string_view name, std::string& place) {
    const auto found = fields.fields.find(std::string(name));
    if (found != fields.fields.end()) place = found->second;
  };
  take("id", places.id);
  take("who", places.who);
  take("what", places.what);
  take("when", places.when);
  take("where", places.where);
  return places;
}

Result<ParsedRecord> parse_record(ByteView value, std::string_view key, const RecordPlaces& places,
                                  const core::Limits& limits) {
  const auto document = core::json::parse(value, limits);
  if (!document) return std::unexpected(document.error().error);
  ParsedRecord result;
  v1::LedgerRecord& record = result.record;
  record.set_id(std::string(key));
  HEYAN_TRY(const std::string id, text_at(*document, places.id));
  result.names_its_key = places.id.empty() || id == key;
  HEYAN_CHECK_OK(read_digests(*document, places, record));
  HEYAN_TRY(*record.mutable_who(), text_at(*document, places.who));
  HEYAN_TRY(*record.mutable_what(), text_at(*document, places.what));
  HEYAN_TRY(*record.mutable_when(), text_at(*document, places.when));
  HEYAN_TRY(*record.mutable_where(), text_at(*document, places.where));
  if (const auto when = core::parse_rfc3339(record.when()))
    record.set_when_ms(core::to_unix_ms(*when));
  return result;
}

std::optional<Bytes> digest_of(const v1::LedgerRecord& record, v1::DigestAlgorithm algorithm) {
  for (const v1::Digest& digest : record.digests()) {
    if (digest.algorithm() == algorithm) return core::to_bytes(digest.value());
  }
  return std::nullopt;
}

}  // namespace heyan::ledgers::fabric
