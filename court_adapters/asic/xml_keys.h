// Certificates and keys that came with an XML signature, and the one to which it is bound.
// Sources: XML Signature 1.1 4.5, ETSI EN 319 132-1 5.2.2. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "verifier/core/limits.h"
#include "verifier/crypto/cms_message.h"
#include "verifier/markup/document.h"

namespace heyan::court_adapters::asic {

// X509Certificate of every X509Data, at most 16; those that cannot be read are passed over.
std::vector<crypto::Certificate> certificates_of(const markup::Element& key_info,
                                                 const core::Limits& limits);

// Which of them SigningCertificate and SigningCertificateV2 digest: kNone with `bound` set, or
// kUnbound, kUnsupported, or kNoCertificate: it is not among those that can be read.
crypto::SignerFault bound_certificate(const markup::Element& signed_properties,
                                      std::span<const crypto::Certificate> certificates,
                                      std::optional<crypto::Certificate>& bound);

// Every key that came along, in a certificate or bare (KeyValue with an RSA key).
std::vector<crypto::PublicKey> other_keys(const markup::Element& key_info,
                                          std::span<const crypto::Certificate> certificates);

}  // namespace heyan::court_adapters::asic
