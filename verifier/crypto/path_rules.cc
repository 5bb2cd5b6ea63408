#include "verifier/crypto/path_rules.h"

#include <openssl/x509_vfy.h>

#include <chrono>

#include "verifier/crypto/openssl.h"

namespace heyan::crypto {
namespace {

using StorePtr = std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;
using StackPtr =
    std::unique_ptr<STACK_OF(X509),
                    OpensslFree<[](STACK_OF(X509) * s) { sk_X509_pop_free(s, X509_free); }>>;
using OctetsPtr = std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>>;

// A copy of our own: OpenSSL writes the user id, and its caches, into the object.
X509Ptr open_copy(const Certificate& certificate, std::string_view sm2_user_id) {
  const unsigned char* at = certificate.der().data();
  X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(certificate.der().size())));
  if (!x509 || certificate.key().algorithm() != KeyAlgorithm::kSm2) return x509;
  OctetsPtr id(ASN1_OCTET_STRING_new());
  const core::ByteView bytes = core::as_bytes(sm2_user_id);
  if (!id || ASN1_OCTET_STRING_set(id.get(), bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return nullptr;
  }
  X509_set0_distinguishing_id(x509.get(), id.release());
  return x509;
}

ChainFault fault_of(int error) {
  switch (error) {
    case X509_V_OK:
      return ChainFault::kNone;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return ChainFault::kNoPath;
    default:
      return ChainFault::kConstraint;
  }
}

// RFC 5280 4.1.2.5: the validity includes both ends. OpenSSL leaves out the last second, so times
// are ours.
ChainFault check_times(std::span<const Certificate> path, core::UtcTime at) {
  for (const Certificate& certificate : path) {
    if (at < certificate.not_before()) return ChainFault::kNotYetValid;
    if (at >= certificate.not_after() + std::chrono::seconds(1)) return ChainFault::kExpired;
  }
  return ChainFault::kNone;
}

}  // namespace

ChainFault check_path_rules(std::span<const Certificate> path, core::UtcTime at,
                            std::string_view sm2_user_id) {
  const ErrorQueueGuard guard;
  const StorePtr store(X509_STORE_new());
  const StoreContextPtr context(X509_STORE_CTX_new());
  const StackPtr untrusted(sk_X509_new_null());
  const X509Ptr leaf = open_copy(path.front(), sm2_user_id);
  const X509Ptr anchor = open_copy(path.back(), sm2_user_id);
  if (!store || !context || !untrusted || !leaf || !anchor) return ChainFault::kNoPath;
  if (X509_STORE_add_cert(store.get(), anchor.get()) != 1) return ChainFault::kNoPath;
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    X509Ptr copy = open_copy(path[i], sm2_user_id);
    if (!copy || sk_X509_push(untrusted.get(), copy.get()) == 0) return ChainFault::kNoPath;
    [[maybe_unused]] X509* owned_by_the_stack = copy.release();
  }
  if (X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), untrusted.get()) != 1) {
    return ChainFault::kNoPath;
  }
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context.get()),
                              X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
  if (X509_verify_cert(context.get()) == 1) return check_times(path, at);
  const ChainFault fault = fault_of(X509_STORE_CTX_get_error(context.get()));
  return fault == ChainFault::kNone ? ChainFault::kNoPath : fault;
}

}  // namespace heyan::crypto
