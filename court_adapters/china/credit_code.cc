#include "court_adapters/china/credit_code.h"

#include <algorithm>
#include <array>

namespace heyan::court_adapters::china {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // no I O S V Z
constexpr std::string_view kDepartments = "123456789ABCDEFGNY";
constexpr std::size_t kLength = 18;
constexpr std::size_t kMostBytes = 64;

// 3^i mod 31.
constexpr std::array<int, 17> kWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                          29, 25, 13, 8,  24, 10, 30, 28};
constexpr std::array<int, 8> kInnerWeights = {3, 7, 9, 10, 5, 8, 4, 2};

int value_of(char c) { return static_cast<int>(kAlphabet.find(c)); }

char check_of(std::string_view code) {
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += value_of(code[i]) * kWeights.at(i);
  return kAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

// GB 11714 counts every letter: A is 10, Z is 35.
char inner_check_of(std::string_view organisation) {
  int sum = 0;
  for (std::size_t i = 0; i < kInnerWeights.size(); ++i) {
    const char c = organisation[i];
    sum += (c <= '9' ? c - '0' : c - 'A' + 10) * kInnerWeights.at(i);
  }
  constexpr std::string_view kChecks = "0X987654321";
  return kChecks[static_cast<std::size_t>(sum % 11)];
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

// Why the code is none; empty: it is one.
std::string_view fault_of(std::string_view code) {
  if (code.size() != kLength) return "has not 18 characters";
  if (code.find_first_not_of(kAlphabet) != std::string_view::npos) {
    return "has a character that is none of a credit code (I, O, S, V and Z are not)";
  }
  if (code.front() == '0') return "names no registration department (position 1)";
  const std::string_view region = code.substr(2, 6);
  const bool digits = region.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits || (region != "100000" && !is_province(region.substr(0, 2)))) {
    return "names no region of GB/T 2260 (positions 3 to 8)";
  }
  if (check_of(code) != code.back()) return "has a check character that does not fit";
  return {};
}

}  // namespace

Checked read_credit_code(std::string_view text) {
  Checked checked{Verdict::kValid, std::string(text), {}, {}, {}};
  const std::string code = text.size() > kMostBytes ? std::string() : upper(trimmed(text));
  if (const std::string_view fault = fault_of(code); !fault.empty()) {
    checked.verdict = Verdict::kInvalid;
    checked.code = "bad-credit-code";
    checked.reason = fault;
    return checked;
  }
  checked.text = code;
  const auto say = [&](Verdict verdict, std::string_view word, std::string_view reason) {
    checked.verdict = verdict;
    checked.code = word;
    checked.reason = reason;
  };
  if (inner_check_of(code.substr(8, 8)) != code[16]) {
    say(Verdict::kWarning, "organisation-code-check",
        "has an organisation code (positions 9 to 17) whose check character does not fit");
  } else if (!kDepartments.contains(code.front())) {
    say(Verdict::kWarning, "unknown-department",
        "names a registration department that is not in the list (position 1)");
  } else if (code != text) {
    say(Verdict::kNormalised, "not-normal", "has small letters or blanks around it");
  }
  return checked;
}

}  // namespace heyan::court_adapters::china
