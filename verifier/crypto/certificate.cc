#include "verifier/crypto/certificate.h"

#include <openssl/asn1t.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <ctime>

#include "verifier/crypto/certificate_keys.h"
#include "verifier/crypto/certificate_memo.h"
#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kCertificateBytes = 64u << 10;
constexpr std::size_t kPemCertificates = 64;
constexpr std::string_view kPemLabel = "CERTIFICATE";

using BasicConstraintsPtr = std::unique_ptr<BASIC_CONSTRAINTS, OpensslFree<BASIC_CONSTRAINTS_free>>;

Bytes string_bytes(const ASN1_STRING* string) {
  if (string == nullptr) return {};
  const unsigned char* data = ASN1_STRING_get0_data(string);
  return Bytes(data, data + ASN1_STRING_length(string));
}

// OpenSSL hands back the signed part as it came in. Written anew from what it understood, it must
// be the same: then what was signed and what was understood are one thing.
bool writes_back(X509* x509, ByteView signed_part) {
  unsigned char* out = nullptr;
  const int size = i2d_re_X509_tbs(x509, &out);
  const OpensslMemory owner(out);
  return size > 0 && core::equal(ByteView(out, static_cast<std::size_t>(size)), signed_part);
}

bool has_duplicate_extension(const X509* x509) {
  for (int i = 0; i < X509_get_ext_count(x509); ++i) {
    const ASN1_OBJECT* object = X509_EXTENSION_get_object(X509_get_ext(x509, i));
    if (X509_get_ext_by_OBJ(x509, object, i) >= 0) return true;
  }
  return false;
}

Result<bool> read_is_ca(const X509* x509) {
  int critical = 0;  // becomes -1 where the extension is absent, -2 where it stands twice
  const BasicConstraintsPtr constraints(static_cast<BASIC_CONSTRAINTS*>(
      X509_get_ext_d2i(x509, NID_basic_constraints, &critical, nullptr)));
  if (!constraints && critical != -1) {
    return fail(ErrorCode::kMalformed, "basicConstraints does not parse");
  }
  return constraints && constraints->ca != 0;
}

Result<PublicKey> read_key(const X509* x509, const core::Limits& limits) {
  unsigned char* out = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &out);
  const OpensslMemory owner(out);
  if (size <= 0) return fail(ErrorCode::kMalformed, "certificate without a public key");
  return PublicKey::from_spki(ByteView(out, static_cast<std::size_t>(size)), limits);
}

Result<X509Ptr> read_x509(ByteView der) {
  const unsigned char* at = der.data();
  X509Ptr x509(
      reinterpret_cast<X509*>(ASN1_item_d2i_ex(nullptr, &at, static_cast<long>(der.size()),
                                               ASN1_ITEM_rptr(X509), certificate_keys(), nullptr)));
  if (!x509) return fail(ErrorCode::kMalformed, "certificate does not parse");
  if (at != der.data() + der.size()) {
    return fail(ErrorCode::kTrailing, "bytes after a certificate");
  }
  return x509;
}

template <typename Read>
Result<Certificate> read_once(SignatureChecker::Certificates::ByDigest& known, ByteView text,
                              const Read& read) {
  Bytes name = crypto::sha256(text);
  if (const auto found = known.find(name); found != known.end()) return found->second;
  auto certificate = read();
  if (certificate && known.size() < SignatureChecker::Certificates::kMost) {
    known.emplace(std::move(name), *certificate);
  }
  return certificate;
}

}  // namespace

Bytes integer_octets(const ASN1_INTEGER* integer) {
  unsigned char* out = nullptr;
  const int size = i2d_ASN1_INTEGER(integer, &out);
  const OpensslMemory owner(out);
  if (size <= 0) return {};
  DerReader reader(ByteView(out, static_cast<std::size_t>(size)));
  const auto value = reader.next(der::kInteger);
  return value ? core::to_bytes(value->content) : Bytes{};
}

Bytes name_der(const X509_NAME* name) {
  const unsigned char* data = nullptr;
  std::size_t size = 0;
  if (X509_NAME_get0_der(name, &data, &size) != 1) return {};
  return Bytes(data, data + size);
}

std::optional<core::UtcTime> time_of(const ASN1_TIME* time) {
  // DER: YYMMDDhhmmssZ or YYYYMMDDhhmmssZ and nothing else (RFC 5280 4.1.2.5).
  if (time == nullptr) return std::nullopt;
  const auto size = static_cast<std::size_t>(ASN1_STRING_length(time));
  const std::size_t wanted = ASN1_STRING_type(time) == V_ASN1_UTCTIME ? 13 : 15;
  std::tm parts = {};
  if (size != wanted || ASN1_STRING_get0_data(time)[size - 1] != 'Z' ||
      ASN1_TIME_to_tm(time, &parts) != 1) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date =
      std::chrono::year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(parts.tm_hour) +
         std::chrono::minutes(parts.tm_min) + std::chrono::seconds(parts.tm_sec);
}

