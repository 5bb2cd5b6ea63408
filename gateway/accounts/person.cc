#include "gateway/accounts/person.h"

#include <algorithm>
#include <array>
#include <utility>

#include "verifier/core/text.h"

namespace heyan::accounts {
namespace {

constexpr std::array<std::string_view, 4> kRoles = {"litigant", "clerk", "judge", "operator"};
constexpr std::size_t kLeastAccount = 2;
constexpr std::size_t kMostAccount = 64;
constexpr std::size_t kMostName = 100;
constexpr std::size_t kMostSubject = 255;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string_view word(Role role) { return kRoles.at(static_cast<std::size_t>(role)); }

std::optional<Role> role_of(std::string_view word) {
  const auto* const found = std::ranges::find(kRoles, word);
  if (found == kRoles.end()) return std::nullopt;
  return static_cast<Role>(found - kRoles.begin());
}

bool is_of_a_court(Role role) { return role == Role::kClerk || role == Role::kJudge; }

bool is_account(std::string_view text) {
  if (text.size() < kLeastAccount || text.size() > kMostAccount) return false;
  if (!is_letter_or_digit(text.front())) return false;
  return std::ranges::all_of(
      text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_subject(std::string_view text) {
  return !text.empty() && text.size() <= kMostSubject &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

bool is_name(std::string_view text) {
  if (text.empty() || !core::is_utf8(text) || core::has_control(text)) return false;
  const auto characters = std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
  return std::cmp_less_equal(characters, kMostName);
}

}  // namespace heyan::accounts
