#include "verifier/crypto/der_writer.h"

#include <array>

namespace heyan::crypto {

void append_der(core::Bytes& out, std::uint8_t tag, core::ByteView content) {
  constexpr std::size_t kShortForm = 0x80;
  constexpr std::array kShifts = {24, 16, 8, 0};
  out.push_back(tag);
  if (content.size() < kShortForm) {
    out.push_back(static_cast<std::uint8_t>(content.size()));
  } else {
    core::Bytes length;
    for (const int shift : kShifts) {
      const auto octet = static_cast<std::uint8_t>(content.size() >> shift);
      if (octet != 0 || !length.empty()) length.push_back(octet);
    }
    out.push_back(static_cast<std::uint8_t>(kShortForm | length.size()));
    out.insert(out.end(), length.begin(), length.end());
  }
  out.insert(out.end(), content.begin(), content.end());
}

}  // namespace heyan::crypto
