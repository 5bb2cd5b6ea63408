#include "gateway/xml/payload.h"

#include <algorithm>
#include <array>

namespace heyan::xml {
namespace {

struct Algorithm {
  std::string_view word;  // as the payload has it
  std::string_view identifier;
};
// RFC 9231 2.1; SM3 by its object identifier (GM/T 0006), as no other is registered.
constexpr std::array<Algorithm, 7> kAlgorithms = {
    Algorithm{"sha-256", "http://www.w3.org/2001/04/xmlenc#sha256"},
    Algorithm{"sm3", "urn:oid:1.2.156.10197.1.401"},
    Algorithm{"sha-384", "http://www.w3.org/2001/04/xmldsig-more#sha384"},
    Algorithm{"sha-512", "http://www.w3.org/2001/04/xmlenc#sha512"},
    Algorithm{"sha-1", "http://www.w3.org/2000/09/xmldsig#sha1"},
    Algorithm{"md5", "http://www.w3.org/2001/04/xmldsig-more#md5"},
    Algorithm{"sha-224", "http://www.w3.org/2001/04/xmldsig-more#sha224"}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

const Value& member(const Value& object, std::string_view name) {
  static const Value kNone;
  const Value* found = object.find(name);
  return found == nullptr ? kNone : *found;
}

std::span<const Value> list(const Value& object, std::string_view name) {
  const Value::Array* array = member(object, name).as_array();
  return array == nullptr ? std::span<const Value>() : std::span<const Value>(*array);
}

std::string scalar(const Value& value) {
  if (const std::string* text = value.as_string()) return *text;
  if (const bool* truth = value.as_bool()) return *truth ? "true" : "false";
  if (const std::int64_t* number = value.as_integer()) return std::to_string(*number);
  return {};
}

std::string scalar(const Value& object, std::string_view name) {
  return scalar(member(object, name));
}

void set_each(const Element& element, const Value& from, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const std::string text = scalar(from, name);
    if (!text.empty()) element.set(name, text);
  }
}

bool is_code(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) || c == '_' || c == '-';
  });
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

std::string_view first_digest(const Value& digests) {
  for (const Algorithm& algorithm : kAlgorithms) {
    const auto bytes = core::from_hex(scalar(digests, algorithm.word));
    if (bytes && !bytes->empty()) return algorithm.word;
  }
  return {};
}

bool add_digest(const Element& parent, const markup::Namespace& space, const char* name,
                std::string_view algorithm, std::string_view hex) {
  const auto known = std::ranges::find(kAlgorithms, algorithm, &Algorithm::word);
  const auto bytes = core::from_hex(hex);
  if (known == kAlgorithms.end() || !bytes || bytes->empty()) return false;
  const Element digest = parent.add(space, name);
  digest.add(kDs, "DigestMethod").set("Algorithm", known->identifier);
  digest.add_base64(kDs, "DigestValue", *bytes);
  return true;
}

}  // namespace heyan::xml
