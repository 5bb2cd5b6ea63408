#include "gateway/http/structured_fields.h"

#include <algorithm>

namespace heyan::http {
namespace {

using core::ErrorCode;

constexpr std::size_t kBytes = 8u << 10;
constexpr std::size_t kMembers = 128;
constexpr std::size_t kIntegerDigits = 15;  // RFC 8941 section 3.3.1
constexpr std::size_t kDecimalDigits = 12;  // before the point, section 3.3.2
constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~:/";

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_key_character(char c) {
  return is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '*';
}
bool is_token_character(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c) || kTokenMarks.find(c) != std::string_view::npos;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  core::Result<SfDictionary> dictionary() {
    SfDictionary members;
    skip(" ");
    while (!at_end()) {
      HEYAN_TRY(std::string key, this->key());
      if (find_sf(members, key) != nullptr) return failed(ErrorCode::kDuplicate, "a key twice");
      if (members.size() == kMembers) return failed(ErrorCode::kLimit, "too many members");
      HEYAN_TRY(SfMember member, this->member());
      members.emplace_back(std::move(key), std::move(member));
      skip(" \t");
      if (at_end()) return members;
      if (!take(',')) return failed(ErrorCode::kTrailing, "a member without a comma after it");
      skip(" \t");
      if (at_end()) return failed(ErrorCode::kMalformed, "a comma at the end");
    }
    return members;
  }

