#include "tests/functional/openssl_authority.h"

#include <gtest/gtest.h>

#include "verifier/crypto/digest.h"

namespace heyan::functional {

const std::string_view kListed = R"(
[[institution]]
id = "test-tsa"
kind = "timestamp"
name = { zh = "样例时间戳机构", en = "Sample time-stamp authority" }
  [[institution.ca]]
  file = "test-tsa/ca.pem"
  crl = ["test-tsa/ca.crl"]

[[tsa]]
institution = "test-tsa"
policies = ["1.2.3.4"]
class = "licensed-ca"
)";

Authority::Authority() {
  write_file(folder_ / "tsa.cnf",
             "[t]\nserial = s\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\n"
             "signer_digest = sha256\ndefault_policy = 1.2.3.4\nother_policies = 1.2.3.5\n"
             "digests = sha256, sha512\naccuracy = millisecs:500\ness_cert_id_alg = sha256\n"
             "[usage]\nextendedKeyUsage = critical,timeStamping\n"
             "keyUsage = critical,digitalSignature\n[ca]\ndefault_ca = c\n"
             "[c]\ndatabase = index\ndefault_md = sha256\ncrlnumber = n\n");
  write_file(folder_ / "s", "01\n");
  write_file(folder_ / "n", "01\n");
  write_file(folder_ / "index", "");
  openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
           "-days", "3650", "-subj", "/CN=Test CA"});
  openssl({"req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj",
           "/CN=Test TSA"});
  openssl({"x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial",
           "7", "-days", "3650", "-extfile", "tsa.cnf", "-extensions", "usage", "-out", "tsa.pem"});
  list_revoked();
}

std::string Authority::stamp(std::string_view bytes, const std::string& policy) const {
  write_file(folder_ / "data", bytes);
  openssl({"ts", "-query", "-data", "data", "-sha256", "-cert", "-tspolicy", policy, "-out", "q"});
  return answer(read_file(folder_ / "q"));
}

std::string Authority::answer(std::string_view request) const {
  write_file(folder_ / "q", request);
  openssl({"ts", "-reply", "-config", "tsa.cnf", "-section", "t", "-queryfile", "q", "-out", "r"});
  return read_file(folder_ / "r");
}

std::string Authority::token(std::string_view bytes) const {
  return token_of_digest(core::to_hex(crypto::sha256(core::as_bytes(bytes))));
}

std::string Authority::token_of_digest(const std::string& hex) const {
  openssl({"ts", "-query", "-digest", hex, "-sha256", "-cert", "-out", "q"});
  (void)answer(read_file(folder_ / "q"));
  openssl({"ts", "-reply", "-in", "r", "-token_out", "-out", "t"});
  return read_file(folder_ / "t");
}

void Authority::revoke(const std::string& reason) {
  openssl({"ca", "-config", "tsa.cnf", "-keyfile", "ca.key", "-cert", "ca.pem", "-revoke",
           "tsa.pem", "-crl_reason", reason});
  list_revoked();
}

void Authority::list_revoked() const {
  openssl({"ca", "-config", "tsa.cnf", "-keyfile", "ca.key", "-cert", "ca.pem", "-gencrl",
           "-crldays", "3650", "-out", "ca.crl"});
}

void Authority::openssl(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "openssl");
  const Outcome outcome =
      run({.arguments = arguments, .environment = {}, .folder = folder_.path(), .input = {}});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
}

}  // namespace heyan::functional
