// Reads the third-party vectors of tests/vectors/crypto: "name = value" lines, records parted by
// blank lines, "[section]" lines holding for the records after them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"

namespace heyan::crypto::test {

struct Record {
  std::string section;
  std::map<std::string, std::string> values;

  const std::string& at(const std::string& name) const { return values.at(name); }
  core::Bytes bytes(const std::string& name) const;  // hexadecimal
};

// Aborts the test program where the file is missing or empty: a suite without its vectors must not
// pass.
std::vector<Record> read_records(const std::string& file);
core::Bytes read_file(const std::string& path);

core::Bytes hex(std::string_view text);
// `number` in hexadecimal of any length, as `size` octets.
core::Bytes number(std::string_view text, std::size_t size);
core::Bytes joined(core::ByteView a, core::ByteView b);
core::Bytes flipped(core::Bytes bytes, std::size_t bit);

// DER, for building what must be refused.
core::Bytes der_value(std::uint8_t tag, core::ByteView content);
core::Bytes der_integer(core::ByteView magnitude);
core::Bytes rsa_spki(core::ByteView modulus, core::ByteView exponent);

}  // namespace heyan::crypto::test
