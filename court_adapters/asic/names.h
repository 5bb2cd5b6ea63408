// Names in a container: what each says of its entry, and the addresses that signatures have of
// them.
//
// Threat: an address is the sender's. It is undone once and must then be, byte for byte, the name
// of an entry; none is repaired, and none leaves the container. Sources: ETSI EN 319 162-1 4.3.3,
// 4.4.3 and annex A.4; RFC 3986 2.1 and 4.2. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heyan::court_adapters::asic {

inline constexpr std::string_view kMimetypeName = "mimetype";
inline constexpr std::string_view kSimple = "application/vnd.etsi.asic-s+zip";
inline constexpr std::string_view kExtended = "application/vnd.etsi.asic-e+zip";
// Of a defect: the message came as something else than a container.
inline constexpr std::string_view kContentTypeCode = "content-type";

enum class EntryKind : std::uint8_t {
  kObject,
  kMimetype,
  kXmlSignatures,    // META-INF/*signatures*.xml
  kCmsSignature,     // META-INF/*.p7s
  kTimestamp,        // META-INF/*.tst
  kManifest,         // META-INF/ASiCManifest*.xml
  kArchiveManifest,  // META-INF/ASiCArchiveManifest*.xml
  kEvidenceRecord,   // META-INF/*evidencerecord*, and their manifests: not supported
  kOther,            // META-INF/manifest.xml and container.xml, which nothing is read from
};

// Everything that is not in META-INF is an object, and so is what META-INF holds besides these.
EntryKind kind_of(std::string_view name);

// The name that a relative address means, percent-encoding undone; nothing where it is absolute,
// has a query or fragment, or is wrongly encoded.
std::optional<std::string> name_of(std::string_view address);

}  // namespace heyan::court_adapters::asic
