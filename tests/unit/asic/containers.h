// Containers made for tests: every part can be made otherwise, and signed as it is.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "court_adapters/asic/assessment.h"
#include "tests/unit/contents/zip_builder.h"
#include "verifier/contents/byte_source.h"
#include "verifier/crypto/cms.h"
#include "verifier/crypto/signing.h"

namespace heyan::court_adapters::asic::testing {

using contents::testing::build_zip;
using Zip = std::vector<contents::testing::Part>;

struct Signer {
  explicit Signer(std::string_view name)
      : key(*crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256)),
        certificate(*key.self_signed(name, *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                                     *core::parse_rfc3339("2030-01-01T00:00:00Z"))) {}
  std::string cms(std::string_view content) const {
    return core::to_string(*crypto::sign_cms(
        key, certificate, crypto::sha256(core::as_bytes(content)), core::Bytes(32, 1)));
  }
  crypto::SigningKey key;
  crypto::Certificate certificate;
};

inline std::string digest_of(std::string_view content) {
  return core::to_base64(crypto::sha256(core::as_bytes(content)));
}

inline constexpr std::string_view kDs = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr std::string_view kSha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr std::string_view kExclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

// A XAdES signature, written as exclusive canonicalisation leaves it, so that its text is what is
// digested.
struct Xades {
  explicit Xades(const Signer& signer) : by(&signer), named(&signer), sent({&signer}) {}

  const Signer* by;     // whose key signs
  const Signer* named;  // whose certificate the signed properties digest; null: nobody's
  std::vector<const Signer*> sent;  // certificates in KeyInfo
  std::vector<std::string> references;
  std::string properties_id = "SP";
  std::string properties_address = "#SP";
  std::string properties_type = " Type=\"http://uri.etsi.org/01903#SignedProperties\"";
  int properties_references = 1;
  std::string transform = std::string(kExclusive);
  std::string method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
  std::string canonicalisation = std::string(kExclusive);
  std::function<core::Bytes(const std::string&)> sign_with;  // in place of `by`
  std::string named_hash = std::string(kSha256);             // the method of that digest
  std::string prefixes;      // InclusiveNamespaces of SignedInfo, whole
  std::string key_value;     // before the certificates in KeyInfo
  std::string more_objects;  // in the Signature, after its own
  std::string changed_from;  // in the whole, after it was signed
  std::string changed_to;

  static std::string reference(std::string_view address, std::string_view content,
                               std::string_view hash = kSha256, std::string_view transforms = "") {
    return reference_of("URI=\"" + std::string(address) + "\"", digest_of(content), hash,
                        transforms);
  }
  static std::string reference_of(const std::string& attributes, const std::string& digest,
                                  std::string_view hash, std::string_view transforms) {
    return "<ds:Reference " + attributes + ">" + std::string(transforms) +
           "<ds:DigestMethod Algorithm=\"" + std::string(hash) +
           "\"></ds:DigestMethod><ds:DigestValue>" + digest + "</ds:DigestValue></ds:Reference>";
  }
  static std::string transforms(std::string_view algorithm) {
    return "<ds:Transforms><ds:Transform Algorithm=\"" + std::string(algorithm) +
           "\"></ds:Transform></ds:Transforms>";
  }

  std::string properties() const {
    const std::string ds = " xmlns:ds=\"" + std::string(kDs) + "\"";
    std::string text =
        "<xades:SignedProperties xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\" "
        "Id=\"" +
        properties_id + "\"><xades:SignedSignatureProperties>";
    if (named != nullptr) {
      text += "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod" + ds +
              " Algorithm=\"" + named_hash + "\"></ds:DigestMethod><ds:DigestValue" + ds + ">" +
              core::to_base64(named->certificate.sha256()) +
              "</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>";
    }
    return text + "</xades:SignedSignatureProperties></xades:SignedProperties>";
  }

