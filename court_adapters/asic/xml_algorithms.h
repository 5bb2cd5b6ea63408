// The algorithms of XML signatures that are understood: closed lists. Everything else is "not
// supported", never valid. Sources: XML Signature 1.1 6; RFC 9231 2; RFC 6931. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/crypto/signature.h"
#include "verifier/markup/canonical.h"
#include "verifier/markup/document.h"

namespace heyan::court_adapters::asic {

inline constexpr std::string_view kSignatureSpace = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view kXadesSpace = "http://uri.etsi.org/01903/v1.3.2#";

// A canonicalisation with its inclusive prefixes, which `markup::Canonical` only views.
struct Canonicalisation {
  markup::Canonical::Form form = markup::Canonical::Form::k10;
  bool comments = false;
  std::vector<std::string> prefixes;

  markup::Canonical as() const {
    return {.form = form, .comments = comments, .inclusive_prefixes = prefixes, .without = {}};
  }
};

// Of a CanonicalizationMethod or a Transform.
std::optional<Canonicalisation> canonicalisation(const markup::Element& method);

// Of a DigestMethod. SHA-1 too: the caller decides where it may stand.
std::optional<crypto::Hash> digest_method(const markup::Element& method);

// Of a SignatureMethod, for that key; nothing where they do not belong together.
std::optional<crypto::Scheme> signature_method(const markup::Element& method,
                                               crypto::KeyAlgorithm key);

// The content of an element of xs:base64Binary, white space left out.
std::optional<core::Bytes> base64_of(const markup::Element& element);

// The only child of that name; nothing where there is none, or more.
markup::Element one(const markup::Element& parent, std::string_view space, std::string_view name);

}  // namespace heyan::court_adapters::asic
