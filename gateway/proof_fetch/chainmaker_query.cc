// The question, signed as a member of the chain signs it.
#include <algorithm>

#include "gateway/keys/key_files.h"
#include "gateway/os/folder.h"
#include "gateway/proof_fetch/chainmaker.h"
#include "verifier/crypto/digest.h"
#include "verifier/crypto/pem.h"
#include "verifier/ledgers/chainmaker/wire_rules.h"

namespace heyan::proof_fetch {
namespace {

namespace cm = ledgers::chainmaker;
using core::Bytes;

constexpr std::size_t kFileBytes = 64u << 10;
constexpr std::uint64_t kQueryContract = 1;  // TxType
constexpr std::uint64_t kMemberCert = 0;     // MemberType
constexpr std::uint64_t kMemberPublicKey = 2;
constexpr std::string_view kKeyRemedy =
    "member_key must be PKCS#8 without password: openssl pkcs8 -topk8 -nocrypt.";

void put_text(Bytes& out, std::uint32_t number, std::string_view text) {
  cm::put_bytes(out, number, core::as_bytes(text));
}

void put_parameter(Bytes& payload, std::string_view key, std::string_view value) {
  Bytes pair;
  put_text(pair, 1, key);
  put_text(pair, 2, value);
  cm::put_message(payload, 8, pair);
}

OrRefusal<std::string> read_text(const std::filesystem::path& file, std::string_view remedy) {
  const auto bytes = os::read_named_file(file, kFileBytes);
  if (!bytes)
    return std::unexpected(intake::refusal_of_named(bytes.error(), file.string(), remedy));
  return core::to_string(*bytes);
}

// What ChainMaker makes of a key and a hash (verifier/ledgers/chainmaker/verifier.h).
core::Result<Bytes> sign(const Member& member, core::ByteView message) {
  const bool sm2 = member.key.public_key().algorithm() == crypto::KeyAlgorithm::kSm2;
  crypto::Scheme scheme{.kind = sm2 ? crypto::SignatureKind::kSm2 : crypto::SignatureKind::kEcdsa,
                        .hash = member.hash};
  if (!sm2 || member.hash == crypto::Hash::kSm3) return member.key.sign(scheme, message);
  scheme.kind = crypto::SignatureKind::kSm2Raw;
  return member.key.sign(scheme, crypto::digest(member.hash, message));
}

crypto::Hash hash_of(std::string_view name) {
  if (name == "SM3") return crypto::Hash::kSm3;
  return name == "SHA256" ? crypto::Hash::kSha256 : crypto::Hash::kSha3_256;
}

}  // namespace

OrRefusal<Member> load_member(const ops::ChainmakerNode& node) {
  HEYAN_CHECK_OK(keys::check_private(node.member_key));
  HEYAN_TRY(const std::string pem, read_text(node.member_key, kKeyRemedy));
  auto key = crypto::SigningKey::from_pem(pem);
  if (!key)
    return std::unexpected(intake::refusal_of(key.error(), node.member_key.string(), kKeyRemedy));
  Member member{.key = *std::move(key), .hash = hash_of(node.hash), .info = {}};
  if (!node.with_certificates) {
    member.info = crypto::write_pem(member.key.public_key().spki(), "PUBLIC KEY");
    return member;
  }
  HEYAN_TRY(member.info, read_text(node.member_certificate, "Name a PEM file."));
  const auto certificate = crypto::Certificate::from_pem(member.info);
  const auto hash = certificate ? certificate->signature_hash() : std::nullopt;
  if (!hash || !(certificate->key() == member.key.public_key())) {
    return std::unexpected(Refusal{.code = core::ErrorCode::kMalformed,
                                   .what = "member_certificate cannot be used with member_key",
                                   .defects = {},
                                   .remedy =
                                       "Name the member's signing certificate (PEM) and its own "
                                       "key, not those of TLS."});
  }
  member.hash = *hash;
  return member;
}

OrRefusal<Bytes> encode_block_query(const ops::ChainmakerNode& node, const Member& member,
                                    std::string_view transaction, std::string_view request_id,
                                    core::UtcTime now) {
  Bytes payload;
  put_text(payload, 1, node.chain_id);
  cm::put_number(payload, 2, kQueryContract);
  put_text(payload, 3, request_id);
  cm::put_number(payload, 4, static_cast<std::uint64_t>(core::to_unix_ms(now) / 1000));
  put_text(payload, 6, "CHAIN_QUERY");
  put_text(payload, 7, "GET_BLOCK_BY_TX_ID");
  put_parameter(payload, "txId", transaction);
  put_parameter(payload, "withRWSet", "true");
  const auto signature = sign(member, payload);
  if (!signature)
    return std::unexpected(intake::refusal_of(signature.error(), "member_key", kKeyRemedy));
  Bytes signer;
  put_text(signer, 1, node.org_id);
  cm::put_number(signer, 2, node.with_certificates ? kMemberCert : kMemberPublicKey);
  put_text(signer, 3, member.info);
  Bytes sender;
  cm::put_message(sender, 1, signer);
  cm::put_bytes(sender, 2, *signature);
  Bytes request;
  cm::put_message(request, 1, payload);
  cm::put_message(request, 2, sender);
  return request;
}

}  // namespace heyan::proof_fetch