  core::Bytes signed_by_key(const std::string& info) const {
    return *by->key.sign({.kind = crypto::SignatureKind::kEcdsa,
                          .hash = crypto::Hash::kSha256,
                          .encoding = crypto::SignatureEncoding::kRs},
                         core::as_bytes(info));
  }

  std::string signature() const {
    std::string info = "<ds:SignedInfo xmlns:ds=\"" + std::string(kDs) +
                       "\"><ds:CanonicalizationMethod Algorithm=\"" + canonicalisation + "\">" +
                       prefixes + "</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"" +
                       method + "\"></ds:SignatureMethod>";
    for (const std::string& reference : references) info += reference;
    for (int i = 0; i < properties_references; ++i) {
      // Canonical XML sorts attributes by name.
      info += reference_of((properties_type.empty() ? "" : properties_type.substr(1) + " ") +
                               "URI=\"" + properties_address + "\"",
                           digest_of(properties()), kSha256,
                           transform.empty() ? "" : transforms(transform));
    }
    info += "</ds:SignedInfo>";
    const core::Bytes value = sign_with ? sign_with(info) : signed_by_key(info);
    std::string text = "<ds:Signature xmlns:ds=\"" + std::string(kDs) + "\" Id=\"S\">" + info +
                       "<ds:SignatureValue>" + core::to_base64(value) +
                       "</ds:SignatureValue><ds:KeyInfo>" + key_value + "<ds:X509Data>";
    for (const Signer* one : sent) {
      text += "<ds:X509Certificate>" + core::to_base64(one->certificate.der()) +
              "</ds:X509Certificate>";
    }
    text +=
        "</ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties "
        "xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\" Target=\"#S\">" +
        properties() + "</xades:QualifyingProperties></ds:Object>" + more_objects +
        "</ds:Signature>";
    if (!changed_from.empty()) {
      text.replace(text.find(changed_from), changed_from.size(), changed_to);
    }
    return text;
  }

  std::string file() const { return file_of(signature()); }
  static std::string file_of(const std::string& signatures) {
    return "<asic:XAdESSignatures xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\">" + signatures +
           "</asic:XAdESSignatures>";
  }
};

inline std::string manifest_of(std::string_view signature,
                               const std::vector<std::pair<std::string, std::string>>& files) {
  std::string text =
      "<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" "
      "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><asic:SigReference URI=\"" +
      std::string(signature) + "\"/>";
  for (const auto& [address, content] : files) {
    text += "<asic:DataObjectReference URI=\"" + address + "\"><ds:DigestMethod Algorithm=\"" +
            std::string(kSha256) + "\"/><ds:DigestValue>" + digest_of(content) +
            "</ds:DigestValue></asic:DataObjectReference>";
  }
  return text + "</asic:ASiCManifest>";
}

inline contents::testing::Part file_of(std::string name, std::string content) {
  contents::testing::Part part;
  part.name = std::move(name);
  part.content = std::move(content);
  return part;
}
inline contents::testing::Part extended() {
  return file_of("mimetype", "application/vnd.etsi.asic-e+zip");
}
inline contents::testing::Part simple() {
  return file_of("mimetype", "application/vnd.etsi.asic-s+zip");
}

inline Assessment assessed(const core::Bytes& bytes,
                           std::span<const crypto::Certificate> anchors = {},
                           std::string_view at = "2027-01-01T00:00:00Z") {
  const contents::MemorySource source(bytes);
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  Assessment found =
      assess(source, {.anchors = anchors, .at = core::parse_rfc3339(at)}, checker, {});
  found.archive.reset();  // the source is gone
  return found;
}
inline Assessment assessed(const Zip& zip) { return assessed(build_zip(zip)); }

inline std::set<std::string> codes(const Assessment& assessment) {
  std::set<std::string> names;
  for (const Fault& fault : assessment.faults) names.emplace(name(fault.code));
  return names;
}
using Codes = std::set<std::string>;

}  // namespace heyan::court_adapters::asic::testing
