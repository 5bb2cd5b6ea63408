// The vocabularies of a report in XML, as its root declares them. Internal to gateway/xml.
#pragma once

#include <array>

#include "verifier/markup/draft.h"

namespace heyan::xml {

using Element = markup::DraftElement;

inline constexpr markup::Namespace kVr = {"http://uri.etsi.org/19102/v1.4.1#", nullptr};
inline constexpr markup::Namespace kDs = {"http://www.w3.org/2000/09/xmldsig#", "ds"};
inline constexpr markup::Namespace kXades = {"http://uri.etsi.org/01903/v1.3.2#", "xades"};
inline constexpr markup::Namespace kTsl = {"http://uri.etsi.org/02231/v2#", "tsl"};
inline constexpr markup::Namespace kHy = {"urn:heyan:report:1", "hy"};
inline constexpr std::array kVocabularies = {&kVr, &kDs, &kXades, &kTsl, &kHy};

}  // namespace heyan::xml
