#include "gateway/http/percent.h"

namespace heyan::http {

std::string percent_encode(std::string_view text, std::string_view marks) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       marks.contains(c);
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits.at(byte >> 4U), kDigits.at(byte & 15U)};
    }
  }
  return out;
}

}  // namespace heyan::http
