// A time-stamp authority of the openssl command.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/core/bytes.h"

namespace heyan::court_adapters::asic::testing {

class Authority {
 public:
  Authority() {
    folder_.write("ts.cnf",
                  "[t]\nserial = s\nsigner_cert = c.pem\ncerts = c.pem\nsigner_key = k.pem\n"
                  "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256, sha1\n"
                  "ess_cert_id_alg = sha256\n");
    folder_.write("s", "01\n");
    certify("critical,timeStamping", "c.pem");
  }
  std::string stamp(const std::string& content, const std::string& hash = "sha256") {
    folder_.write("data", content);
    run("openssl ts -query -data data -" + hash + " -cert -out q");
    run("openssl ts -reply -config ts.cnf -section t -queryfile q -token_out -out t");
    return content_of("t");
  }
  // The same said by a certificate of another extended key usage, which the command itself refuses.
  std::string stamp_as(const std::string& usage, const std::string& content) {
    static_cast<void>(stamp(content));
    run("openssl cms -verify -noverify -inform DER -in t -out info");
    certify(usage, "other.pem");
    run("openssl cms -sign -binary -nodetach -cades -nosmimecap -econtent_type "
        "1.2.840.113549.1.9.16.1.4 -signer other.pem -inkey k.pem -outform DER -in info -out t");
    return content_of("t");
  }
  core::Bytes certificate() {
    run("openssl x509 -in c.pem -outform DER -out t");
    return core::to_bytes(content_of("t"));
  }
  // An RSA key of the command: its modulus, and what it signs (PKCS#1 1.5 with SHA-256).
  core::Bytes rsa_modulus() {
    run("openssl genrsa -out rsa.pem 2048");
    run("openssl rsa -in rsa.pem -noout -modulus | cut -d= -f2 | tr -d '\\n' | tr A-F a-f > "
        "modulus; true");
    return core::from_hex(content_of("modulus")).value_or(core::Bytes());
  }
  core::Bytes rsa_sign(const std::string& content) {
    folder_.write("data", content);
    run("openssl dgst -sha256 -sign rsa.pem -out t data");
    return core::to_bytes(content_of("t"));
  }
  // A detached signature over it that names no certificate in what it signs.
  std::string sign_unbound(const std::string& content) {
    folder_.write("data", content);
    run("openssl cms -sign -binary -nosmimecap -signer c.pem -inkey k.pem -outform DER -in data "
        "-out t");
    return content_of("t");
  }

 private:
  void certify(const std::string& usage, const std::string& file) {
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -out " +
        file + " -days 3650 -subj '/CN=Test authority' -addext extendedKeyUsage=" + usage +
        " -addext keyUsage=critical,digitalSignature");
  }
  std::string content_of(const std::string& name) const {
    std::ifstream in(folder_.path() / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  void run(const std::string& command) {
    const std::string all = "cd '" + folder_.path().string() + "' && " + command + " >log 2>&1";
    static_cast<void>(std::system(all.c_str()));  // NOLINT(cert-env33-c): a tool of the tests
  }
  os::TemporaryFolder folder_;
};

}  // namespace heyan::court_adapters::asic::testing
