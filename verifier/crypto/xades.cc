#include "verifier/crypto/xades.h"

#include <fmt/format.h>

#include <optional>

#include "verifier/crypto/digest.h"

namespace heyan::crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kMostBytes = 64u << 10;
constexpr std::string_view kPayload = "urn:heyan:payload:sha-256:";
const Scheme kScheme{
    .kind = SignatureKind::kEcdsa, .hash = Hash::kSha256, .encoding = SignatureEncoding::kRs};

// What an element says, beside its signature and what stands after that.
struct Said {
  Bytes document_sha256;
  Bytes payload_sha256;
  Bytes certificate;  // DER
  std::string at;
};

// Elements as C14N writes them: never empty tags, and under exclusive C14N a prefix is declared
// where it is first used.
constexpr std::string_view kProperties =
    R"(<xades:SignedProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Id="seal-properties">)"
    R"(<xades:SignedSignatureProperties><xades:SigningTime>{}</xades:SigningTime>)"
    R"(<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>)"
    R"(<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" )"
    R"(Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>)"
    R"(<ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{}</ds:DigestValue>)"
    R"(</xades:CertDigest></xades:Cert></xades:SigningCertificateV2>)"
    R"(</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>)"
    R"(<xades:DataObjectFormat ObjectReference="#seal-document">)"
    R"(<xades:Description>{}{}</xades:Description>)"
    R"(<xades:MimeType>application/xml</xades:MimeType></xades:DataObjectFormat>)"
    R"(</xades:SignedDataObjectProperties></xades:SignedProperties>)";

constexpr std::string_view kInfo =
    R"(<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">)"
    R"(<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">)"
    R"(</ds:CanonicalizationMethod>)"
    R"(<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256">)"
    R"(</ds:SignatureMethod><ds:Reference Id="seal-document" URI=""><ds:Transforms>)"
    R"(<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature">)"
    R"(</ds:Transform>)"
    R"(<ds:Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></ds:Transform>)"
    R"(</ds:Transforms>)"
    R"(<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>)"
    R"(<ds:DigestValue>{}</ds:DigestValue></ds:Reference>)"
    R"(<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#seal-properties">)"
    R"(<ds:Transforms>)"
    R"(<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>)"
    R"(</ds:Transforms>)"
    R"(<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>)"
    R"(<ds:DigestValue>{}</ds:DigestValue></ds:Reference></ds:SignedInfo>)";

constexpr std::string_view kElement =
    R"({}{}<ds:SignatureValue>{}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>)"
    R"(<ds:X509Certificate>{}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object>)"
    R"(<xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" )"
    R"(Target="#seal">{}{}</xades:QualifyingProperties></ds:Object>{})";

constexpr std::string_view kToken = "<xades:EncapsulatedTimeStamp>";
constexpr std::string_view kTimeStamp =
    R"(<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp>)"
    R"(<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">)"
    R"(</ds:CanonicalizationMethod>{}{}</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>)"
    R"(</xades:UnsignedSignatureProperties></xades:UnsignedProperties>)";

// SignatureValue as it is canonicalised by itself.
constexpr std::string_view kStamped =
    R"(<ds:SignatureValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{}</ds:SignatureValue>)";

std::string properties_of(const Said& said) {
  return fmt::format(kProperties, said.at, core::to_base64(sha256(said.certificate)), kPayload,
                     core::to_hex(said.payload_sha256));
}

std::string info_of(const Said& said, std::string_view properties) {
  return fmt::format(kInfo, core::to_base64(said.document_sha256),
                     core::to_base64(sha256(core::as_bytes(properties))));
}

struct Made {
  Said said;
  Bytes signature;
  std::optional<Bytes> token;
};

std::string element_of(const Made& made, std::string_view info, std::string_view properties) {
  const std::string stamp =
      made.token ? fmt::format(kTimeStamp, kToken, core::to_base64(*made.token)) : std::string();
  return fmt::format(kElement, kXadesBegins, info, core::to_base64(made.signature),
                     core::to_base64(made.said.certificate), properties, stamp, kXadesEnds);
}

std::string whole(const Made& made) {
  const std::string properties = properties_of(made.said);
  return element_of(made, info_of(made.said, properties), properties);
}

Bytes digest_to_stamp(ByteView signature) {
  return sha256(core::as_bytes(fmt::format(kStamped, core::to_base64(signature))));
}

// What stands after `name`, up to the next tag; the place moves on behind it.
std::string_view take_after(std::string_view& rest, std::string_view name) {
  const std::size_t at = rest.find(name);
  if (at == std::string_view::npos) return {};
  rest.remove_prefix(at + name.size());
  const std::string_view value = rest.substr(0, rest.find('<'));
  rest.remove_prefix(value.size());
  return value;
}

