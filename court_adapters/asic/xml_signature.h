// XAdES signatures of a container: META-INF/*signatures*.xml.
//
// Threat: signature wrapping and key substitution. What a signature covers is taken from its
// verified references alone, never from where elements stand or what they are named: each
// reference is the address of an entry, taken as its bytes without transforms, or the fragment of
// this very Signature's SignedProperties, whose Id stands once in the document. The key is that of
// the certificate which the signed properties digest (SHA-1 only there), and of no other. Closed
// lists (xml_algorithms.h); what is not understood is kUnsupported. Sources: XML Signature 1.1,
// ETSI EN 319 132-1, EN 319 162-1 4.4.3. Pure, any thread but for the checker.
#pragma once

#include <expected>
#include <vector>

#include "court_adapters/asic/signature.h"
#include "verifier/core/limits.h"
#include "verifier/markup/document.h"

namespace heyan::court_adapters::asic {

inline constexpr std::size_t kMostXmlSignatures = 32;  // in one file
// Elements and attributes that are gone through in one container: those of a file once for each of
// its signatures. What is beyond is kUndecided.
inline constexpr std::size_t kMostXmlWork = 80'000;

// Every signature of the file, whose root is XAdESSignatures or one Signature; none where it holds
// none. `fault` is of the signature value and of its own properties; `references` are those of
// entries. `work`: what is left of kMostXmlWork. The problem: no such file at all.
std::expected<std::vector<Signature>, markup::Problem> read_xml_signatures(
    core::ByteView xml, crypto::SignatureChecker& checker, const core::Limits& limits,
    std::size_t& work);

}  // namespace heyan::court_adapters::asic
