#include "tests/unit/crypto/vectors.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace heyan::crypto::test {
namespace {

[[noreturn]] void stop(const std::string& what) {
  std::fprintf(stderr, "cannot use vectors: %s\n", what.c_str());
  std::abort();
}

std::ifstream open(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) stop(path);
  return in;
}

}  // namespace

core::Bytes Record::bytes(const std::string& name) const { return hex(at(name)); }

std::vector<Record> read_records(const std::string& file) {
  std::ifstream in = open(std::string(HEYAN_VECTORS) + "/crypto/" + file);
  std::vector<Record> records;
  std::string section;
  Record record;
  const auto finish = [&] {
    if (!record.values.empty()) records.push_back(std::move(record));
    record = {};
  };
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) finish();
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      finish();
      section = line.substr(1, line.find(']') - 1);
      continue;
    }
    const std::size_t at = line.find(" =");
    if (at == std::string::npos) stop(line);
    record.section = section;
    record.values[line.substr(0, at)] = line.size() > at + 3 ? line.substr(at + 3) : "";
  }
  finish();
  if (records.empty()) stop(file);
  return records;
}

core::Bytes read_file(const std::string& path) {
  std::ifstream in = open(path);
  return core::Bytes(std::istreambuf_iterator<char>(in), {});
}

core::Bytes hex(std::string_view text) {
  const auto bytes = core::from_hex(text);
  if (!bytes) stop(std::string(text));
  return *bytes;
}

core::Bytes number(std::string_view text, std::size_t size) {
  std::string digits(text);
  if (digits.size() < 2 * size) digits.insert(0, 2 * size - digits.size(), '0');
  return hex(digits);
}

core::Bytes joined(core::ByteView a, core::ByteView b) {
  core::Bytes bytes = core::to_bytes(a);
  bytes.insert(bytes.end(), b.begin(), b.end());
  return bytes;
}

core::Bytes flipped(core::Bytes bytes, std::size_t bit) {
  bytes.at(bit / 8) = static_cast<std::uint8_t>(bytes.at(bit / 8) ^ (1u << (bit % 8)));
  return bytes;
}

core::Bytes der_value(std::uint8_t tag, core::ByteView content) {
  core::Bytes value = {tag};
  if (content.size() >= 0x100) {
    value.push_back(0x82);
    value.push_back(static_cast<std::uint8_t>(content.size() >> 8));
  } else if (content.size() >= 0x80) {
    value.push_back(0x81);
  }
  value.push_back(static_cast<std::uint8_t>(content.size() & 0xff));
  value.insert(value.end(), content.begin(), content.end());
  return value;
}

core::Bytes der_integer(core::ByteView magnitude) {
  core::Bytes content = core::to_bytes(magnitude);
  if (content.front() >= 0x80) content.insert(content.begin(), 0);
  return der_value(0x02, content);
}

core::Bytes rsa_spki(core::ByteView modulus, core::ByteView exponent) {
  const core::Bytes key = der_value(0x30, joined(der_integer(modulus), der_integer(exponent)));
  const core::Bytes bits = der_value(0x03, joined(core::Bytes{0}, key));
  return der_value(0x30, joined(hex("300d06092a864886f70d0101010500"), bits));
}

}  // namespace heyan::crypto::test
