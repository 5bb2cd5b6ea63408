#include "verifier/trust/bundle.h"

#include <algorithm>
#include <set>

#include "verifier/core/json.h"

namespace heyan::trust {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;

constexpr std::string_view kSchema = "heyan.trust-bundle.v1";
constexpr std::string_view kType = "heyan-trust-bundle+jws";
constexpr std::size_t kDocumentBytes = 64u << 10;
constexpr std::size_t kSignatures = 32;
constexpr std::size_t kDigestBytes = 32;

const crypto::Scheme kScheme{.kind = crypto::SignatureKind::kEcdsa,
                             .hash = crypto::Hash::kSha256,
                             .encoding = crypto::SignatureEncoding::kRs};

std::string statement_of(const TrustBundle& bundle) {
  Value value;
  value.set("schema", kSchema)
      .set("id", bundle.id)
      .set("version", bundle.version)
      .set("issued", core::format_rfc3339(bundle.issued))
      .set("nextUpdate", core::format_rfc3339(bundle.next_update))
      .set("sample", bundle.sample)
      .set("trustList", core::to_hex(bundle.trust_list))
      .set("policy", core::to_hex(bundle.policy));
  return core::json::write_canonical(value);
}

std::string header_of(const crypto::PublicKey& key) {
  Value value;
  value.set("alg", "ES256").set("kid", core::to_hex(key.sha256())).set("typ", kType);
  return core::json::write_canonical(value);
}

constexpr std::int64_t kMaxVersion = (std::int64_t{1} << 53) - 1;  // RFC 8785

std::string url(std::string_view text) { return core::to_base64url(core::as_bytes(text)); }

// Reads members and insists that nothing else is there.
class Members {
 public:
  Members(const Value& value, std::size_t count) : value_(value) {
    const auto* object = value.as_object();
    good_ = object != nullptr && object->size() == count;
  }
  std::string text(std::string_view name) {
    const Value* member = value_.find(name);
    const std::string* text = member == nullptr ? nullptr : member->as_string();
    good_ = good_ && text != nullptr;
    return text == nullptr ? std::string() : *text;
  }
  const Value* any(std::string_view name) {
    const Value* member = value_.find(name);
    good_ = good_ && member != nullptr;
    return member;
  }
  bool good() const { return good_; }

 private:
  const Value& value_;
  bool good_ = false;
};

Result<TrustBundle> read_statement(ByteView statement) {
  const auto parsed = core::json::parse(statement, {});
  if (!parsed) return std::unexpected(parsed.error().error);
  Members members(*parsed, 8);
  TrustBundle bundle;
  bundle.id = members.text("id");
  const auto issued = core::parse_rfc3339(members.text("issued"));
  const auto next_update = core::parse_rfc3339(members.text("nextUpdate"));
  const auto trust_list = core::from_hex(members.text("trustList"));
  const auto policy = core::from_hex(members.text("policy"));
  const Value* version = members.any("version");
  const Value* sample = members.any("sample");
  const bool known = members.text("schema") == kSchema;
  if (!members.good() || !known || bundle.id.empty() || !issued || !next_update || !trust_list ||
      !policy || version->as_integer() == nullptr || sample->as_bool() == nullptr ||
      trust_list->size() != kDigestBytes || policy->size() != kDigestBytes ||
      *version->as_integer() < 1 || *version->as_integer() > kMaxVersion) {
    return fail(ErrorCode::kMalformed, "the signed statement is no trust bundle");
  }
  bundle.version = *version->as_integer();
  bundle.issued = *issued;
  bundle.next_update = *next_update;
  bundle.sample = *sample->as_bool();
  bundle.trust_list = *trust_list;
  bundle.policy = *policy;
  if (!core::equal(core::as_bytes(statement_of(bundle)), statement)) {
    return fail(ErrorCode::kNotCanonical, "the signed statement is not canonical");
  }
  return bundle;
}

Result<void> check_signature(const Value& entry, std::string_view payload,
                             std::span<const crypto::PublicKey> pinned,
                             std::set<core::Bytes>& signers, crypto::SignatureChecker& checker) {
  Members members(entry, 2);
  const std::string header = members.text("protected");
  const auto signature = core::from_base64url(members.text("signature"));
  if (!members.good() || !signature) {
    return fail(ErrorCode::kMalformed, "a signature of the trust bundle does not read");
  }
  const auto key = std::ranges::find_if(
      pinned, [&](const crypto::PublicKey& one) { return url(header_of(one)) == header; });
  if (key == pinned.end()) {
    return fail(ErrorCode::kUnsupported, "a key that is not pinned signed the trust bundle");
  }
  if (!signers.insert(core::to_bytes(key->sha256())).second) {
    return fail(ErrorCode::kDuplicate, "one key signed the trust bundle twice");
  }
  const std::string input = header + "." + std::string(payload);
  if (checker.verify(*key, kScheme, core::as_bytes(input), *signature) !=
      crypto::SignatureOutcome::kValid) {
    return fail(ErrorCode::kUnsupported, "a signature of the trust bundle does not verify");
  }
  return {};
}

}  // namespace

Result<std::string> sign_trust_bundle(const TrustBundle& bundle,
                                      std::span<const crypto::SigningKey> keys) {
  const std::string payload = url(statement_of(bundle));
  Value signatures{Value::Array{}};
  for (const crypto::SigningKey& key : keys) {
    if (key.public_key().algorithm() != crypto::KeyAlgorithm::kEcdsaP256) {
      return fail(ErrorCode::kUnsupported, "trust bundles are signed with P-256 keys");
    }
    const std::string header = url(header_of(key.public_key()));
    HEYAN_TRY(const core::Bytes signature,
              key.sign(kScheme, core::as_bytes(header + "." + payload)));
    Value entry;
    entry.set("protected", header).set("signature", core::to_base64url(signature));
    signatures.push(std::move(entry));
  }
  Value document;
  document.set("payload", payload).set("signatures", std::move(signatures));
  return core::json::write_canonical(document);
}

Result<TrustBundle> verify_trust_bundle(ByteView document,
                                        std::span<const crypto::PublicKey> pinned,
                                        std::size_t at_least, crypto::SignatureChecker& checker) {
  if (document.size() > kDocumentBytes) {
    return fail(ErrorCode::kLimit, "the trust bundle is too long");
  }
  const auto parsed = core::json::parse(document, {});
  if (!parsed) return std::unexpected(parsed.error().error);
  Members members(*parsed, 2);
  const std::string payload = members.text("payload");
  const Value* entries = members.any("signatures");
  const auto* list = entries == nullptr ? nullptr : entries->as_array();
  const auto statement = core::from_base64url(payload);
  if (!members.good() || !statement || list == nullptr || list->size() > kSignatures) {
    return fail(ErrorCode::kMalformed, "the trust bundle does not read");
  }
  std::set<core::Bytes> signers;
  for (const Value& entry : *list) {
    HEYAN_CHECK_OK(check_signature(entry, payload, pinned, signers, checker));
  }
  if (at_least == 0 || signers.size() < at_least) {
    return fail(ErrorCode::kUnsupported, "too few of the pinned keys signed the trust bundle");
  }
  return read_statement(*statement);
}

}  // namespace heyan::trust
