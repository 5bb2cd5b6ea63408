// Object identifiers of the seal's CMS, as content octets in hex. For verifier/crypto only.
#pragma once

#include <string_view>

namespace heyan::crypto::cms {

inline constexpr std::string_view kSignedData = "2a864886f70d010702";              // RFC 5652 5.1
inline constexpr std::string_view kGmSignedData = "2a811ccf550601040202";          // GM/T 0010
inline constexpr std::string_view kData = "2a864886f70d010701";                    // 4
inline constexpr std::string_view kContentType = "2a864886f70d010903";             // 11.1
inline constexpr std::string_view kMessageDigest = "2a864886f70d010904";           // 11.2
inline constexpr std::string_view kSigningCertificate = "2a864886f70d010910022f";  // RFC 5035 3
inline constexpr std::string_view kSignatureTimeStamp =
    "2a864886f70d010910020e";  // RFC 3161 appendix A
// 2.25 and a random UUID (ITU-T X.667): nobody has to be asked for it.
inline constexpr const char* kPayloadDigestName = "2.25.54930751201364072014503829241023875028";
inline constexpr std::string_view kPayloadDigest = "69d2d3a3c8bbffb2acffa093c7e391999b8f54";
// AlgorithmIdentifiers, whole: SHA-256 without parameters (RFC 5754 2.2), ecdsa-with-SHA256 (3.2).
inline constexpr std::string_view kSha256 = "300b0609608648016503040201";
inline constexpr std::string_view kEcdsaSha256 = "300a06082a8648ce3d040302";

}  // namespace heyan::crypto::cms
