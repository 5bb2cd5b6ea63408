// The text form of signature policies, as trust lists write them.
#include <algorithm>
#include <optional>

#include "verifier/ledgers/fabric/signature_policy.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::size_t kMaxDepth = 32;
constexpr std::size_t kMaxTextRules = 1'000;

}  // namespace

class SignaturePolicy::TextParser {
 public:
  TextParser(std::string_view text, std::vector<Principal>& principals)
      : text_(text), principals_(principals) {}

  Result<Rule> parse_all() {
    HEYAN_TRY(Rule rule, parse_rule(0));
    skip_blanks();
    if (position_ != text_.size()) return error("text after the policy");
    return rule;
  }

 private:
  std::unexpected<core::Error> error(std::string_view text) const {
    return core::fail(core::ErrorCode::kMalformed, text, position_);
  }

  void skip_blanks() {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\t'))
      ++position_;
  }

  bool take(char wanted) {
    skip_blanks();
    if (position_ >= text_.size() || text_[position_] != wanted) return false;
    ++position_;
    return true;
  }

  std::string take_word() {
    skip_blanks();
    std::string word;
    for (; position_ < text_.size(); ++position_) {
      const char c = text_[position_];
      if (c >= 'A' && c <= 'Z')
        word.push_back(static_cast<char>(c - 'A' + 'a'));
      else if (c >= 'a' && c <= 'z')
        word.push_back(c);
      else
        break;
    }
    return word;
  }

  Result<Rule> parse_rule(std::size_t depth) {
    if (depth > kMaxDepth || ++rules_ > kMaxTextRules)
      return core::fail(core::ErrorCode::kLimit, "policy too deep or too long");
    skip_blanks();
    if (position_ < text_.size() && (text_[position_] == '\'' || text_[position_] == '"'))
      return parse_principal();
    const std::string gate = take_word();
    if (gate != "and" && gate != "or" && gate != "outof")
      return error("expected OutOf, And, Or or a principal");
    if (!take('(')) return error("expected '('");
    Rule rule;
    std::optional<std::int32_t> n;
    if (gate == "outof") {
      HEYAN_TRY(n, parse_number());
      if (!take(',')) return error("expected ','");
    }
    do {
      HEYAN_TRY(Rule child, parse_rule(depth + 1));
      rule.rules.push_back(std::move(child));
    } while (take(','));
    if (!take(')')) return error("expected ')'");
    const auto count = static_cast<std::int32_t>(rule.rules.size());
    rule.n = n ? *n : gate == "and" ? count : 1;
    if (rule.n < 1 || rule.n > count)
      return error("OutOf asks for fewer than one or more than all");
    return rule;
  }

  Result<std::int32_t> parse_number() {
    skip_blanks();
    std::int32_t number = 0;
    const std::size_t start = position_;
    for (; position_ < text_.size() && text_[position_] >= '0' && text_[position_] <= '9';
         ++position_) {
      number = number * 10 + (text_[position_] - '0');
      if (number > static_cast<std::int32_t>(kMaxTextRules)) return error("number too large");
    }
    if (position_ == start) return error("expected a number");
    return number;
  }

  Result<Rule> parse_principal() {
    const char quote = text_[position_++];
    const std::size_t end = text_.find(quote, position_);
    if (end == std::string_view::npos) return error("principal without closing quote");
    const std::string_view principal = text_.substr(position_, end - position_);
    const std::size_t dot = principal.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return error("principal is not 'MSP.role'");
    const std::string_view msp = principal.substr(0, dot);
    const bool plain = std::ranges::all_of(msp, [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             c == '.' || c == '-' || c == '_';
    });
    const auto role = role_by_name(principal.substr(dot + 1));
    if (!plain || !role) return error("principal is not 'MSP.role'");
    position_ = end + 1;
    Rule rule;
    rule.signed_by = static_cast<std::int32_t>(principals_.size());
    principals_.push_back(Principal{.kind = Principal::Kind::kRole,
                                    .msp = std::string(msp),
                                    .role = *role,
                                    .certificate_sha256 = {}});
    return rule;
  }

  static std::optional<PrincipalRole> role_by_name(std::string_view name) {
    if (name == "member") return PrincipalRole::kMember;
    if (name == "admin") return PrincipalRole::kAdmin;
    if (name == "client") return PrincipalRole::kClient;
    if (name == "peer") return PrincipalRole::kPeer;
    if (name == "orderer") return PrincipalRole::kOrderer;
    return std::nullopt;
  }

  std::string_view text_;
  std::vector<Principal>& principals_;
  std::size_t position_ = 0;
  std::size_t rules_ = 0;
};

Result<SignaturePolicy> SignaturePolicy::from_text(std::string_view text) {
  SignaturePolicy policy;
  TextParser parser(text, policy.principals_);
  HEYAN_TRY(policy.rule_, parser.parse_all());
  return policy;
}

}  // namespace heyan::ledgers::fabric
