// A CA, and a time-stamp authority under it, by the openssl command.
#pragma once

#include <string>
#include <string_view>

#include "tests/functional/process.h"

namespace heyan::functional {

// What a trust list says of it: files tsa/ca.pem and tsa/ca.crl.
extern const std::string_view kListed;

class Authority {
 public:
  Authority();

  // A response over these bytes, or to this request.
  std::string stamp(std::string_view bytes, const std::string& policy = "1.2.3.4") const;
  std::string answer(std::string_view request) const;
  // The token alone of a response over these bytes.
  std::string token(std::string_view bytes) const;
  // The same over a digest (SHA-256).
  std::string token_of_digest(const std::string& hex) const;
  void revoke(const std::string& reason);
  std::string file(const std::string& name) const { return read_file(folder_ / name); }

 private:
  void list_revoked() const;
  void openssl(std::vector<std::string> arguments) const;
  TemporaryFolder folder_;
};

}  // namespace heyan::functional
