#include "court_adapters/asic/xml_algorithms.h"

#include <algorithm>
#include <array>

namespace heyan::court_adapters::asic {
namespace {

using crypto::Hash;
using crypto::KeyAlgorithm;
using Kind = crypto::SignatureKind;
using Form = markup::Canonical::Form;
using markup::Element;

struct CanonicalName {
  std::string_view address;
  Form form;
  bool comments;
};
constexpr std::string_view kExclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::array kCanonicals = {
    CanonicalName{"http://www.w3.org/TR/2001/REC-xml-c14n-20010315", Form::k10, false},
    CanonicalName{"http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", Form::k10, true},
    CanonicalName{"http://www.w3.org/2006/12/xml-c14n11", Form::k11, false},
    CanonicalName{"http://www.w3.org/2006/12/xml-c14n11#WithComments", Form::k11, true},
    CanonicalName{kExclusive, Form::kExclusive, false},
    CanonicalName{"http://www.w3.org/2001/10/xml-exc-c14n#WithComments", Form::kExclusive, true},
};

struct DigestName {
  std::string_view address;
  Hash hash;
};
constexpr std::array kDigests = {
    DigestName{"http://www.w3.org/2001/04/xmlenc#sha256", Hash::kSha256},
    DigestName{"http://www.w3.org/2001/04/xmldsig-more#sha384", Hash::kSha384},
    DigestName{"http://www.w3.org/2001/04/xmlenc#sha512", Hash::kSha512},
    DigestName{"http://www.w3.org/2000/09/xmldsig#sha1", Hash::kSha1},
};

struct SignatureName {
  std::string_view address;
  Kind kind;
  Hash hash;
};
constexpr std::array kSignatures = {
    SignatureName{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", Kind::kRsaPkcs1,
                  Hash::kSha256},
    SignatureName{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", Kind::kRsaPkcs1,
                  Hash::kSha384},
    SignatureName{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", Kind::kRsaPkcs1,
                  Hash::kSha512},
    SignatureName{"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", Kind::kRsaPss,
                  Hash::kSha256},
    SignatureName{"http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", Kind::kRsaPss,
                  Hash::kSha384},
    SignatureName{"http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", Kind::kRsaPss,
                  Hash::kSha512},
    SignatureName{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", Kind::kEcdsa,
                  Hash::kSha256},
    SignatureName{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", Kind::kEcdsa,
                  Hash::kSha384},
    SignatureName{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", Kind::kEcdsa,
                  Hash::kSha512},
    SignatureName{"http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", Kind::kEd25519,
                  Hash::kSha512},
};

std::string algorithm_of(const Element& method) {
  return method.attribute({}, "Algorithm").value_or("");
}

bool fits(Kind kind, KeyAlgorithm key) {
  switch (key) {
    case KeyAlgorithm::kRsa:
      return kind == Kind::kRsaPkcs1 || kind == Kind::kRsaPss;
    case KeyAlgorithm::kEcdsaP256:
    case KeyAlgorithm::kEcdsaP384:
      return kind == Kind::kEcdsa;
    case KeyAlgorithm::kEd25519:
      return kind == Kind::kEd25519;
    case KeyAlgorithm::kSecp256k1:
    case KeyAlgorithm::kSm2:
      break;
  }
  return false;
}

constexpr std::size_t kMostPrefixes = 16;  // each is looked for at each element

// PrefixList of InclusiveNamespaces: names between white space, "#default" the default (Exclusive
// XML Canonicalization 3).
std::vector<std::string> prefixes_of(const std::string& list) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::vector<std::string> prefixes;
  for (std::size_t at = list.find_first_not_of(kSpace); at != std::string::npos;
       at = list.find_first_not_of(kSpace, at)) {
    const std::size_t end = std::min(list.find_first_of(kSpace, at), list.size());
    const std::string prefix = list.substr(at, end - at);
    prefixes.push_back(prefix == "#default" ? std::string() : prefix);
    at = end;
  }
  return prefixes;
}

}  // namespace

std::optional<Canonicalisation> canonicalisation(const Element& method) {
  const std::string address = algorithm_of(method);
  const auto* const row = std::ranges::find(kCanonicals, address, &CanonicalName::address);
  if (row == kCanonicals.end()) return std::nullopt;
  Canonicalisation found{.form = row->form, .comments = row->comments, .prefixes = {}};
  const Element parameters = method.first();
  if (!parameters) return found;
  const bool known = row->form == Form::kExclusive && !parameters.next() &&
                     parameters.is(kExclusive, "InclusiveNamespaces");
  if (!known) return std::nullopt;
  found.prefixes = prefixes_of(parameters.attribute({}, "PrefixList").value_or(""));
  if (found.prefixes.size() > kMostPrefixes) return std::nullopt;
  return found;
}

std::optional<Hash> digest_method(const Element& method) {
  const std::string address = algorithm_of(method);
  const auto* const row = std::ranges::find(kDigests, address, &DigestName::address);
  if (row == kDigests.end() || method.first()) return std::nullopt;
  return row->hash;
}

std::optional<crypto::Scheme> signature_method(const Element& method, KeyAlgorithm key) {
  const std::string address = algorithm_of(method);
  const auto* const row = std::ranges::find(kSignatures, address, &SignatureName::address);
  if (row == kSignatures.end() || method.first() || !fits(row->kind, key)) return std::nullopt;
  return crypto::Scheme{.kind = row->kind,
                        .hash = row->hash,
                        .encoding = crypto::SignatureEncoding::kRs,
                        .sm2_user_id = {}};
}

std::optional<core::Bytes> base64_of(const Element& element) {
  std::string text = element.text();
  std::erase_if(text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return core::from_base64(text);
}

Element one(const Element& parent, std::string_view space, std::string_view name) {
  const std::vector<Element> found = parent.children(space, name);
  return found.size() == 1 ? found.front() : Element();
}

}  // namespace heyan::court_adapters::asic
