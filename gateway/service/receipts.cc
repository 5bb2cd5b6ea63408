#include "gateway/service/receipts.h"

#include <algorithm>

#include "gateway/service/signer_client.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using core::ErrorCode;
using core::json::Value;
using Good = std::shared_ptr<const SignedReceipt>;

constexpr std::size_t kReceiptBytes = 64u << 20;
constexpr std::size_t kHeaderBytes = 64u << 10;
constexpr std::size_t kMostKnown = 64;
constexpr std::size_t kMostKnownBytes = 16u << 20;
constexpr std::string_view kType = "heyan-receipt+jws";
constexpr std::string_view kSchema = "heyan.receipt.v1";

std::unexpected<core::Error> not_as_signed() {
  return core::fail(ErrorCode::kInternal, "a stored receipt is not the one that was signed");
}

// A compact JWS (RFC 7515 7.1).
struct Jws {
  std::string_view header;
  std::string_view payload;
  std::string_view signing_input;
  core::Bytes signature;
};

std::optional<Jws> parts_of(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == text.npos ? first : text.find('.', first + 1);
  if (second == text.npos) return std::nullopt;
  auto signature = core::from_base64url(text.substr(second + 1));
  if (!signature) return std::nullopt;
  return Jws{.header = text.substr(0, first),
             .payload = text.substr(first + 1, second - first - 1),
             .signing_input = text.substr(0, second),
             .signature = *std::move(signature)};
}

std::optional<Value> object_in(std::string_view base64url, std::size_t most_bytes) {
  const auto bytes = core::from_base64url(base64url);
  if (!bytes) return std::nullopt;
  auto value = core::json::parse(*bytes, core::Limits{.json_bytes = most_bytes});
  if (!value || value->as_object() == nullptr) return std::nullopt;
  return *std::move(value);
}

std::string_view text_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  const std::string* text = value == nullptr ? nullptr : value->as_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::optional<std::uint64_t> number_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  const std::int64_t* number = value == nullptr ? nullptr : value->as_integer();
  if (number == nullptr || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

std::optional<std::vector<store::StoredFile>> files_in(const Value& payload) {
  const Value* list = payload.find("files");
  if (list == nullptr || list->as_array() == nullptr) return std::nullopt;
  std::vector<store::StoredFile> files;
  for (const Value& one : *list->as_array()) {
    const auto size = number_of(one, "size");
    auto sha256 = core::from_hex(text_of(one, "sha256"));
    if (!size || !sha256) return std::nullopt;
    files.push_back(
        {.path = std::string(text_of(one, "path")), .size = *size, .sha256 = *std::move(sha256)});
  }
  return files;
}

// Of a receipt that was signed here: whether it is this row's.
std::optional<SignedReceipt> receipt_of(const store::Submission& stored, const Jws& jws) {
  auto payload = object_in(jws.payload, kReceiptBytes);
  if (!payload || text_of(*payload, "schema") != kSchema ||
      text_of(*payload, "submission") != stored.id || text_of(*payload, "court") != stored.court ||
      number_of(*payload, "intake") != stored.intake_index) {
    return std::nullopt;
  }
  const auto received_at = core::parse_rfc3339(text_of(*payload, "receivedAt"));
  auto files = files_in(*payload);
  if (!received_at || !files) return std::nullopt;
  return SignedReceipt{.payload = *std::move(payload),
                       .received_at_ms = core::to_unix_ms(*received_at),
                       .files = *std::move(files)};
}

bool is_signed(const Jws& jws, std::span<const crypto::Es256Verifier> keys) {
  const auto header = object_in(jws.header, kHeaderBytes);
  return header && text_of(*header, "alg") == "ES256" && text_of(*header, "typ") == kType &&
         std::ranges::any_of(keys, [&](const crypto::Es256Verifier& key) {
           return key.verify(core::as_bytes(jws.signing_input), jws.signature);
         });
}

core::Bytes question_of(const store::Submission& stored) {
  const auto hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  const std::string row = std::to_string(stored.id.size()) + ":" + stored.id +
                          std::to_string(stored.court.size()) + ":" + stored.court +
                          std::to_string(stored.intake_index) + ":";
  hasher->update(core::as_bytes(row));
  hasher->update(stored.receipt);
  return hasher->finish();
}

}  // namespace

core::Result<Good> Receipts::confirm(const store::Submission& stored) {
  auto good = find_good(stored);
  if (!good && good.error().code == ErrorCode::kInternal && altered_) altered_();
  return good;
}

core::Result<Good> Receipts::confirm(const store::Submission& stored,
                                     std::span<const store::StoredFile> files) {
  HEYAN_TRY(Good good, confirm(stored));
  if (std::ranges::equal(good->files, files)) return good;
  if (altered_) altered_();
  return core::fail(ErrorCode::kInternal, "stored files are not those of the signed receipt");
}

core::Result<Good> Receipts::find_good(const store::Submission& stored) {
  core::Bytes question = question_of(stored);
  if (Good known = recall(question)) return known;
  HEYAN_TRY(const auto signed_with, keys());
  const auto jws = parts_of(core::as_text(stored.receipt));
  if (!jws || !is_signed(*jws, signed_with)) return not_as_signed();
  auto receipt = receipt_of(stored, *jws);
  if (!receipt) return not_as_signed();
  const auto good = std::make_shared<const SignedReceipt>(*std::move(receipt));
  remember({.question = std::move(question), .bytes = stored.receipt.size(), .receipt = good});
  return good;
}

// From the signer, and from nowhere else: certificates that stand in a receipt, or on the disk, are
// whoever's who wrote them.
core::Result<std::vector<crypto::Es256Verifier>> Receipts::keys() {
  {
    const std::lock_guard lock(mutex_);
    if (!keys_.empty()) return keys_;
  }
  v1::FrontAsks asks;
  asks.mutable_keys();
  HEYAN_TRY(const v1::FrontGets gets, signer_.ask(asks));
  std::vector<crypto::Es256Verifier> told;
  for (const v1::PublishedKey& one : gets.keys().keys()) {
    if (one.use() != "receipt") continue;
    auto key = crypto::Es256Verifier::from_point(core::as_bytes(one.point()));
    if (key) told.push_back(*std::move(key));
  }
  if (told.empty()) return core::fail(ErrorCode::kIo, "the signer does not tell its keys");
  const std::lock_guard lock(mutex_);
  keys_ = std::move(told);
  return keys_;
}

Good Receipts::recall(const core::Bytes& question) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(known_, question, &Known::question);
  if (found == known_.end()) return nullptr;
  known_.splice(known_.begin(), known_, found);
  return found->receipt;
}

// What was parsed takes a few times as much as what was signed; one that alone is too large is
// verified each time.
void Receipts::remember(Known known) {
  if (known.bytes > kMostKnownBytes) return;
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(known_, known.question, &Known::question) != known_.end()) return;
  known_bytes_ += known.bytes;
  known_.push_front(std::move(known));
  while (known_.size() > kMostKnown || known_bytes_ > kMostKnownBytes) {
    known_bytes_ -= known_.back().bytes;
    known_.pop_back();
  }
}

}  // namespace heyan::service