  core::Result<SfItem> whole_item() {
    skip(" ");
    HEYAN_TRY(SfItem item, this->item());
    skip(" ");
    if (!at_end()) return failed(ErrorCode::kTrailing, "something follows the item");
    return item;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  char front() const { return at_end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (front() != c || at_end()) return false;
    ++at_;
    return true;
  }
  void skip(std::string_view characters) {
    while (!at_end() && characters.find(front()) != std::string_view::npos) ++at_;
  }
  template <typename Is>
  std::string_view take_while(Is is) {
    const std::size_t begin = at_;
    while (!at_end() && is(front())) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::unexpected<core::Error> failed(ErrorCode code, std::string_view what) const {
    return core::fail(code, what, at_);
  }

  core::Result<std::string> key() {
    if (!is_lower(front()) && front() != '*')
      return failed(ErrorCode::kMalformed, "a key does not begin with a small letter or a star");
    return std::string(take_while(is_key_character));
  }

  core::Result<SfMember> member() {
    if (take('=')) {
      if (front() == '(') return inner_list();
      return item();
    }
    SfItem present{.value = true, .parameters = {}};
    HEYAN_TRY(present.parameters, parameters());
    return present;
  }

  core::Result<SfMember> inner_list() {
    SfInnerList list;
    ++at_;
    while (true) {
      skip(" ");
      if (take(')')) break;
      if (at_end()) return failed(ErrorCode::kTruncated, "an inner list does not end");
      if (list.items.size() == kMembers) return failed(ErrorCode::kLimit, "too many items");
      HEYAN_TRY(SfItem one, item());
      list.items.push_back(std::move(one));
      if (front() != ' ' && front() != ')')
        return failed(ErrorCode::kMalformed, "items of an inner list without a space between");
    }
    HEYAN_TRY(list.parameters, parameters());
    return list;
  }

  core::Result<SfItem> item() {
    SfItem item;
    HEYAN_TRY(item.value, bare());
    HEYAN_TRY(item.parameters, parameters());
    return item;
  }

  core::Result<SfParameters> parameters() {
    SfParameters all;
    while (take(';')) {
      skip(" ");
      HEYAN_TRY(std::string name, key());
      if (find_sf(all, name) != nullptr)
        return failed(ErrorCode::kDuplicate, "a parameter stands twice");
      if (all.size() == kMembers) return failed(ErrorCode::kLimit, "too many parameters");
      SfBare value = true;
      if (take('=')) {
        HEYAN_TRY(value, bare());
      }
      all.emplace_back(std::move(name), std::move(value));
    }
    return all;
  }

  core::Result<SfBare> bare() {
    const char c = front();
    if (c == '-' || is_digit(c)) return number();
    if (c == '"') return string();
    if (c == ':') return bytes();
    if (c == '?') return boolean();
    if (is_lower(c) || is_upper(c) || c == '*')
      return SfToken{std::string(take_while(is_token_character))};
    return failed(ErrorCode::kMalformed, "no value of a structured field");
  }

  core::Result<SfBare> number() {
    const bool negative = take('-');
    const std::string_view whole = take_while(is_digit);
    if (whole.empty()) return failed(ErrorCode::kMalformed, "a number without digits");
    std::int64_t value = 0;
    if (whole.size() > kIntegerDigits) return failed(ErrorCode::kLimit, "a number is too long");
    for (const char digit : whole) value = value * 10 + (digit - '0');
    if (!take('.')) return negative ? -value : value;
    const std::string_view fraction = take_while(is_digit);
    if (whole.size() > kDecimalDigits || fraction.empty() || fraction.size() > 3)
      return failed(ErrorCode::kMalformed, "a decimal of another form than 12 and 3 digits");
    for (std::size_t i = 0; i < 3; ++i)
      value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return SfDecimal{negative ? -value : value};
  }

  core::Result<SfBare> string() {
    std::string value;
    ++at_;
    while (!take('"')) {
      const bool escaped = take('\\');
      if (at_end()) return failed(ErrorCode::kTruncated, "a string does not end");
      const char c = text_[at_++];
      if (escaped ? c != '"' && c != '\\' : c < 0x20 || c > 0x7e)
        return failed(ErrorCode::kMalformed, "a string holds what none may hold");
      value += c;
    }
    return value;
  }

  core::Result<SfBare> bytes() {
    ++at_;
    const std::size_t end = text_.find(':', at_);
    if (end == std::string_view::npos)
      return failed(ErrorCode::kTruncated, "a byte sequence does not end");
    auto value = core::from_base64(text_.substr(at_, end - at_));
    if (!value) return failed(ErrorCode::kMalformed, "a byte sequence is no base64");
    at_ = end + 1;
    return *std::move(value);
  }

  core::Result<SfBare> boolean() {
    ++at_;
    if (take('1')) return true;
    if (take('0')) return false;
    return failed(ErrorCode::kMalformed, "a boolean is neither ?0 nor ?1");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string write_decimal(SfDecimal value) {
  const std::int64_t magnitude = value.thousandths < 0 ? -value.thousandths : value.thousandths;
  std::string fraction = std::to_string(1000 + magnitude % 1000).substr(1);
  while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
  return (value.thousandths < 0 ? "-" : "") + std::to_string(magnitude / 1000) + "." + fraction;
}

std::string write_string(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

struct BareWriter {
  std::string operator()(bool value) const { return value ? "?1" : "?0"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(SfDecimal value) const { return write_decimal(value); }
  std::string operator()(const std::string& value) const { return write_string(value); }
  std::string operator()(const SfToken& value) const { return value.text; }
  std::string operator()(const core::Bytes& value) const {
    return ":" + core::to_base64(value) + ":";
  }
};

std::string write_parameters(const SfParameters& parameters) {
  std::string text;
  for (const auto& [key, value] : parameters) {
    text += ";" + key;
    const bool* const flag = std::get_if<bool>(&value);
    if (flag == nullptr || !*flag) text += "=" + std::visit(BareWriter(), value);
  }
  return text;
}

core::Result<void> check_size(std::string_view text) {
  if (text.size() > kBytes) return core::fail(ErrorCode::kLimit, "a structured field is too long");
  return {};
}

}  // namespace

core::Result<SfDictionary> parse_sf_dictionary(std::string_view text) {
  HEYAN_CHECK_OK(check_size(text));
  return Reader(text).dictionary();
}

core::Result<SfItem> parse_sf_item(std::string_view text) {
  HEYAN_CHECK_OK(check_size(text));
  return Reader(text).whole_item();
}

std::string write_sf(const SfItem& item) {
  return std::visit(BareWriter(), item.value) + write_parameters(item.parameters);
}

std::string write_sf(const SfInnerList& list) {
  std::string text = "(";
  for (const SfItem& item : list.items) text += (text.size() > 1 ? " " : "") + write_sf(item);
  return text + ")" + write_parameters(list.parameters);
}

std::string write_sf(const SfMember& member) {
  return std::visit([](const auto& one) { return write_sf(one); }, member);
}

std::string write_sf(const SfDictionary& dictionary) {
  std::string text;
  for (const auto& [key, member] : dictionary) {
    if (!text.empty()) text += ", ";
    text += key;
    const auto* const item = std::get_if<SfItem>(&member);
    if (item != nullptr && item->value == SfBare(true))
      text += write_parameters(item->parameters);
    else
      text += "=" + write_sf(member);
  }
  return text;
}

const SfMember* find_sf(const SfDictionary& dictionary, std::string_view key) {
  const auto found = std::ranges::find(dictionary, key, &SfDictionary::value_type::first);
  return found == dictionary.end() ? nullptr : &found->second;
}

const SfBare* find_sf(const SfParameters& parameters, std::string_view key) {
  const auto found = std::ranges::find(parameters, key, &SfParameters::value_type::first);
  return found == parameters.end() ? nullptr : &found->second;
}

}  // namespace heyan::http
