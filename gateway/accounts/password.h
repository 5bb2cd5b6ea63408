// Passwords, kept as Argon2id only (RFC 9106, by libsodium: 64 MiB, three passes).
//
// Threat: who steals the hashes tries words against them; who asks often must not take the memory
// and the threads. At most two are computed at once, four wait, and nobody else: 128 MiB and six
// threads at most. Any thread.
#pragma once

#include <cstddef>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>

#include "verifier/core/error.h"

namespace heyan::accounts {

inline constexpr std::size_t kLeastPassword = 12;  // bytes
inline constexpr std::size_t kMostPassword = 256;

// Why it must not be one: "too-short", "too-long", "unusable" (no UTF-8, controls, or it holds the
// account's name); empty where it may.
std::string_view weakness(std::string_view password, std::string_view account);

// Twenty characters that nobody mistakes for one another, of 100 random bits.
std::string new_password();

class Passwords {
 public:
  // What would be kept: "$argon2id$v=19$m=65536,t=3,p=1$…". kLimit: too many at once; kInternal: no
  // memory.
  core::Result<std::string> hash(std::string_view password);
  // An empty `kept` is nobody's: as much work, and false. kLimit.
  core::Result<bool> matches(const std::string& kept, std::string_view password);

 private:
  class Place;

  std::counting_semaphore<> places_{6};
  std::counting_semaphore<> computing_{2};
  std::once_flag made_;
  std::string nobodys_;  // of a password that nobody knows

  const std::string& nobodys();
};

}  // namespace heyan::accounts
