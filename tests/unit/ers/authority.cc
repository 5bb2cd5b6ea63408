#include "tests/unit/ers/authority.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace heyan::ers::testing {
namespace {

// What OpenSSL refuses ends the test run: nothing below could be relied on.
template <typename T>
T must(T value) {
  if (!value) {
    ERR_print_errors_fp(stderr);
    std::abort();
  }
  return value;
}

template <typename T, typename Write>
core::Bytes der_of(T* value, Write write) {
  unsigned char* out = nullptr;
  const int size = write(value, &out);
  must(size > 0);
  core::Bytes bytes(out, out + size);
  OPENSSL_free(out);
  return bytes;
}

time_t seconds_of(core::UtcTime time) { return static_cast<time_t>(core::to_unix_ms(time) / 1000); }

void extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = must(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  must(X509_add_ext(certificate, extension, -1));
  X509_EXTENSION_free(extension);
}

int tell_time(TS_RESP_CTX*, void* data, long* seconds, long* micros) {
  *seconds = *static_cast<long*>(data);
  *micros = 0;
  return 1;
}

const EVP_MD* md_of(crypto::Hash hash) {
  switch (hash) {
    case crypto::Hash::kSha1:
      return EVP_sha1();
    case crypto::Hash::kSha512:
      return EVP_sha512();
    default:
      return EVP_sha256();
  }
}

core::Bytes request_for(crypto::Hash hash, core::ByteView digest) {
  TS_REQ* request = must(TS_REQ_new());
  TS_MSG_IMPRINT* imprint = must(TS_MSG_IMPRINT_new());
  X509_ALGOR* algorithm = must(X509_ALGOR_new());
  core::Bytes copy = core::to_bytes(digest);
  must(X509_ALGOR_set0(algorithm, OBJ_nid2obj(EVP_MD_get_type(md_of(hash))), V_ASN1_NULL, nullptr));
  must(TS_MSG_IMPRINT_set_algo(imprint, algorithm));
  must(TS_MSG_IMPRINT_set_msg(imprint, copy.data(), static_cast<int>(copy.size())));
  must(TS_REQ_set_version(request, 1));
  must(TS_REQ_set_msg_imprint(request, imprint));
  must(TS_REQ_set_cert_req(request, 1));
  core::Bytes der = der_of(request, i2d_TS_REQ);
  X509_ALGOR_free(algorithm);
  TS_MSG_IMPRINT_free(imprint);
  TS_REQ_free(request);
  return der;
}

}  // namespace

core::UtcTime at(const std::string& rfc3339) { return *must(core::parse_rfc3339(rfc3339)); }

TestAuthority::TestAuthority(const std::string& name, const std::string& from,
                             const std::string& until)
    : name_(name),
      ca_key_(must(EVP_RSA_gen(2048))),
      ca_(issue("CA of " + name, ca_key_.get(), "1990-01-01T00:00:00Z", "2090-01-01T00:00:00Z",
                true)),
      key_(must(EVP_RSA_gen(2048))),
      certificate_(issue(name, key_.get(), from, until, false)) {}

