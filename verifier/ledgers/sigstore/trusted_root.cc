#include "verifier/ledgers/sigstore/trusted_root.h"

#include "verifier/crypto/digest.h"
#include "verifier/transparency/note_key.h"

namespace heyan::ledgers::sigstore {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;

constexpr std::string_view kType = "application/vnd.dev.sigstore.trustedroot";
constexpr std::string_view kScheme = "https://";
constexpr std::size_t kMostLogs = 64;

std::unexpected<core::Error> malformed(std::string_view text) {
  return fail(ErrorCode::kMalformed, text);
}

Result<std::string_view> text_at(const Value& value, std::string_view pointer) {
  const Value* found = value.at(pointer);
  if (found == nullptr || found->as_string() == nullptr)
    return malformed("a log lacks its name, key, id or the start of its period");
  return std::string_view(*found->as_string());
}

Result<core::Bytes> bytes_at(const Value& value, std::string_view pointer) {
  HEYAN_TRY(const std::string_view text, text_at(value, pointer));
  auto bytes = core::from_base64(text);
  if (!bytes) return malformed("a key or id is not base64");
  return *std::move(bytes);
}

Result<core::UtcTime> time_of(std::string_view text) {
  const auto time = core::parse_rfc3339(text);
  if (!time) return malformed("an end of a period is no time");
  return *time;
}

core::Bytes id_of(const std::string& name, const crypto::PublicKey& key) {
  if (key.algorithm() != crypto::KeyAlgorithm::kEd25519) return core::to_bytes(key.sha256());
  core::Bytes named = core::to_bytes(name + "\n\x01");
  named.insert(named.end(), key.point().begin(), key.point().end());
  return crypto::sha256(named);
}

Result<std::string> name_of(std::string_view url) {
  if (!url.starts_with(kScheme)) return malformed("the address of a log does not begin https://");
  url.remove_prefix(kScheme.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  if (!transparency::is_key_name(url)) return malformed("a log's address is no name of a key");
  return std::string(url);
}

Result<TrustedLog> read_log(const Value& value, const core::Limits& limits) {
  HEYAN_TRY(const std::string_view url, text_at(value, "/baseUrl"));
  HEYAN_TRY(std::string name, name_of(url));
  HEYAN_TRY(const core::Bytes spki, bytes_at(value, "/publicKey/rawBytes"));
  HEYAN_TRY(const crypto::PublicKey key, crypto::PublicKey::from_spki(spki, limits));
  if (key.algorithm() != crypto::KeyAlgorithm::kEd25519 &&
      key.algorithm() != crypto::KeyAlgorithm::kEcdsaP256)
    return fail(ErrorCode::kUnsupported, "a log's key is neither ECDSA on P-256 nor Ed25519");
  HEYAN_TRY(const core::Bytes id, bytes_at(value, "/logId/keyId"));
  if (id_of(name, key) != id) return malformed("the id of a log is not that of its key");
  HEYAN_TRY(const std::string_view start, text_at(value, "/publicKey/validFor/start"));
  HEYAN_TRY(const core::UtcTime from, time_of(start));
  TrustedLog log{.name = std::move(name), .id = {}, .key = key, .from = from, .until = {}};
  std::ranges::copy(id, log.id.begin());
  const Value* end = value.at("/publicKey/validFor/end");
  if (end == nullptr || end->is_null()) return log;
  HEYAN_TRY(const std::string_view until, text_at(value, "/publicKey/validFor/end"));
  HEYAN_TRY(log.until, time_of(until));
  return log;
}

}  // namespace

Result<std::vector<TrustedLog>> read_trusted_root(core::ByteView bytes,
                                                  const core::Limits& limits) {
  const auto document = core::json::parse(bytes, limits);
  if (!document) return std::unexpected(document.error().error);
  HEYAN_TRY(const std::string_view type, text_at(*document, "/mediaType"));
  const Value* logs = document->find("tlogs");
  if (!type.starts_with(kType) || logs == nullptr || logs->as_array() == nullptr ||
      logs->as_array()->empty())
    return malformed("no trusted root with logs");
  if (logs->as_array()->size() > kMostLogs) return fail(ErrorCode::kLimit, "too many logs");
  std::vector<TrustedLog> all;
  for (const Value& one : *logs->as_array()) {
    HEYAN_TRY(TrustedLog log, read_log(one, limits));
    if (std::ranges::find(all, log.id, &TrustedLog::id) != all.end())
      return fail(ErrorCode::kDuplicate, "a log stands there twice");
    all.push_back(std::move(log));
  }
  return all;
}

}  // namespace heyan::ledgers::sigstore
