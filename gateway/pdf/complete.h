// From printed pages to the file that is handed out: language and descriptions for those who hear
// it, the report attached, and the place for the seal.
//
// qpdf reads and writes the objects. The same arguments give the same bytes: the file's identifier
// is made of its content. Sources: ISO 32000-2 7.11.4 and 14.13 (associated files), 12.8
// (signatures, DocMDP), ETSI EN 319 142-1 (PAdES baseline B-B). Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/pdf/print.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"
#include "verifier/report/document.h"

namespace heyan::pdf {

struct Attachment {
  std::string name;
  std::string media_type;
  std::string bytes;
  bool plain = false;  // not compressed: whoever looks for its text in the file finds it
};
// The original: the payload, and the signed report that holds it.
inline constexpr std::string_view kPayloadName = "report.json";
inline constexpr std::string_view kSignedName = "report.jws";
inline constexpr std::string_view kPayloadType = "application/json";
inline constexpr std::string_view kSignedType = "application/jose+json";

// Without a seal.
core::Result<std::string> complete(const Printed& printed, catalogue::Language language,
                                   const std::vector<Attachment>& attachments);

// The same with a certifying signature (DocMDP, no changes allowed) whose place is empty; see
// seal.h. The reason names the payload.
core::Result<std::string> complete_for_seal(const Printed& printed, catalogue::Language language,
                                            const std::vector<Attachment>& attachments,
                                            core::ByteView payload_sha256, core::UtcTime at);

}  // namespace heyan::pdf