TestAuthority::Cert TestAuthority::issue(const std::string& name, EVP_PKEY* key,
                                         const std::string& from, const std::string& until,
                                         bool is_ca) const {
  Cert certificate(must(X509_new()));
  X509* x509 = certificate.get();
  X509* issuer = is_ca ? x509 : ca_.get();
  must(X509_set_version(x509, X509_VERSION_3));
  ASN1_INTEGER_set(X509_get_serialNumber(x509), is_ca ? 1 : 2);
  must(X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_UTF8,
                                  reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0));
  must(X509_set_issuer_name(x509, X509_get_subject_name(issuer)));
  must(ASN1_TIME_adj(X509_getm_notBefore(x509), seconds_of(at(from)), 0, 0));
  must(ASN1_TIME_adj(X509_getm_notAfter(x509), seconds_of(at(until)), 0, 0));
  must(X509_set_pubkey(x509, key));
  extend(x509, issuer, NID_basic_constraints, is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (is_ca) {
    extend(x509, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  } else {
    extend(x509, issuer, NID_key_usage, "critical,digitalSignature");
    extend(x509, issuer, NID_ext_key_usage, "critical,timeStamping");
  }
  must(X509_sign(x509, ca_key_.get(), EVP_sha256()));
  return certificate;
}

core::Bytes TestAuthority::stamp(crypto::Hash hash, core::ByteView digest, const std::string& time,
                                 unsigned accuracy_seconds) const {
  const core::Bytes request = request_for(hash, digest);
  long seconds = static_cast<long>(seconds_of(at(time)));
  TS_RESP_CTX* context = must(TS_RESP_CTX_new());
  ASN1_OBJECT* policy = must(OBJ_txt2obj("1.2.3.4", 1));
  TS_RESP_CTX_set_time_cb(context, tell_time, &seconds);
  must(TS_RESP_CTX_set_signer_cert(context, certificate_.get()));
  must(TS_RESP_CTX_set_signer_key(context, key_.get()));
  must(TS_RESP_CTX_set_def_policy(context, policy));
  must(TS_RESP_CTX_set_signer_digest(context, EVP_sha256()));
  must(TS_RESP_CTX_set_ess_cert_id_digest(context, EVP_sha256()));
  if (accuracy_seconds > 0)
    must(TS_RESP_CTX_set_accuracy(context, static_cast<int>(accuracy_seconds), 0, 0));
  for (const EVP_MD* md : {EVP_sha1(), EVP_sha256(), EVP_sha512()})
    must(TS_RESP_CTX_add_md(context, md));
  BIO* in = must(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
  TS_RESP* response = must(TS_RESP_create_response(context, in));
  core::Bytes token = der_of(must(TS_RESP_get_token(response)), i2d_PKCS7);
  TS_RESP_free(response);
  BIO_free(in);
  ASN1_OBJECT_free(policy);
  TS_RESP_CTX_free(context);
  return token;
}

timestamps::Authority TestAuthority::listed(const std::string& revoked_at, int reason) const {
  timestamps::Authority authority;
  authority.institution = name_;
  authority.trust_class = "private";
  authority.trust.anchors.push_back(
      *must(crypto::Certificate::from_der(der_of(ca_.get(), i2d_X509))));
  X509_CRL* list = must(X509_CRL_new());
  ASN1_TIME* time = must(ASN1_TIME_new());
  must(X509_CRL_set_version(list, X509_CRL_VERSION_2));
  must(X509_CRL_set_issuer_name(list, X509_get_subject_name(ca_.get())));
  must(ASN1_TIME_adj(time, seconds_of(at("2000-01-01T00:00:00Z")), 0, 0));
  must(X509_CRL_set1_lastUpdate(list, time));
  must(ASN1_TIME_adj(time, seconds_of(at("2080-01-01T00:00:00Z")), 0, 0));
  must(X509_CRL_set1_nextUpdate(list, time));
  if (!revoked_at.empty()) {
    X509_REVOKED* revoked = must(X509_REVOKED_new());
    ASN1_ENUMERATED* why = must(ASN1_ENUMERATED_new());
    must(ASN1_TIME_adj(time, seconds_of(at(revoked_at)), 0, 0));
    must(X509_REVOKED_set_serialNumber(revoked, X509_get_serialNumber(certificate_.get())));
    must(X509_REVOKED_set_revocationDate(revoked, time));
    must(ASN1_ENUMERATED_set(why, reason));
    must(X509_REVOKED_add1_ext_i2d(revoked, NID_crl_reason, why, 0, 0));
    must(X509_CRL_add0_revoked(list, revoked));
    ASN1_ENUMERATED_free(why);
  }
  must(X509_CRL_sign(list, ca_key_.get(), EVP_sha256()));
  authority.trust.revocation_lists.push_back(
      *must(crypto::RevocationList::from_der(der_of(list, i2d_X509_CRL))));
  ASN1_TIME_free(time);
  X509_CRL_free(list);
  return authority;
}

}  // namespace heyan::ers::testing
