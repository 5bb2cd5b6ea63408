#include "verifier/ledgers/chainmaker/record.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::ledgers::chainmaker {
namespace {

using core::ErrorCode;
using core::fail;

struct Algorithm {
  std::string_view name;    // of trust lists
  std::string_view spoken;  // of records, lower case, without hyphens
  v1::DigestAlgorithm number;
  std::size_t bytes;
};
constexpr std::array<Algorithm, 6> kAlgorithms{
    {{"md5", "md5", v1::DIGEST_ALGORITHM_MD5, 16},
     {"sha-1", "sha1", v1::DIGEST_ALGORITHM_SHA_1, 20},
     {"sha-256", "sha256", v1::DIGEST_ALGORITHM_SHA_256, 32},
     {"sha-384", "sha384", v1::DIGEST_ALGORITHM_SHA_384, 48},
     {"sha-512", "sha512", v1::DIGEST_ALGORITHM_SHA_512, 64},
     {"sm3", "sm3", v1::DIGEST_ALGORITHM_SM3, 32}}};

const Algorithm* spoken_algorithm(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == '-' || c == '_') continue;
    plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  const auto found = std::ranges::find(kAlgorithms, std::string_view(plain), &Algorithm::spoken);
  return found == kAlgorithms.end() ? nullptr : &*found;
}

// Reads the places of one call; JSON inside a parameter is parsed once.
class Reader {
 public:
  Reader(const Payload& payload, const core::Limits& limits) : payload_(payload), limits_(limits) {}

  // Empty where there is no such parameter or member.
  Result<std::string> text(const Place& place) {
    if (place.parameter.empty()) return std::string();
    const auto count = std::ranges::count(payload_.parameters, place.parameter, &Parameter::key);
    if (count == 0) return std::string();
    const auto value = payload_.parameter(place.parameter);
    if (!value) return fail(ErrorCode::kDuplicate, "a parameter of the record stands twice");
    if (!place.pointer.empty()) return member(place, *value);
    const std::string_view text = core::as_text(*value);
    if (!core::is_utf8(text))
      return fail(ErrorCode::kMalformed, "a parameter of the record is no text");
    return std::string(text);
  }

 private:
  Result<std::string> member(const Place& place, ByteView value) {
    auto known = documents_.find(place.parameter);
    if (known == documents_.end()) {
      auto document = core::json::parse(value, limits_);
      if (!document) return std::unexpected(document.error().error);
      known = documents_.emplace(place.parameter, *std::move(document)).first;
    }
    const core::json::Value* found = known->second.at(place.pointer);
    if (found == nullptr || found->is_null()) return std::string();
    if (found->as_string() != nullptr) return *found->as_string();
    if (found->as_integer() != nullptr) return std::to_string(*found->as_integer());
    return fail(ErrorCode::kMalformed, "a record field is neither text nor number");
  }

  const Payload& payload_;
  const core::Limits& limits_;
  std::map<std::string, core::json::Value> documents_;
};

Result<void> add_digest(const Algorithm& algorithm, const std::string& text,
                        v1::LedgerRecord& record) {
  const auto value = core::from_hex(text);
  if (!value || value->size() != algorithm.bytes)
    return fail(ErrorCode::kMalformed, "a digest of the record is no digest");
  v1::Digest* digest = record.add_digests();
  digest->set_algorithm(algorithm.number);
  digest->set_value(core::to_string(*value));
  return {};
}

bool is_shared(const Place& place, const RecordPlaces& places) {
  return std::ranges::count_if(places.digests, [&](const auto& entry) {
           return entry.second.parameter == place.parameter &&
                  entry.second.pointer == place.pointer;
         }) > 1;
}

Result<void> read_digests(Reader& reader, const RecordPlaces& places, v1::LedgerRecord& record) {
  HEYAN_TRY(const std::string spoken, reader.text(places.algorithm));
  const Algorithm* named = spoken_algorithm(spoken);
  bool offered = false;
  for (const Algorithm& algorithm : kAlgorithms) {
    const auto place = places.digests.find(std::string(algorithm.name));
    if (place == places.digests.end()) continue;
    HEYAN_TRY(const std::string text, reader.text(place->second));
    if (text.empty()) continue;
    offered = true;
    const bool wanted = spoken.empty() ? !is_shared(place->second, places) : named == &algorithm;
    if (wanted) HEYAN_CHECK_OK(add_digest(algorithm, text, record));
  }
  if (offered && record.digests().empty()) record.set_unsupported_algorithm(spoken);
  std::sort(record.mutable_digests()->begin(), record.mutable_digests()->end(),
            [](const v1::Digest& one, const v1::Digest& other) {
              return one.algorithm() < other.algorithm();
            });
  return {};
}

// RFC 3339, or seconds or milliseconds since 1970 as records of the standard have them.
std::optional<std::int64_t> time_of(const std::string& text) {
  if (const auto time = core::parse_rfc3339(text)) return core::to_unix_ms(*time);
  constexpr std::size_t kSecondDigits = 10;
  constexpr std::size_t kMillisecondDigits = 13;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  if (text.size() == kSecondDigits) return value * 1000;
  return text.size() == kMillisecondDigits ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<Place> Place::parse(std::string_view text) {
  const std::size_t mark = text.find('#');
  Place place{.parameter = std::string(text.substr(0, mark)), .pointer = {}};
  if (mark != std::string_view::npos) place.pointer = text.substr(mark + 1);
  const bool has_pointer = mark != std::string_view::npos;
  if (place.parameter.empty() || (has_pointer && !place.pointer.starts_with('/')))
    return std::nullopt;
  return place;
}

std::optional<RecordPlaces> record_places(const trust::RecordFields& fields) {
  RecordPlaces places;
  bool sound = true;
  const auto read = [&](const std::string& text) {
    const auto place = Place::parse(text);
    sound = sound && place.has_value();
    return place.value_or(Place());
  };
  for (const auto& [algorithm, text] : fields.digest) places.digests[algorithm] = read(text);
  if (places.digests.empty()) {
    for (const Algorithm& algorithm : kAlgorithms)
      places.digests[std::string(algorithm.name)] = {"hash", ""};
  }
  const auto take = [&](const char* name, Place& place) {
    const auto found = fields.fields.find(name);
    if (found != fields.fields.end()) place = read(found->second);
  };
  take("algorithm", places.algorithm);
  take("id", places.id);
  take("who", places.who);
  take("what", places.what);
  take("when", places.when);
  take("where", places.where);
  if (const auto method = fields.fields.find("method"); method != fields.fields.end())
    places.method = method->second;
  if (!sound) return std::nullopt;
  return places;
}

Result<v1::LedgerRecord> read_record(const Payload& payload, const RecordPlaces& places,
                                     const core::Limits& limits) {
  v1::LedgerRecord record;
  Reader reader(payload, limits);
  HEYAN_TRY(const std::string id, reader.text(places.id));
  record.set_id(id.empty() ? std::string(payload.tx_id) : id);
  HEYAN_CHECK_OK(read_digests(reader, places, record));
  HEYAN_TRY(*record.mutable_who(), reader.text(places.who));
  HEYAN_TRY(*record.mutable_what(), reader.text(places.what));
  HEYAN_TRY(*record.mutable_when(), reader.text(places.when));
  HEYAN_TRY(*record.mutable_where(), reader.text(places.where));
  if (const auto when = time_of(record.when())) record.set_when_ms(*when);
  return record;
}

}  // namespace heyan::ledgers::chainmaker
