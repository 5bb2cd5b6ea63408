#include "gateway/accounts/password.h"

#include <sodium.h>

#include <array>

#include "gateway/accounts/random.h"
#include "verifier/core/base32.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::accounts {
namespace {

using core::ErrorCode;

constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemoryBytes = std::size_t{64} << 20;

core::Result<std::string> compute(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (sodium_init() < 0 ||
      crypto_pwhash_str_alg(text.data(), password.data(), password.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return core::fail(ErrorCode::kInternal, "a password could not be hashed");
  }
  return std::string(text.data());
}

}  // namespace

std::string_view weakness(std::string_view password, std::string_view account) {
  if (password.size() < kLeastPassword) return "too-short";
  if (password.size() > kMostPassword) return "too-long";
  const bool names = password.find(account) != std::string_view::npos;
  return !core::is_utf8(password) || core::has_control(password) || names ? "unusable" : "";
}

std::string new_password() {
  constexpr std::size_t kBits = 100;
  constexpr std::size_t kGroup = 5;
  const std::string digits = core::to_base32(random_bytes((kBits + 7) / 8));
  std::string password;
  for (std::size_t i = 0; i < kBits / kGroup; ++i) {
    if (i > 0 && i % kGroup == 0) password += '-';
    password += digits.at(i);
  }
  return password;
}

// Beside two others at most; it waits only where few do.
class Passwords::Place {
 public:
  explicit Place(Passwords& of) : of_(of), inside_(of.places_.try_acquire()) {
    if (inside_) of_.computing_.acquire();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (!inside_) return;
    of_.computing_.release();
    of_.places_.release();
  }
  core::Result<void> taken() const {
    if (inside_) return {};
    return core::fail(ErrorCode::kLimit, "too many passwords are being checked");
  }

 private:
  Passwords& of_;
  bool inside_;
};

core::Result<std::string> Passwords::hash(std::string_view password) {
  const Place place(*this);
  HEYAN_CHECK_OK(place.taken());
  return compute(password);
}

const std::string& Passwords::nobodys() {
  std::call_once(made_, [this] {
    nobodys_ = compute(core::as_text(random_bytes(32))).value_or(std::string());
  });
  return nobodys_;
}

core::Result<bool> Passwords::matches(const std::string& kept, std::string_view password) {
  const Place place(*this);
  HEYAN_CHECK_OK(place.taken());
  const std::string& other = nobodys();
  const std::string& against = kept.empty() ? other : kept;
  const bool same =
      crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !kept.empty();
}

}  // namespace heyan::accounts
