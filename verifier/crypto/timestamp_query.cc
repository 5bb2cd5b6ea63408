#include "verifier/crypto/timestamp_query.h"

#include <openssl/ts.h>

#include "verifier/crypto/openssl.h"
#include "verifier/crypto/signing.h"

namespace heyan::crypto {
namespace {

using core::ErrorCode;
using core::fail;

using QueryPtr = std::unique_ptr<TS_REQ, OpensslFree<TS_REQ_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, OpensslFree<TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, OpensslFree<X509_ALGOR_free>>;
using NamePtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;
using IntegerPtr = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;

constexpr std::size_t kNonceBytes = 16;

int nid_of(Hash hash) {
  switch (hash) {
    case Hash::kSha256:
      return NID_sha256;
    case Hash::kSha384:
      return NID_sha384;
    case Hash::kSha512:
      return NID_sha512;
    case Hash::kSm3:
      return NID_sm3;
    default:
      return NID_undef;
  }
}

bool set_imprint(TS_REQ* query, int hash, core::ByteView value) {
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  // The digest is not changed (TS_MSG_IMPRINT_set_msg copies it).
  auto* digest = const_cast<std::uint8_t*>(value.data());
  return imprint && algorithm &&
         X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(hash), V_ASN1_NULL, nullptr) == 1 &&
         TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
         TS_MSG_IMPRINT_set_msg(imprint.get(), digest, static_cast<int>(value.size())) == 1 &&
         TS_REQ_set_msg_imprint(query, imprint.get()) == 1;
}

bool set_nonce(TS_REQ* query, core::ByteView nonce) {
  if (nonce.empty()) return true;
  const BignumPtr number(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr));
  const IntegerPtr integer(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
  return integer && TS_REQ_set_nonce(query, integer.get()) == 1;
}

}  // namespace

core::Bytes draw_nonce() {
  constexpr std::uint8_t kPositive = 0x7f;
  constexpr std::uint8_t kMinimal = 0x40;
  core::Bytes nonce = random_bytes(kNonceBytes);
  nonce.front() = (nonce.front() & kPositive) | kMinimal;
  return nonce;
}

core::Result<core::Bytes> encode_timestamp_query(Hash hash, core::ByteView digest,
                                                 core::ByteView nonce, const std::string& policy) {
  const ErrorQueueGuard guard;
  const int nid = nid_of(hash);
  if (nid == NID_undef)
    return fail(ErrorCode::kUnsupported, "a stamp by another digest than SHA-2 or SM3");
  if (digest.size() != digest_bytes(hash) || (!nonce.empty() && nonce.size() != kNonceBytes))
    return fail(ErrorCode::kMalformed, "what is to be stamped is no digest");
  const QueryPtr query(TS_REQ_new());
  if (!query || TS_REQ_set_version(query.get(), 1) != 1 || !set_imprint(query.get(), nid, digest) ||
      !set_nonce(query.get(), nonce) || TS_REQ_set_cert_req(query.get(), 1) != 1) {
    return fail(ErrorCode::kInternal, "a request for a time stamp could not be written");
  }
  if (!policy.empty()) {
    const NamePtr name(OBJ_txt2obj(policy.c_str(), 1));
    if (!name || TS_REQ_set_policy_id(query.get(), name.get()) != 1)
      return fail(ErrorCode::kMalformed, "the policy of a time stamp is no object identifier");
  }
  unsigned char* out = nullptr;
  const int size = i2d_TS_REQ(query.get(), &out);
  const OpensslMemory owner(out);
  if (size <= 0) return fail(ErrorCode::kInternal, "a request for a time stamp");
  return core::Bytes(out, out + size);
}

}  // namespace heyan::crypto
