#include "gateway/message_signatures/signature_base.h"

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/http/percent.h"

namespace heyan::message_signatures {
namespace {

using core::ErrorCode;
using core::fail;
using http::SfItem;

constexpr core::Error kMissing{ErrorCode::kNotFound, "the message lacks a covered component"};

using Value = core::Result<std::string>;

std::string_view path_of(const Message& message) {
  return std::string_view(message.target).substr(0, message.target.find('?'));
}
std::string_view query_of(const Message& message) {
  const std::size_t mark = message.target.find('?');
  return mark == std::string::npos ? std::string_view()
                                   : std::string_view(message.target).substr(mark + 1);
}

// In lower case, without the scheme's own port (RFC 9421 section 2.2.3).
Value authority(const Message& message) {
  const std::string* const host = http::find_field(message.fields, "host");
  if (host == nullptr || http::count_fields(message.fields, "host") != 1)
    return std::unexpected(kMissing);
  std::string text = http::to_lower(*host);
  const std::string_view own_port = message.scheme == "https" ? ":443" : ":80";
  if (text.ends_with(own_port)) text.resize(text.size() - own_port.size());
  return text;
}

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// One side of a pair of application/x-www-form-urlencoded, decoded and encoded again with the one
// spelling that RFC 9421 section 2.2.8 asks for.
std::string respelt(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char byte = text[i] == '+' ? ' ' : text[i];
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (high && low) {
        byte = static_cast<char>(*high * 16 + *low);
        i += 2;
      }
    }
    decoded += byte;
  }
  return http::percent_encode(decoded, "*-._");
}

Value query_parameter(const Message& message, const std::string& name) {
  std::optional<std::string> found;
  std::string_view rest = query_of(message);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = pair.find('=');
    if (pair.empty() || respelt(pair.substr(0, equals)) != name) continue;
    if (found) return fail(ErrorCode::kDuplicate, "a covered query parameter stands twice");
    found = respelt(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
  }
  if (!found) return std::unexpected(kMissing);
  return *std::move(found);
}

// `own`: the component's parameters but `req`.
Value derived(const Message& message, std::string_view name, const http::SfParameters& own) {
  if (name == "@query-param") {
    const auto* const key = http::find_sf(own, "name");
    const auto* const text = key != nullptr ? std::get_if<std::string>(key) : nullptr;
    if (text == nullptr || own.size() != 1)
      return fail(ErrorCode::kMalformed, "@query-param needs a name and nothing else");
    if (message.status != 0) return std::unexpected(kMissing);
    return query_parameter(message, *text);
  }
  if (!own.empty()) return fail(ErrorCode::kUnsupported, "a component with unknown parameters");
  if (name == "@status") {
    if (message.status == 0) return std::unexpected(kMissing);
    return std::to_string(message.status);
  }
  if (message.status != 0) return std::unexpected(kMissing);
  if (name == "@method") return message.method;
  if (name == "@scheme") return http::to_lower(message.scheme);
  if (name == "@request-target") return message.target;
  if (name == "@path") return std::string(path_of(message).empty() ? "/" : path_of(message));
  if (name == "@query") return "?" + std::string(query_of(message));
  if (name == "@authority") return authority(message);
  if (name == "@target-uri") {
    HEYAN_TRY(const std::string host, authority(message));
    return http::to_lower(message.scheme) + "://" + host + message.target;
  }
  return fail(ErrorCode::kUnsupported, "an unknown derived component");
}

// Fields that are known to be dictionaries: `sf` asks for the type (RFC 9421 section 2.1.1).
bool is_dictionary(std::string_view name) {
  static constexpr auto kKnown = std::to_array<std::string_view>(
      {"accept-signature", "content-digest", "priority", "repr-digest", "signature",
       "signature-input", "want-content-digest", "want-repr-digest"});
  return std::ranges::find(kKnown, name) != kKnown.end();
}

Value dictionary_member(const std::string& joined, const std::string& key) {
  HEYAN_TRY(const http::SfDictionary dictionary, http::parse_sf_dictionary(joined));
  const http::SfMember* const member = http::find_sf(dictionary, key);
  if (member == nullptr) return std::unexpected(kMissing);
  return http::write_sf(*member);
}

Value field(const Message& message, const std::string& name, const http::SfParameters& own) {
  if (!http::is_token(name) || http::to_lower(name) != name)
    return fail(ErrorCode::kMalformed, "a component is no name of a field in small letters");
  const auto has = [&](std::string_view flag) {
    const auto* const value = http::find_sf(own, flag);
    return value != nullptr && *value == http::SfBare(true);
  };
  const auto* const key = http::find_sf(own, "key");
  const std::size_t known =
      (has("sf") ? 1u : 0u) + (has("bs") ? 1u : 0u) + (key != nullptr ? 1u : 0u);
  if (known != own.size())
    return fail(ErrorCode::kUnsupported, "a component with unknown parameters");
  if (has("bs") && own.size() > 1) return fail(ErrorCode::kMalformed, "bs beside sf or key");
  std::string joined;
  bool found = false;
  for (const http::Header& one : message.fields) {
    if (one.name != name) continue;
    if (found) joined += ", ";
    found = true;
    joined += has("bs") ? ":" + core::to_base64(core::as_bytes(one.value)) + ":" : one.value;
  }
  if (!found) return std::unexpected(kMissing);
  if (key != nullptr) {
    const auto* const text = std::get_if<std::string>(key);
    if (text == nullptr) return fail(ErrorCode::kMalformed, "the key of a component is no string");
    return dictionary_member(joined, *text);
  }
  if (!has("sf")) return joined;
  if (!is_dictionary(name)) return fail(ErrorCode::kUnsupported, "sf of a field of unknown type");
  HEYAN_TRY(const http::SfDictionary dictionary, http::parse_sf_dictionary(joined));
  return http::write_sf(dictionary);
}

Value component(const Message& message, const SfItem& item) {
  const auto* const name = std::get_if<std::string>(&item.value);
  if (name == nullptr || name->empty())
    return fail(ErrorCode::kMalformed, "a covered component is no string");
  const Message* from = &message;
  http::SfParameters own;
  for (const auto& parameter : item.parameters) {
    if (parameter.first != "req") {
      own.push_back(parameter);
      continue;
    }
    if (parameter.second != http::SfBare(true) || message.status == 0)
      return fail(ErrorCode::kMalformed, "req belongs to a signed answer");
    if (message.request == nullptr) return std::unexpected(kMissing);
    from = message.request;
  }
  return name->starts_with('@') ? derived(*from, *name, own) : field(*from, *name, own);
}

}  // namespace

core::Result<std::string> signature_base(const Message& message, const http::SfInnerList& covered) {
  std::string base;
  std::vector<std::string> identifiers;
  for (const SfItem& item : covered.items) {
    std::string identifier = http::write_sf(item);
    if (std::ranges::find(identifiers, identifier) != identifiers.end())
      return fail(ErrorCode::kDuplicate, "a component is covered twice");
    HEYAN_TRY(const std::string value, component(message, item));
    if (value.find_first_of("\r\n") != std::string::npos)
      return fail(ErrorCode::kMalformed, "a covered value holds a line break");
    base += identifier + ": " + value + "\n";
    identifiers.push_back(std::move(identifier));
  }
  return base + "\"@signature-params\": " + http::write_sf(covered);
}

}  // namespace heyan::message_signatures
