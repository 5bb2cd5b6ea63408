// Keys and certificates made for one test run.
#pragma once

#include <string>

#include "gateway/front/connection.h"

namespace heyan::front {

struct Identity {
  std::string certificate;  // PEM
  std::string key;          // PEM
  KeyDigest spki_sha256{};
};

// A P-256 key with a certificate of its own, or one that `issuer` signed.
Identity make_identity(const std::string& name, const Identity* issuer = nullptr,
                       bool expired = false);

}  // namespace heyan::front
