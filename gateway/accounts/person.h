// A person who may sign in. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heyan::accounts {

enum class Role : std::uint8_t { kLitigant, kClerk, kJudge, kOperator };
std::string_view word(Role role);  // "litigant", "clerk", "judge", "operator"
std::optional<Role> role_of(std::string_view word);
// A clerk and a judge are of one court; others of none.
bool is_of_a_court(Role role);

struct Person {
  std::string account;
  std::string name;  // for people to read
  Role role = Role::kLitigant;
  std::string court{};  // its code, where is_of_a_court; otherwise empty
  bool operator==(const Person&) const = default;
};

// 2 to 64 of a-z, 0-9, ".", "_" and "-", the first a letter or a digit: what looks like another
// account's name is not one.
bool is_account(std::string_view text);
// 1 to 255 printable ASCII characters without a space.
bool is_subject(std::string_view text);
// 1 to 100 characters of UTF-8 without controls.
bool is_name(std::string_view text);

// Whom a provider's token names: its issuer and subject together (OpenID Connect Core 1.0 section
// 2).
struct Identity {
  std::string issuer;
  std::string subject;
  bool operator==(const Identity&) const = default;
};

// As what they file names them. No court system's account begins so (gateway/ops/config.h).
inline constexpr std::string_view kStoredPrefix = "person:";
inline std::string stored_account(std::string_view account) {
  return std::string(kStoredPrefix) + std::string(account);
}

// The same as its owner writes it; a court system's as it is.
inline std::string_view shown_account(std::string_view stored) {
  if (stored.starts_with(kStoredPrefix)) stored.remove_prefix(kStoredPrefix.size());
  return stored;
}

}  // namespace heyan::accounts