Result<Certificate> Certificate::from_der(ByteView der, const core::Limits& limits) {
  const ErrorQueueGuard guard;
  if (der.size() > kCertificateBytes) return fail(ErrorCode::kLimit, "certificate too long");
  Bytes bytes = core::to_bytes(der);
  HEYAN_TRY(const SignedData signed_data, split_signed(bytes));
  HEYAN_TRY(X509Ptr x509, read_x509(bytes));
  if (!writes_back(x509.get(), signed_data.content)) {
    return fail(ErrorCode::kNotCanonical, "certificate is not canonical DER");
  }
  if (has_duplicate_extension(x509.get())) {
    return fail(ErrorCode::kDuplicate, "certificate extension stands twice");
  }
  HEYAN_TRY(PublicKey key, read_key(x509.get(), limits));
  HEYAN_TRY(const bool is_ca, read_is_ca(x509.get()));
  const auto not_before = time_of(X509_get0_notBefore(x509.get()));
  const auto not_after = time_of(X509_get0_notAfter(x509.get()));
  if (!not_before || !not_after) return fail(ErrorCode::kMalformed, "certificate validity");
  Parsed parsed{.der = std::move(bytes),
                .sha256 = crypto::sha256(der),
                .subject = name_der(X509_get_subject_name(x509.get())),
                .issuer = name_der(X509_get_issuer_name(x509.get())),
                .serial = integer_octets(X509_get0_serialNumber(x509.get())),
                .subject_key_id = string_bytes(X509_get0_subject_key_id(x509.get())),
                .authority_key_id = string_bytes(X509_get0_authority_key_id(x509.get())),
                .not_before = *not_before,
                .not_after = *not_after,
                .is_ca = is_ca,
                .key = std::move(key),
                .signed_data = signed_data,
                .x509 = std::move(x509)};
  return Certificate(std::make_shared<const Parsed>(std::move(parsed)));
}

Result<Certificate> Certificate::from_pem(std::string_view pem, const core::Limits& limits) {
  HEYAN_TRY(const Bytes der, read_pem(pem, kPemLabel));
  return from_der(der, limits);
}

Result<Certificate> Certificate::from_pem_once(std::string_view pem, SignatureChecker& checker,
                                               const core::Limits& limits) {
  return read_once(checker.certificates().of_pem, core::as_bytes(pem),
                   [&] { return from_pem(pem, limits); });
}

Result<Certificate> read_der_once(ByteView der, SignatureChecker& checker,
                                  const core::Limits& limits) {
  return read_once(checker.certificates().of_der, der,
                   [&] { return Certificate::from_der(der, limits); });
}

Result<std::vector<Certificate>> Certificate::list_from_pem(std::string_view pem,
                                                            const core::Limits& limits) {
  HEYAN_TRY(const std::vector<Bytes> blocks, read_pem_list(pem, kPemLabel, kPemCertificates));
  std::vector<Certificate> certificates;
  for (const Bytes& der : blocks) {
    HEYAN_TRY(Certificate certificate, from_der(der, limits));
    certificates.push_back(std::move(certificate));
  }
  return certificates;
}

ByteView Certificate::der() const { return parsed_->der; }
ByteView Certificate::sha256() const { return parsed_->sha256; }
const PublicKey& Certificate::key() const { return parsed_->key; }
ByteView Certificate::subject() const { return parsed_->subject; }
ByteView Certificate::issuer() const { return parsed_->issuer; }
ByteView Certificate::serial() const { return parsed_->serial; }
std::optional<Hash> Certificate::signature_hash() const {
  return hash_of_algorithm(parsed_->signed_data.algorithm);
}
core::UtcTime Certificate::not_before() const { return parsed_->not_before; }
core::UtcTime Certificate::not_after() const { return parsed_->not_after; }
bool Certificate::is_ca() const { return parsed_->is_ca; }
ByteView Certificate::subject_key_id() const { return parsed_->subject_key_id; }
ByteView Certificate::authority_key_id() const { return parsed_->authority_key_id; }

bool Certificate::operator==(const Certificate& other) const {
  return parsed_ == other.parsed_ || parsed_->der == other.parsed_->der;
}

std::vector<std::string> Certificate::subject_values(std::string_view attribute) const {
  std::vector<std::string> values;
  const int nid = OBJ_sn2nid(std::string(attribute).c_str());
  if (nid == NID_undef) return values;
  const X509_NAME* name = X509_get_subject_name(parsed_->x509.get());
  for (int at = X509_NAME_get_index_by_NID(name, nid, -1); at >= 0;
       at = X509_NAME_get_index_by_NID(name, nid, at)) {
    unsigned char* text = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    const OpensslMemory owner(text);
    if (size >= 0)
      values.emplace_back(core::as_text(ByteView(text, static_cast<std::size_t>(size))));
  }
  return values;
}

SignatureOutcome Certificate::verify_signed_by(const Certificate& issuer, SignatureChecker& checker,
                                               std::string_view sm2_user_id) const {
  return verify_signed(parsed_->signed_data, issuer.key(), checker, sm2_user_id);
}

}  // namespace heyan::crypto
