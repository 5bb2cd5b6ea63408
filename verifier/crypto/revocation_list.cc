#include <openssl/x509v3.h>

#include "verifier/crypto/certificate.h"
#include "verifier/crypto/certificate_parsed.h"
#include "verifier/crypto/openssl.h"
#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kListBytes = 16u << 20;

using EnumeratedPtr = std::unique_ptr<ASN1_ENUMERATED, OpensslFree<ASN1_ENUMERATED_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;
using GeneralizedTimePtr =
    std::unique_ptr<ASN1_GENERALIZEDTIME, OpensslFree<ASN1_GENERALIZEDTIME_free>>;
using AuthorityKeyIdPtr = std::unique_ptr<AUTHORITY_KEYID, OpensslFree<AUTHORITY_KEYID_free>>;

Result<CrlPtr> read_crl(ByteView der) {
  const unsigned char* at = der.data();
  CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  if (!crl) return fail(ErrorCode::kMalformed, "revocation list does not parse");
  if (at != der.data() + der.size()) {
    return fail(ErrorCode::kTrailing, "bytes after a revocation list");
  }
  return crl;
}

// Critical extensions make a list partial (delta lists, one distribution point, one class of
// certificates, entries of other issuers). "Not listed" would then say less than it seems to.
bool has_critical_extension(const X509_CRL* crl) {
  for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i) {
    if (X509_EXTENSION_get_critical(X509_CRL_get_ext(crl, i)) != 0) return true;
  }
  return false;
}

bool has_critical_extension(const X509_REVOKED* entry) {
  for (int i = 0; i < X509_REVOKED_get_ext_count(entry); ++i) {
    if (X509_EXTENSION_get_critical(X509_REVOKED_get_ext(entry, i)) != 0) return true;
  }
  return false;
}

// expiredCertsOnCRL: certificates that ended since then stay listed. Unreadable: as if absent,
// which claims less.
std::optional<core::UtcTime> read_keeps_ended_since(const X509_CRL* crl) {
  const ObjectPtr id(OBJ_txt2obj("2.5.29.60", 1));
  X509_EXTENSION* extension = X509_CRL_get_ext(crl, X509_CRL_get_ext_by_OBJ(crl, id.get(), -1));
  if (extension == nullptr) return std::nullopt;
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(extension);
  const unsigned char* at = ASN1_STRING_get0_data(value);
  const unsigned char* const end = at + ASN1_STRING_length(value);
  const GeneralizedTimePtr time(d2i_ASN1_GENERALIZEDTIME(nullptr, &at, ASN1_STRING_length(value)));
  return time && at == end ? time_of(time.get()) : std::nullopt;
}

Bytes read_authority_key_id(const X509_CRL* crl) {
  const AuthorityKeyIdPtr id(static_cast<AUTHORITY_KEYID*>(
      X509_CRL_get_ext_d2i(crl, NID_authority_key_identifier, nullptr, nullptr)));
  if (!id || id->keyid == nullptr) return {};
  const unsigned char* data = ASN1_STRING_get0_data(id->keyid);
  return Bytes(data, data + ASN1_STRING_length(id->keyid));
}

std::optional<std::uint8_t> read_reason(const X509_REVOKED* entry) {
  const EnumeratedPtr reason(static_cast<ASN1_ENUMERATED*>(
      X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nullptr, nullptr)));
  const long value = reason ? ASN1_ENUMERATED_get(reason.get()) : -1;
  if (value < 0 || value > UINT8_MAX) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

Result<std::map<Bytes, Revocation>> read_entries(X509_CRL* crl) {
  std::map<Bytes, Revocation> revoked;
  const STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(crl);
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
    const X509_REVOKED* entry = sk_X509_REVOKED_value(entries, i);
    if (has_critical_extension(entry)) {
      return fail(ErrorCode::kUnsupported, "revocation entry with a critical extension");
    }
    const auto time = time_of(X509_REVOKED_get0_revocationDate(entry));
    Bytes serial = integer_octets(X509_REVOKED_get0_serialNumber(entry));
    if (!time || serial.empty()) return fail(ErrorCode::kMalformed, "revocation entry");
    const auto reason = read_reason(entry);
    const auto [at, added] = revoked.emplace(std::move(serial), Revocation{*time, reason});
    if (added) continue;
    at->second.at = std::min(at->second.at, *time);
    if (at->second.reason != reason) at->second.reason.reset();
  }
  return revoked;
}

}  // namespace

Result<RevocationList> RevocationList::from_der(ByteView der) {
  const ErrorQueueGuard guard;
  if (der.size() > kListBytes) return fail(ErrorCode::kLimit, "revocation list too long");
  Bytes bytes = core::to_bytes(der);
  HEYAN_TRY(const SignedData signed_data, split_signed(bytes));
  HEYAN_TRY(const CrlPtr crl, read_crl(bytes));
  if (has_critical_extension(crl.get())) {
    return fail(ErrorCode::kUnsupported, "revocation list with a critical extension");
  }
  HEYAN_TRY(auto revoked, read_entries(crl.get()));
  const auto this_update = time_of(X509_CRL_get0_lastUpdate(crl.get()));
  const ASN1_TIME* next = X509_CRL_get0_nextUpdate(crl.get());
  const auto next_update = time_of(next);
  if (!this_update || (next != nullptr && !next_update)) {
    return fail(ErrorCode::kMalformed, "revocation list times");
  }
  return RevocationList(
      std::make_shared<const Parsed>(Parsed{.der = std::move(bytes),
                                            .issuer = name_der(X509_CRL_get_issuer(crl.get())),
                                            .authority_key_id = read_authority_key_id(crl.get()),
                                            .this_update = *this_update,
                                            .next_update = next_update,
                                            .keeps_ended_since = read_keeps_ended_since(crl.get()),
                                            .revoked = std::move(revoked),
                                            .signed_data = signed_data}));
}

Result<RevocationList> RevocationList::from_pem(std::string_view pem) {
  HEYAN_TRY(const Bytes der, read_pem(pem, "X509 CRL"));
  return from_der(der);
}

ByteView RevocationList::issuer() const { return parsed_->issuer; }
ByteView RevocationList::authority_key_id() const { return parsed_->authority_key_id; }
core::UtcTime RevocationList::this_update() const { return parsed_->this_update; }
std::optional<core::UtcTime> RevocationList::next_update() const { return parsed_->next_update; }

bool RevocationList::would_list(const Certificate& certificate, core::UtcTime at) const {
  if (!parsed_->next_update || *parsed_->next_update < at) return false;
  const core::UtcTime ended = certificate.not_after();
  return ended >= parsed_->this_update ||
         (parsed_->keeps_ended_since && ended >= *parsed_->keeps_ended_since);
}

std::optional<Revocation> RevocationList::revocation(ByteView serial) const {
  const auto at = parsed_->revoked.find(core::to_bytes(serial));
  if (at == parsed_->revoked.end()) return std::nullopt;
  return at->second;
}

std::optional<core::UtcTime> RevocationList::revoked_at(ByteView serial) const {
  const auto found = revocation(serial);
  return found ? std::optional(found->at) : std::nullopt;
}

SignatureOutcome RevocationList::verify_signed_by(const Certificate& issuer,
                                                  SignatureChecker& checker,
                                                  std::string_view sm2_user_id) const {
  return verify_signed(parsed_->signed_data, issuer.key(), checker, sm2_user_id);
}

}  // namespace heyan::crypto
