#include "verifier/crypto/path_rules.h"

#include <openssl/x509_vfy.h>

#include <chrono>

#include "verifier/crypto/certificate_memo.h"
#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/openssl.h"

namespace heyan::crypto {
namespace {

using StorePtr = std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;
// The references are the path's own; the stack frees only itself.
using StackPtr = std::unique_ptr<STACK_OF(X509), OpensslFree<free_stack>>;

// Stands where OpenSSL would check signatures and times. Two libraries have confirmed the
// signatures of the path already, under the user id that its profile names, and the times are ours.
int leave_signatures(X509_STORE_CTX*) { return 1; }

// Is what OpenSSL built, and so checked, this very path? It looks for issuers by name.
bool is_chain_of(X509_STORE_CTX* context, std::span<const Certificate> path) {
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context);
  if (chain == nullptr || static_cast<std::size_t>(sk_X509_num(chain)) != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (sk_X509_value(chain, static_cast<int>(i)) != path[i].parsed().x509.get()) return false;
  }
  return true;
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

// All that does not depend on the time.
ChainFault check_structure(std::span<const Certificate> path) {
  const ErrorQueueGuard guard;
  const StorePtr store(X509_STORE_new());
  const StoreContextPtr context(X509_STORE_CTX_new());
  const StackPtr untrusted(sk_X509_new_null());
  if (!store || !context || !untrusted) return ChainFault::kNoPath;
  if (X509_STORE_add_cert(store.get(), path.back().parsed().x509.get()) != 1) {
    return ChainFault::kNoPath;
  }
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    if (sk_X509_push(untrusted.get(), path[i].parsed().x509.get()) == 0) return ChainFault::kNoPath;
  }
  X509_STORE_set_verify(store.get(), leave_signatures);
  if (X509_STORE_CTX_init(context.get(), store.get(), path.front().parsed().x509.get(),
                          untrusted.get()) != 1) {
    return ChainFault::kNoPath;
  }
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context.get()),
                              X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
  if (X509_verify_cert(context.get()) == 1) {
    return is_chain_of(context.get(), path) ? ChainFault::kNone : ChainFault::kNoPath;
  }
  const ChainFault fault = fault_of(X509_STORE_CTX_get_error(context.get()));
  return fault == ChainFault::kNone ? ChainFault::kNoPath : fault;
}

ChainFault check_structure_once(std::span<const Certificate> path, SignatureChecker& checker) {
  core::Bytes name;
  for (const Certificate& certificate : path) {
    const core::ByteView digest = certificate.sha256();
    name.insert(name.end(), digest.begin(), digest.end());
  }
  auto& known = checker.certificates().of_path;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  const ChainFault fault = check_structure(path);
  if (known.size() < SignatureChecker::Certificates::kMost) known.emplace(std::move(name), fault);
  return fault;
}

}  // namespace

ChainFault check_path_rules(std::span<const Certificate> path, core::UtcTime at,
                            SignatureChecker& checker) {
  const ChainFault fault = check_structure_once(path, checker);
  return fault == ChainFault::kNone ? check_times(path, at) : fault;
}

}  // namespace heyan::crypto
