#include "gateway/xml/seal.h"

#include <memory>

#include "verifier/crypto/digest.h"
#include "verifier/crypto/xades.h"

namespace heyan::xml {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::string_view kEnd = "</ValidationReport>";

core::Bytes digest_of(std::string_view before, std::string_view behind) {
  const std::unique_ptr<crypto::Hasher> hasher = crypto::openssl_hasher(crypto::Hash::kSha256);
  hasher->update(core::as_bytes(before.substr(kDeclaration.size())));
  hasher->update(core::as_bytes(behind));
  return hasher->finish();
}

}  // namespace

Result<Sealed> find_seal(std::string_view file) {
  const std::size_t at = file.find(crypto::kXadesBegins);
  if (at == std::string_view::npos) return fail(ErrorCode::kNotFound, "the file has no seal");
  if (!file.starts_with(kDeclaration) || at < kDeclaration.size()) {
    return fail(ErrorCode::kMalformed, "the file does not begin as a report does");
  }
  const std::size_t end = file.find(crypto::kXadesEnds, at);
  if (end == std::string_view::npos) {
    return fail(ErrorCode::kMalformed, "the seal has no end", at);
  }
  const std::size_t behind = end + crypto::kXadesEnds.size();
  if (file.substr(behind) != kEnd) {
    return fail(ErrorCode::kTrailing, "something stands behind the seal", behind);
  }
  return Sealed{.before = file.substr(0, at),
                .seal = file.substr(at, behind - at),
                .behind = file.substr(behind)};
}

core::Bytes signed_digest(const Sealed& sealed) { return digest_of(sealed.before, sealed.behind); }

Result<core::Bytes> digest_to_sign(std::string_view file) {
  if (!file.starts_with(kDeclaration) || !file.ends_with(kEnd)) {
    return fail(ErrorCode::kMalformed, "this is no report that can be sealed");
  }
  return digest_of(file, {});
}

void put_seal(std::string& file, std::string_view seal) {
  file.insert(file.size() - kEnd.size(), seal);
}

}  // namespace heyan::xml
