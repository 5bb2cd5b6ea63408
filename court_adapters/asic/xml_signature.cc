#include "court_adapters/asic/xml_signature.h"

#include <algorithm>
#include <array>

#include "court_adapters/asic/names.h"
#include "court_adapters/asic/xml_algorithms.h"
#include "court_adapters/asic/xml_keys.h"

namespace heyan::court_adapters::asic {
namespace {

using core::Bytes;
using crypto::Hash;
using crypto::SignerFault;
using markup::Document;
using markup::Element;

constexpr std::string_view kSignedPropertiesType = "http://uri.etsi.org/01903#SignedProperties";
constexpr std::array<std::string_view, 2> kContainerSpaces = {"http://uri.etsi.org/02918/v1.2.1#",
                                                              "http://uri.etsi.org/2918/v1.2.1#"};
constexpr std::size_t kMostReferences = 10'000;
// Making XML canonical goes through the whole document, at each element through the namespaces,
// and does so twice for each signature.
constexpr markup::ReadLimits kReadLimits = {.depth = 64, .elements = 10'000, .namespaces = 64};

// The parts of a Signature, each of which stands once and in its place.
struct Parts {
  Element signed_info;
  Element value;
  Element key_info;
  Element signed_properties;
};

std::optional<Parts> parts_of(const Element& signature) {
  Parts parts;
  parts.signed_info = one(signature, kSignatureSpace, "SignedInfo");
  parts.value = one(signature, kSignatureSpace, "SignatureValue");
  parts.key_info = one(signature, kSignatureSpace, "KeyInfo");
  for (const Element& object : signature.children(kSignatureSpace, "Object")) {
    for (const Element& properties : object.children(kXadesSpace, "QualifyingProperties")) {
      if (parts.signed_properties) return std::nullopt;
      parts.signed_properties = one(properties, kXadesSpace, "SignedProperties");
      if (!parts.signed_properties) return std::nullopt;
    }
  }
  const bool whole = parts.signed_info && signature.first() == parts.signed_info && parts.value &&
                     parts.key_info && parts.signed_properties;
  return whole ? std::optional(parts) : std::nullopt;
}

// How often a value stands as an identifier anywhere in the document, under any name that a reader
// might take for one.
std::size_t count_identifier(const Document& document, const std::string& value) {
  constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";
  std::size_t count = 0;
  markup::walk(document.root(), [&](const Element& element) {
    for (const std::string_view name : {"Id", "ID", "id"}) {
      if (element.attribute({}, name) == value) ++count;
    }
    if (element.attribute(kXml, "id") == value) ++count;
  });
  return count;
}

class Reader {
 public:
  Reader(const Document& document, crypto::SignatureChecker& checker, const core::Limits& limits,
         std::size_t& work)
      : document_(document), checker_(checker), limits_(limits), work_(work) {
    markup::walk(document.root(),
                 [&](const Element& element) { size_ += 1 + element.attributes().size(); });
  }

  Signature read(const Element& element) {
    Signature signature;
    if (size_ > work_) {
      signature.fault = SignerFault::kUndecided;
      return signature;
    }
    work_ -= size_;
    const auto parts = parts_of(element);
    if (!parts) return signature;
    const std::vector<Element> references =
        parts->signed_info.children(kSignatureSpace, "Reference");
    if (references.empty() || references.size() > kMostReferences) return signature;
    SignerFault fault = SignerFault::kNone;
    std::size_t properties = 0;
    for (const Element& reference : references) {
      const auto address = reference.attribute({}, "URI");
      if (!address) return signature;
      if (address->starts_with('#')) {
        if (++properties > 1) continue;  // refused below, and not gone through again for each
        fault = judge_properties(reference, *address, parts->signed_properties);
      } else if (!take(reference, *address, signature)) {
        return signature;
      }
    }
    signature.certificates = certificates_of(parts->key_info, limits_);
    if (properties != 1) {
      signature.fault = properties == 0 ? SignerFault::kUnbound : SignerFault::kUnsupported;
      return signature;
    }
    const SignerFault value = judge_value(*parts, signature);
    signature.fault = value != SignerFault::kNone ? value : fault;
    return signature;
  }

 private:
  // An entry, as its bytes are.
  static bool take(const Element& reference, const std::string& address, Signature& signature) {
    if (reference.child(kSignatureSpace, "Transforms")) return false;
    const auto name = name_of(address);
    const auto digest = base64_of(one(reference, kSignatureSpace, "DigestValue"));
    if (!digest) return false;
    auto hash = digest_method(one(reference, kSignatureSpace, "DigestMethod"));
    if (hash == Hash::kSha1) hash.reset();
    signature.references.push_back({.name = name.value_or(address),
                                    .names_entry = name.has_value(),
                                    .hash = hash,
                                    .digest = *digest});
    return true;
  }

  // The reference to the signature's own signed properties: kNone where they are as signed.
  SignerFault judge_properties(const Element& reference, const std::string& address,
                               const Element& properties) {
    const auto identifier = properties.attribute({}, "Id");
    if (!identifier || "#" + *identifier != address ||
        reference.attribute({}, "Type") != kSignedPropertiesType ||
        count_identifier(document_, *identifier) != 1) {
      return SignerFault::kUnsupported;
    }
    Canonicalisation form;  // without transforms: Canonical XML 1.0 (XML Signature 4.4.3.2)
    if (const Element transforms = reference.child(kSignatureSpace, "Transforms")) {
      const Element transform = transforms.first();
      if (!transform.is(kSignatureSpace, "Transform") || transform.next()) {
        return SignerFault::kUnsupported;
      }
      const auto named = canonicalisation(transform);
      if (!named) return SignerFault::kUnsupported;
      form = *named;
    }
    const auto hash = digest_method(one(reference, kSignatureSpace, "DigestMethod"));
    const auto digest = base64_of(one(reference, kSignatureSpace, "DigestValue"));
    const auto bytes = markup::canonical(document_, properties, form.as());
    if (!hash || *hash == Hash::kSha1 || !digest || !bytes) return SignerFault::kUnsupported;
    const auto actual = checker_.digest(*hash, core::as_bytes(*bytes));
    if (!actual) return SignerFault::kUndecided;
    return *actual == *digest ? SignerFault::kNone : SignerFault::kInvalid;
  }

  SignerFault judge_value(const Parts& parts, Signature& signature) {
    const Element form = one(parts.signed_info, kSignatureSpace, "CanonicalizationMethod");
    const Element method = one(parts.signed_info, kSignatureSpace, "SignatureMethod");
    const auto named = canonicalisation(form);
    const auto value = base64_of(parts.value);
    if (!named || !value || !method) return SignerFault::kUnsupported;
    const auto bytes = markup::canonical(document_, parts.signed_info, named->as());
    if (!bytes) return SignerFault::kUnsupported;
    const SignerFault binding =
        bound_certificate(parts.signed_properties, signature.certificates, signature.certificate);
    const auto verify = [&](const crypto::PublicKey& key) {
      const auto scheme = signature_method(method, key.algorithm());
      if (!scheme) return SignerFault::kUnsupported;
      return crypto::fault_of(checker_.verify(key, *scheme, core::as_bytes(*bytes), *value));
    };
    const bool missing = binding == SignerFault::kNoCertificate;
    if (binding != SignerFault::kNone && !missing) return binding;
    const SignerFault fault = missing ? binding : verify(signature.certificate->key());
    if (!missing && fault != SignerFault::kInvalid && fault != SignerFault::kUnsupported) {
      return fault;
    }
    // Somebody else's key that came along does verify it: the certificate was put in its place. A
    // bare key may be that of the named certificate where that one is missing.
    const Element bare = missing ? Element() : parts.key_info;
    for (const crypto::PublicKey& key : other_keys(bare, signature.certificates)) {
      if (verify(key) == SignerFault::kNone) return SignerFault::kOtherCertificate;
    }
    return fault;
  }

  const Document& document_;
  crypto::SignatureChecker& checker_;
  const core::Limits& limits_;
  std::size_t& work_;
  std::size_t size_ = 0;  // of the document, in elements and attributes
};

markup::Problem refused(markup::Problem::Kind kind, std::string_view detail) {
  return {.kind = kind, .line = 0, .path = {}, .detail = std::string(detail)};
}

}  // namespace

std::expected<std::vector<Signature>, markup::Problem> read_xml_signatures(
    core::ByteView xml, crypto::SignatureChecker& checker, const core::Limits& limits,
    std::size_t& work) {
  using Kind = markup::Problem::Kind;
  const auto document = Document::read(xml, kReadLimits);
  if (!document) return std::unexpected(document.error());
  const Element root = document->root();
  Reader reader(*document, checker, limits, work);
  if (root.is(kSignatureSpace, "Signature")) return std::vector{reader.read(root)};
  if (root.name() != "XAdESSignatures" ||
      std::ranges::find(kContainerSpaces, root.space()) == kContainerSpaces.end()) {
    return std::unexpected(refused(Kind::kSchema, "the root element is not XAdESSignatures"));
  }
  std::vector<Signature> signatures;
  for (const Element& child : root.children()) {
    if (!child.is(kSignatureSpace, "Signature")) {
      return std::unexpected(
          refused(Kind::kSchema, "XAdESSignatures holds something else than signatures"));
    }
    if (signatures.size() == kMostXmlSignatures) {
      return std::unexpected(refused(Kind::kLimit, "too many signatures in one file"));
    }
    signatures.push_back(reader.read(child));
  }
  return signatures;
}

}  // namespace heyan::court_adapters::asic
