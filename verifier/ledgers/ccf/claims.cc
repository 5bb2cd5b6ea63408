#include "verifier/ledgers/ccf/claims.h"

#include "verifier/crypto/hmac.h"

namespace heyan::ledgers::ccf {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;

constexpr std::string_view kProtocol = "LedgerEntryV1";
constexpr std::array<std::string_view, 3> kClaimMembers = {"kind", "ledgerEntry", "digest"};
constexpr std::array<std::string_view, 4> kEntryMembers = {"protocol", "collectionId", "contents",
                                                           "secretKey"};
constexpr std::array<std::string_view, 2> kDigestMembers = {"protocol", "value"};

Result<void> check_protocol(const Members& members) {
  HEYAN_TRY(const std::string_view protocol, members.text("protocol"));
  if (protocol != kProtocol) return fail(ErrorCode::kUnsupported, "a claim of another protocol");
  return {};
}

Result<EntryClaim> read_entry(const Value* value) {
  HEYAN_TRY(const Members members, Members::of(value, kEntryMembers));
  HEYAN_CHECK_OK(check_protocol(members));
  EntryClaim entry;
  HEYAN_TRY(entry.collection, members.text("collectionId"));
  HEYAN_TRY(entry.contents, members.text("contents"));
  HEYAN_TRY(entry.key, members.base64("secretKey"));
  return entry;
}

Result<Claim> read_claim(const Value& value) {
  HEYAN_TRY(const Members members, Members::of(&value, kClaimMembers));
  HEYAN_TRY(const std::string_view kind, members.text("kind"));
  const bool is_entry = kind == "LedgerEntry";
  if (!is_entry && kind != "ClaimDigest")
    return fail(ErrorCode::kUnsupported, "a claim of another kind");
  if (members.find(is_entry ? "digest" : "ledgerEntry") != nullptr)
    return fail(ErrorCode::kMalformed, "a claim of two kinds");
  Claim claim;
  if (is_entry) {
    HEYAN_TRY(claim.entry, read_entry(members.find("ledgerEntry")));
    return claim;
  }
  HEYAN_TRY(const Members digest, Members::of(members.find("digest"), kDigestMembers));
  HEYAN_CHECK_OK(check_protocol(digest));
  HEYAN_TRY(claim.digest, digest.hex32("value"));
  return claim;
}

// d of a claim.
std::optional<Bytes> digest_of(const Claim& claim, crypto::SignatureChecker& checker) {
  if (!claim.entry) return core::to_bytes(claim.digest);
  const EntryClaim& entry = *claim.entry;
  const auto collection = crypto::hmac_sha256(entry.key, core::as_bytes(entry.collection), checker);
  const auto contents = crypto::hmac_sha256(entry.key, core::as_bytes(entry.contents), checker);
  if (!collection || !contents) return std::nullopt;
  return checker.digest(crypto::Hash::kSha256, std::array<ByteView, 2>{*collection, *contents});
}

}  // namespace

Result<std::vector<Claim>> read_claims(const Value& value) {
  const Value::Array* array = value.as_array();
  if (array == nullptr || array->empty()) return fail(ErrorCode::kMalformed, "there are no claims");
  if (array->size() > kMostClaims) return fail(ErrorCode::kLimit, "too many claims");
  std::vector<Claim> claims;
  for (const Value& one : *array) {
    HEYAN_TRY(Claim claim, read_claim(one));
    claims.push_back(std::move(claim));
  }
  return claims;
}

std::optional<Bytes> claims_digest(const std::vector<Claim>& claims,
                                   crypto::SignatureChecker& checker) {
  // At most kMostClaims, so that one octet of the count is used.
  Bytes text = {static_cast<std::uint8_t>(claims.size()), 0, 0, 0};
  for (const Claim& claim : claims) {
    const auto own = digest_of(claim, checker);
    const auto named =
        own ? checker.digest(crypto::Hash::kSha256,
                             std::array<ByteView, 2>{core::as_bytes(kProtocol), *own})
            : std::nullopt;
    if (!named) return std::nullopt;
    text.insert(text.end(), named->begin(), named->end());
  }
  return checker.digest(crypto::Hash::kSha256, text);
}

}  // namespace heyan::ledgers::ccf
