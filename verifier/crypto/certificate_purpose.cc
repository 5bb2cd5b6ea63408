#include "verifier/crypto/certificate_purpose.h"

#include <openssl/x509v3.h>

#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/cms_attributes.h"
#include "verifier/crypto/openssl.h"

namespace heyan::crypto {
namespace {

using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, OpensslFree<GENERAL_NAME_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, OpensslFree<GENERAL_NAMES_free>>;

using UsagesPtr = std::unique_ptr<EXTENDED_KEY_USAGE, OpensslFree<EXTENDED_KEY_USAGE_free>>;

}  // namespace

Purpose purpose_of(const Certificate& certificate) {
  const ErrorQueueGuard guard;
  X509* const x509 = certificate.parsed().x509.get();
  Purpose purpose;
  const int at = X509_get_ext_by_NID(x509, NID_ext_key_usage, -1);
  if (at >= 0) {
    // Not the flags of OpenSSL, which leave out what they do not know.
    const UsagesPtr usages(static_cast<EXTENDED_KEY_USAGE*>(
        X509_get_ext_d2i(x509, NID_ext_key_usage, nullptr, nullptr)));
    purpose.only_time_stamping =
        usages && sk_ASN1_OBJECT_num(usages.get()) == 1 &&
        OBJ_obj2nid(sk_ASN1_OBJECT_value(usages.get(), 0)) == NID_time_stamp;
    purpose.critical = X509_EXTENSION_get_critical(X509_get_ext(x509, at)) == 1;
  }
  constexpr std::uint32_t kSignatures = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
  const std::uint32_t usage = X509_get_key_usage(x509);  // all ones where there is none
  purpose.only_signatures = usage == UINT32_MAX || (usage != 0 && (usage & ~kSignatures) == 0);
  return purpose;
}

bool goes_by_name(const Certificate& certificate, core::ByteView general_name) {
  const ErrorQueueGuard guard;
  const unsigned char* at = general_name.data();
  const GeneralNamePtr wanted(
      d2i_GENERAL_NAME(nullptr, &at, static_cast<long>(general_name.size())));
  if (!wanted || at != general_name.data() + general_name.size()) return false;
  X509* const x509 = certificate.parsed().x509.get();
  if (wanted->type == GEN_DIRNAME &&
      X509_NAME_cmp(wanted->d.directoryName, X509_get_subject_name(x509)) == 0) {
    return true;
  }
  const GeneralNamesPtr names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    if (GENERAL_NAME_cmp(wanted.get(), sk_GENERAL_NAME_value(names.get(), i)) == 0) return true;
  }
  return false;
}

}  // namespace heyan::crypto
