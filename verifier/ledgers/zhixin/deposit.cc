#include "verifier/ledgers/zhixin/deposit.h"

#include <algorithm>
#include <array>

namespace heyan::ledgers::zhixin {
namespace {

using core::ErrorCode;
using core::fail;
using core::json::Value;
using enum StatementKind;

constexpr std::array<std::string_view, 6> kNames = {"schema",     "publicKey", "hash",
                                                    "extendInfo", "sign",      "answer"};
constexpr std::array kAnswer{StatementRule{"retCode", kNumber}, StatementRule{"retMsg", kText},
                             StatementRule{"txId", kText}, StatementRule{"blockHeight", kNumber},
                             StatementRule{"txTime", kEither}};
constexpr std::array<std::size_t, 3> kFingerprintBytes = {32, 48, 64};

core::Result<std::string> text_member(const Value& document, std::string_view name) {
  const Value* value = document.find(name);
  if (value == nullptr) return fail(ErrorCode::kMalformed, "a member of the deposit is missing");
  if (value->as_string() == nullptr)
    return fail(ErrorCode::kMalformed, "a member of the deposit is no text");
  return *value->as_string();
}

core::Result<crypto::PublicKey> read_key(std::string_view text) {
  const auto point = core::from_base64(text);
  if (!point) return fail(ErrorCode::kMalformed, "publicKey is no base64");
  return crypto::PublicKey::from_point(crypto::KeyAlgorithm::kSm2, *point);
}

core::Result<core::Bytes> read_fingerprint(std::string_view text) {
  auto bytes = core::from_hex(text);
  if (!bytes || std::ranges::find(kFingerprintBytes, bytes->size()) == kFingerprintBytes.end())
    return fail(ErrorCode::kMalformed, "hash is no fingerprint in hexadecimal");
  return *std::move(bytes);
}

}  // namespace

core::Result<Deposit> read_deposit(const Value& document) {
  if (document.as_object() == nullptr) return fail(ErrorCode::kMalformed, "a deposit is an object");
  for (const auto& [name, value] : *document.as_object()) {
    if (std::ranges::find(kNames, name) == kNames.end())
      return fail(ErrorCode::kUnknown, "the deposit has an unknown member");
  }
  HEYAN_TRY(const std::string key_text, text_member(document, "publicKey"));
  HEYAN_TRY(crypto::PublicKey key, read_key(key_text));
  HEYAN_TRY(std::string hash, text_member(document, "hash"));
  HEYAN_TRY(core::Bytes fingerprint, read_fingerprint(hash));
  HEYAN_TRY(std::string extend_info, text_member(document, "extendInfo"));
  if (characters(extend_info) > kMaxExtendInfo)
    return fail(ErrorCode::kLimit, "extendInfo is too long");
  HEYAN_TRY(const std::string sign, text_member(document, "sign"));
  auto signature = core::from_base64(sign);
  if (!signature) return fail(ErrorCode::kMalformed, "sign is no base64");
  std::vector<Statement> answer;
  if (const Value* member = document.find("answer")) {
    HEYAN_TRY(answer, read_statements(*member, kAnswer));
  }
  std::string signed_text = key_text + "_" + hash + "_" + extend_info;
  return Deposit{.key = std::move(key),
                 .hash = std::move(hash),
                 .fingerprint = std::move(fingerprint),
                 .extend_info = std::move(extend_info),
                 .signed_text = std::move(signed_text),
                 .signature = *std::move(signature),
                 .answer = std::move(answer)};
}

}  // namespace heyan::ledgers::zhixin
