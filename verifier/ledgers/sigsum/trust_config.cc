#include "verifier/ledgers/sigsum/trust_config.h"

#include <algorithm>

#include "verifier/core/cursor.h"
#include "verifier/crypto/digest.h"

namespace heyan::ledgers::sigsum {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kSshType = "ssh-ed25519";
constexpr std::size_t kMostKeys = 1'000;

Result<ByteView> take_text(core::Cursor& cursor) {
  HEYAN_TRY(const std::uint32_t length, cursor.take_u32());
  return cursor.take(length);
}

// RFC 8709, section 4: the type, then the key, each after its length.
Result<core::Bytes> read_ssh(std::string_view line) {
  line.remove_prefix(kSshType.size() + 1);
  const auto blob = core::from_base64(line.substr(0, line.find(' ')));
  if (!blob) return fail(ErrorCode::kMalformed, "the OpenSSH key is not base64");
  core::Cursor cursor(*blob);
  HEYAN_TRY(const ByteView type, take_text(cursor));
  HEYAN_TRY(const ByteView key, take_text(cursor));
  HEYAN_CHECK_OK(cursor.expect_end());
  if (core::as_text(type) != kSshType)
    return fail(ErrorCode::kMalformed, "the OpenSSH key is of another type");
  return core::to_bytes(key);
}

Result<SubmitKey> read_key(std::string_view line) {
  core::Bytes point;
  if (line.starts_with(std::string(kSshType) + " ")) {
    HEYAN_TRY(point, read_ssh(line));
  } else {
    const auto bytes = core::from_hex(line);
    if (!bytes) return fail(ErrorCode::kMalformed, "a line is neither hexadecimal nor ssh-ed25519");
    point = *bytes;
  }
  HEYAN_TRY(crypto::PublicKey key,
            crypto::PublicKey::from_point(crypto::KeyAlgorithm::kEd25519, point));
  const KeyHash hash = key_hash(key);
  return SubmitKey{.key = std::move(key), .hash = hash};
}

bool read_keys(trust::Table& table, SigsumConfig& config) {
  const auto paths = table.texts("submit_keys");
  if (paths.empty()) {
    table.defect("submit_keys", "names no file", "Write submit_keys = [\"log/submit.pub\"]");
    return false;
  }
  bool sound = true;
  for (const std::string& path : paths) {
    const auto bytes = table.read_file("submit_keys", path);
    if (!bytes) {
      sound = false;  // said already
      continue;
    }
    auto keys = read_submit_keys(core::as_text(*bytes));
    if (!keys) {
      table.defect("submit_keys", path + ": " + std::string(keys.error().text),
                   "Write one Ed25519 key a line, in hexadecimal or as OpenSSH has it");
      sound = false;
      continue;
    }
    std::ranges::move(*keys, std::back_inserter(config.submit_keys));
  }
  return sound;
}

}  // namespace

KeyHash key_hash(const crypto::PublicKey& key) {
  KeyHash hash{};
  std::ranges::copy(crypto::sha256(key.point()), hash.begin());
  return hash;
}

Result<std::vector<SubmitKey>> read_submit_keys(std::string_view text) {
  std::vector<SubmitKey> keys;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (keys.size() == kMostKeys) return fail(ErrorCode::kLimit, "too many keys");
    HEYAN_TRY(SubmitKey key, read_key(line));
    keys.push_back(std::move(key));
  }
  if (keys.empty()) return fail(ErrorCode::kMalformed, "there is no key");
  return keys;
}

std::shared_ptr<const SigsumConfig> read_config(trust::Table& table,
                                                const trust::LedgerEntry& entry,
                                                const trust::TrustList& list) {
  auto config = std::make_shared<SigsumConfig>();
  bool sound = tlog::read_log(table, transparency::PolicyForm::kSigsum, entry, list, *config);
  if (!entry.record.digest.empty() || !entry.record.fields.empty()) {
    table.defect("", "an entry of Sigsum has no record", "Leave out [ledger.record]");
    sound = false;
  }
  sound = read_keys(table, *config) && sound;
  for (const auto& log : config->policy.logs()) config->logs.push_back(key_hash(log.key));
  for (const auto& one : config->policy.witnesses()) config->witnesses.push_back(key_hash(one.key));
  return sound ? config : nullptr;
}

}  // namespace heyan::ledgers::sigsum
