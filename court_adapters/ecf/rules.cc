#include "court_adapters/ecf/rules.h"

#include <algorithm>
#include <array>
#include <set>

#include "court_adapters/ecf/base64_text.h"

namespace heyan::court_adapters::ecf {
namespace {

using markup::Element;

constexpr std::string_view kXmlSignature = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::array<std::string_view, 6> kSignatureBase64 = {
    "DigestValue", "SignatureValue", "X509Certificate", "X509SKI", "X509CRL", "PGPKeyID"};

// Bytes that lie in a part: the schema is of the message in which they stand (XOP section 3).
bool is_packaged(const Element& element) {
  return element.is(kXop, "Include") || element.child(kXop, "Include");
}

bool is_base64(const Element& element, const Names& names) {
  return element.is(names.inline_bytes.space, names.inline_bytes.name) ||
         (element.space() == kXmlSignature &&
          std::ranges::find(kSignatureBase64, element.name()) != kSignatureBase64.end());
}

void check_code(const Element& element, const Names& names, Defects& defects) {
  for (const CodeList& list : names.code_lists) {
    if (!element.is(list.element.space, list.element.name)) continue;
    if (std::ranges::find(list.codes, element.value()) != list.codes.end()) continue;
    add(defects, "unknown-code", element,
        "This code is not in its list, which the standard closes.");
  }
}

void check_references(const Element& operation, const Names& names, Defects& defects) {
  std::set<std::string, std::less<>> ids;
  markup::walk(operation, [&](const Element& element) {
    if (auto id = element.attribute(names.structures, "id")) ids.insert(*std::move(id));
  });
  const auto check = [&](const Element& element, std::string_view list) {
    constexpr std::string_view kSpace = " \t\r\n";
    for (std::size_t begin = list.find_first_not_of(kSpace); begin != std::string_view::npos;
         begin = list.find_first_not_of(kSpace)) {
      list.remove_prefix(begin);
      const std::string_view id = list.substr(0, list.find_first_of(kSpace));
      list.remove_prefix(id.size());
      if (ids.contains(id)) continue;
      add(defects, "dangling-reference", element,
          "This refers to an id that nothing in the message has.");
    }
  };
  markup::walk(operation, [&](const Element& element) {
    for (const std::string_view name : names.references) {
      if (const auto value = element.attribute(names.structures, name)) check(element, *value);
    }
  });
}

}  // namespace

void check_schema(const Element& operation, const Element& root, const Names& names,
                  Defects& defects) {
  // The request of 4.01 is described in a WSDL, and not in the schemas.
  const bool wrapped = names.version == Version::k401 && operation.space() == names.wrappers;
  for (const markup::Problem& problem :
       schemas(names.version).validate(wrapped ? root : operation, is_packaged)) {
    add(defects, problem);
  }
}

void check_rules(const Element& operation, const Element& root, const Names& names,
                 Defects& defects) {
  check_references(operation, names, defects);
  markup::walk(operation, [&](const Element& element) {
    check_code(element, names, defects);
    if (is_base64(element, names) && !from_base64_text(element.text())) {
      add(defects, "bad-base64", element, "The text is not base64.");
    }
  });
  const Element profile = root.child(names.profile.space, names.profile.name);
  if (profile && std::ranges::find(names.profiles, profile.value()) == names.profiles.end()) {
    add(defects, "unknown-profile", profile,
        "This interaction profile is not served: use " + std::string(names.profiles.back()) + ".");
  }
}

}  // namespace heyan::court_adapters::ecf