// The values, wherever they stand; whether all else is right is seen by writing it anew.
std::optional<Made> take(std::string_view element) {
  const auto document = core::from_base64(take_after(element, "<ds:DigestValue>"));
  const auto signature = core::from_base64(take_after(element, "<ds:SignatureValue>"));
  const auto certificate = core::from_base64(take_after(element, "<ds:X509Certificate>"));
  const std::string at(take_after(element, "<xades:SigningTime>"));
  const auto payload = core::from_hex(take_after(element, kPayload));
  const bool stamped = element.find(kToken) != std::string_view::npos;
  auto token = stamped ? core::from_base64(take_after(element, kToken)) : std::nullopt;
  if (!document || !signature || !certificate || !payload || stamped != token.has_value()) {
    return std::nullopt;
  }
  return Made{.said = {.document_sha256 = *document,
                       .payload_sha256 = *payload,
                       .certificate = *certificate,
                       .at = at},
              .signature = *signature,
              .token = std::move(token)};
}

Result<Made> take_unstamped(std::string_view element) {
  auto made = take(element);
  if (made && !made->token && whole(*made) == element) return *std::move(made);
  return fail(ErrorCode::kMalformed, "this is no signature without a time stamp");
}

}  // namespace

Result<std::string> sign_xades(const SigningKey& key, const Certificate& certificate,
                               ByteView document_sha256, ByteView payload_sha256,
                               core::UtcTime at) {
  if (key.public_key().algorithm() != KeyAlgorithm::kEcdsaP256) {
    return fail(ErrorCode::kUnsupported, "the seal is made with a key of P-256");
  }
  if (!(certificate.key() == key.public_key())) {
    return fail(ErrorCode::kMalformed, "this is not the certificate of the key");
  }
  if (document_sha256.size() != kDigestBytes || payload_sha256.size() != kDigestBytes) {
    return fail(ErrorCode::kInternal, "this is no SHA-256");
  }
  const Said said{.document_sha256 = core::to_bytes(document_sha256),
                  .payload_sha256 = core::to_bytes(payload_sha256),
                  .certificate = core::to_bytes(certificate.der()),
                  .at = core::format_rfc3339(at)};
  const std::string properties = properties_of(said);
  const std::string info = info_of(said, properties);
  HEYAN_TRY(const Bytes signature, key.sign(kScheme, core::as_bytes(info)));
  return element_of({.said = said, .signature = signature, .token = {}}, info, properties);
}

Result<Bytes> xades_digest_to_stamp(std::string_view element) {
  HEYAN_TRY(const Made made, take_unstamped(element));
  return digest_to_stamp(made.signature);
}

Result<std::string> put_xades_time_stamp(std::string_view element, ByteView token) {
  HEYAN_TRY(Made made, take_unstamped(element));
  made.token = core::to_bytes(token);
  std::string stamped = whole(made);
  if (stamped.size() > kMostBytes) return fail(ErrorCode::kLimit, "the time stamp is too large");
  return stamped;
}

Result<XadesSignature> verify_xades(std::string_view element, SignatureChecker& checker) {
  if (element.size() > kMostBytes) return fail(ErrorCode::kLimit, "the signature is too large");
  const auto made = take(element);
  if (!made) return fail(ErrorCode::kMalformed, "the signature is not of the one form");
  const auto& [said, signature, token] = *made;
  const auto at = core::parse_rfc3339(said.at);
  if (!at || core::format_rfc3339(*at) != said.at || said.document_sha256.size() != kDigestBytes ||
      said.payload_sha256.size() != kDigestBytes || signature.size() != kSignatureBytes) {
    return fail(ErrorCode::kMalformed, "the signature is not of the one form");
  }
  const std::string properties = properties_of(said);
  const std::string info = info_of(said, properties);
  if (element_of(*made, info, properties) != element) {
    return fail(ErrorCode::kNotCanonical, "the signature is not written as it must be");
  }
  HEYAN_TRY(Certificate certificate, Certificate::from_der(said.certificate));
  const SignatureOutcome outcome =
      certificate.key().algorithm() == KeyAlgorithm::kEcdsaP256
          ? checker.verify(certificate.key(), kScheme, core::as_bytes(info), signature)
          : SignatureOutcome::kInvalid;
  return XadesSignature{.certificate = std::move(certificate),
                        .document_sha256 = said.document_sha256,
                        .payload_sha256 = said.payload_sha256,
                        .at = *at,
                        .time_stamp = token,
                        .signature_sha256 = digest_to_stamp(signature),
                        .outcome = outcome};
}

}  // namespace heyan::crypto
