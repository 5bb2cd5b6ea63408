#include "gateway/accounts/totp.h"

#include <array>

#include "verifier/core/base32.h"
#include "verifier/crypto/hmac.h"

namespace heyan::accounts {
namespace {

constexpr std::int64_t kStepSeconds = 30;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr std::size_t kDigits = 6;

// RFC 4226 section 5.3.
std::string code_of(core::ByteView secret, std::int64_t step) {
  std::array<std::uint8_t, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter.at(i) = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  }
  const core::Bytes mac = crypto::hmac_sha1(secret, counter);
  const std::size_t offset = mac.back() & 0x0Fu;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac.at(offset + i);
  std::string digits = std::to_string((number & 0x7FFFFFFFu) % kCodes);
  return std::string(kDigits - digits.size(), '0') + digits;
}

bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |=
        static_cast<unsigned char>(a[i]) ^ static_cast<unsigned>(static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

}  // namespace

std::string totp(core::ByteView secret, std::int64_t unix_seconds) {
  return code_of(secret, unix_seconds / kStepSeconds);
}

std::optional<std::int64_t> right_step(core::ByteView secret, std::string_view code,
                                       std::int64_t unix_seconds, std::int64_t after) {
  const std::int64_t now = unix_seconds / kStepSeconds;
  std::optional<std::int64_t> found;
  for (const std::int64_t step : {now - 1, now, now + 1}) {
    if (same(code_of(secret, step), code) && step > after) found = step;
  }
  return found;
}

std::string totp_uri(core::ByteView secret, std::string_view account) {
  return "otpauth://totp/Heyan:" + std::string(account) + "?secret=" + core::to_base32(secret) +
         "&issuer=Heyan&algorithm=SHA1&digits=6&period=30";
}

}  // namespace heyan::accounts
