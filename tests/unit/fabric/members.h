// Keys, CAs and certificates made for a test, and protobuf encoded by hand, so that nothing is
// shared with the readers under test but the tables of docs/fabric.md.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "verifier/crypto/signing.h"
#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric::testing {

// Protobuf: one field of a message, and several.
Bytes field(std::uint32_t number, ByteView content);
Bytes field(std::uint32_t number, std::string_view content);
Bytes number_field(std::uint32_t number, std::uint64_t value);
Bytes joined(std::initializer_list<Bytes> parts);
Bytes joined(const std::vector<Bytes>& parts);

struct Ca {
  explicit Ca(std::string name);
  std::string name;
  crypto::SigningKey key;
  std::string pem;
};

// A certificate with its key, under the name of an organisation.
struct Member {
  std::string msp;
  crypto::SigningKey key;
  std::string pem;

  Bytes identity() const;              // SerializedIdentity
  Bytes sign(ByteView message) const;  // low S
};

// `role`: organisational unit, "peer" "orderer" "client". `key`: nothing: a fresh one.
Member enrol(const std::string& msp, const Ca& ca, const std::string& role,
             std::optional<crypto::SigningKey> key = std::nullopt);
crypto::SigningKey new_key();

}  // namespace heyan::ledgers::fabric::testing
