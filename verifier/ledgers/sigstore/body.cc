#include "verifier/ledgers/sigstore/body.h"

namespace heyan::ledgers::sigstore {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;
using Name = std::string_view;

constexpr Name kKind = "hashedrekord";
constexpr Name kFirst = "0.0.1";
constexpr Name kSecond = "0.0.2";
constexpr std::array<Name, 3> kBodyMembers = {"apiVersion", "kind", "spec"};
constexpr std::array<Name, 2> kSpecMembers = {"data", "signature"};
constexpr std::array<Name, 1> kDataMembers = {"hash"};
constexpr std::array<Name, 2> kHashMembers = {"algorithm", "value"};
constexpr std::array<Name, 2> kSignatureMembers = {"content", "publicKey"};
constexpr std::array<Name, 1> kKeyMembers = {"content"};
constexpr std::array<Name, 1> kSecondMembers = {"hashedRekordV002"};
constexpr std::array<Name, 2> kDigestMembers = {"algorithm", "digest"};
constexpr std::array<Name, 2> kSecondSignatureMembers = {"content", "verifier"};
constexpr std::array<Name, 3> kVerifierMembers = {"keyDetails", "publicKey", "x509Certificate"};
constexpr std::array<Name, 1> kRawMembers = {"rawBytes"};

std::unexpected<core::Error> unsupported(std::string_view text) {
  return fail(ErrorCode::kUnsupported, text);
}

Result<void> check_text(const Members& members, Name name, Name expected) {
  HEYAN_TRY(const Name text, members.text(name));
  if (text != expected) return unsupported("another digest or key than ECDSA with SHA-256");
  return {};
}

Result<Body> make_body(const Bytes32& digest, core::Bytes signature,
                       Result<crypto::PublicKey> key) {
  if (!key) return std::unexpected(key.error());
  if (key->algorithm() != crypto::KeyAlgorithm::kEcdsaP256)
    return unsupported("another key than ECDSA on P-256");
  return Body{.digest = digest, .signature = std::move(signature), .key = *std::move(key)};
}

Result<Body> read_first(const Value* spec, const core::Limits& limits) {
  HEYAN_TRY(const Members members, Members::of(spec, kSpecMembers));
  HEYAN_TRY(const Members data, Members::of(members.find("data"), kDataMembers));
  HEYAN_TRY(const Members hash, Members::of(data.find("hash"), kHashMembers));
  HEYAN_CHECK_OK(check_text(hash, "algorithm", "sha256"));
  HEYAN_TRY(const Bytes32 digest, hash.hex32("value"));
  HEYAN_TRY(const Members signature, Members::of(members.find("signature"), kSignatureMembers));
  HEYAN_TRY(core::Bytes content, signature.base64("content"));
  HEYAN_TRY(const Members key, Members::of(signature.find("publicKey"), kKeyMembers));
  HEYAN_TRY(const core::Bytes pem, key.base64("content"));
  const std::string_view text = core::as_text(pem);
  if (text.find("-----BEGIN CERTIFICATE") != std::string_view::npos)
    return unsupported("signed with a certificate");
  return make_body(digest, std::move(content), crypto::PublicKey::from_pem(text, limits));
}

Result<Body> read_second(const Value* spec, const core::Limits& limits) {
  HEYAN_TRY(const Members outer, Members::of(spec, kSecondMembers));
  HEYAN_TRY(const Members members, Members::of(outer.find("hashedRekordV002"), kSpecMembers));
  HEYAN_TRY(const Members data, Members::of(members.find("data"), kDigestMembers));
  HEYAN_CHECK_OK(check_text(data, "algorithm", "SHA2_256"));
  HEYAN_TRY(const core::Bytes bytes, data.base64("digest"));
  const auto digest = transparency::tree_hash(bytes);
  if (!digest) return fail(ErrorCode::kMalformed, "a digest is not of 32 bytes");
  HEYAN_TRY(const Members signature,
            Members::of(members.find("signature"), kSecondSignatureMembers));
  HEYAN_TRY(core::Bytes content, signature.base64("content"));
  HEYAN_TRY(const Members verifier, Members::of(signature.find("verifier"), kVerifierMembers));
  if (verifier.find("x509Certificate") != nullptr) return unsupported("signed with a certificate");
  HEYAN_CHECK_OK(check_text(verifier, "keyDetails", "PKIX_ECDSA_P256_SHA_256"));
  HEYAN_TRY(const Members key, Members::of(verifier.find("publicKey"), kRawMembers));
  HEYAN_TRY(const core::Bytes spki, key.base64("rawBytes"));
  return make_body(*digest, std::move(content), crypto::PublicKey::from_spki(spki, limits));
}

}  // namespace

bool is_second_version(const LogEntry& entry) { return entry.version == kSecond; }

Result<Body> read_body(const LogEntry& entry, const core::Limits& limits) {
  const bool second = is_second_version(entry);
  if (entry.kind != kKind || (!second && entry.version != kFirst))
    return unsupported("an entry of another kind or version");
  const auto document = core::json::parse(entry.body, limits);
  if (!document) return std::unexpected(document.error().error);
  HEYAN_TRY(const Members members, Members::of(&*document, kBodyMembers));
  HEYAN_TRY(const Name kind, members.text("kind"));
  HEYAN_TRY(const Name version, members.text("apiVersion"));
  if (kind != entry.kind || version != entry.version)
    return fail(ErrorCode::kChanged, "the entry is of another kind than the bundle says");
  return second ? read_second(members.find("spec"), limits)
                : read_first(members.find("spec"), limits);
}

}  // namespace heyan::ledgers::sigstore
