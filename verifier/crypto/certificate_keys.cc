#include "verifier/crypto/certificate_keys.h"

#include <openssl/core_dispatch.h>
#include <openssl/crypto.h>
#include <openssl/provider.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace heyan::crypto {
namespace {

constexpr const char* kName = "heyan-certificate-keys";
constexpr std::array<std::string_view, 5> kKeyTypes = {"EC", "RSA", "RSA-PSS", "ED25519", "SM2"};

// "EC:id-ecPublicKey:1.2.840.10045.2.1"
bool is_known_key(const OSSL_ALGORITHM& algorithm) {
  const std::string_view names = algorithm.algorithm_names;
  return std::ranges::find(kKeyTypes, names.substr(0, names.find(':'))) != kKeyTypes.end();
}

bool decodes_known_key(const OSSL_ALGORITHM& algorithm) {
  const std::string_view properties = algorithm.property_definition;
  return properties.contains("input=der") &&
         properties.contains("structure=SubjectPublicKeyInfo") && is_known_key(algorithm);
}

// As a provider lists them: up to one without a name.
using Algorithms = std::vector<OSSL_ALGORITHM>;

Algorithms some_of(OSSL_PROVIDER* whole, int operation, bool (*wanted)(const OSSL_ALGORITHM&)) {
  Algorithms some;
  if (whole == nullptr) return some;
  int no_cache = 0;
  const OSSL_ALGORITHM* all = OSSL_PROVIDER_query_operation(whole, operation, &no_cache);
  for (; all != nullptr && all->algorithm_names != nullptr; ++all) {
    if (wanted(*all)) some.push_back(*all);
  }
  some.push_back({});
  return some;
}

// What the provider offers.
struct Offered {
  OSSL_PROVIDER* whole = OSSL_PROVIDER_load(nullptr, "default");
  Algorithms keys = some_of(whole, OSSL_OP_KEYMGMT, is_known_key);
  Algorithms decoders = some_of(whole, OSSL_OP_DECODER, decodes_known_key);
};
const Offered& offered() {
  static const Offered one;
  return one;
}

const OSSL_ALGORITHM* query(void* /*context*/, int operation, int* no_cache) {
  *no_cache = 0;
  if (operation == OSSL_OP_KEYMGMT) return offered().keys.data();
  if (operation == OSSL_OP_DECODER) return offered().decoders.data();
  return nullptr;
}

// Its algorithms are the default provider's, so they get that one's context.
int begin(const OSSL_CORE_HANDLE* /*handle*/, const OSSL_DISPATCH* /*core*/,
          const OSSL_DISPATCH** functions, void** context) {
  static const std::array<OSSL_DISPATCH, 2> kFunctions = {
      OSSL_DISPATCH{OSSL_FUNC_PROVIDER_QUERY_OPERATION, reinterpret_cast<void (*)()>(query)},
      OSSL_DISPATCH{0, nullptr}};
  *functions = kFunctions.data();
  *context = OSSL_PROVIDER_get0_provider_ctx(offered().whole);
  return 1;
}

OSSL_LIB_CTX* make_context() {
  if (offered().whole == nullptr) return nullptr;
  OSSL_LIB_CTX* const context = OSSL_LIB_CTX_new();
  if (context == nullptr) return nullptr;
  if (OSSL_PROVIDER_add_builtin(context, kName, begin) == 1 &&
      OSSL_PROVIDER_load(context, kName) != nullptr) {
    return context;
  }
  OSSL_LIB_CTX_free(context);
  return nullptr;
}

}  // namespace

OSSL_LIB_CTX* certificate_keys() {
  static OSSL_LIB_CTX* const context = make_context();
  return context;
}

}  // namespace heyan::crypto
