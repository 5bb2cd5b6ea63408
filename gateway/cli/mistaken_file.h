// Files that people take for a signed report, and what to name instead. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "schemas/catalogue/catalogue.h"
#include "verifier/core/bytes.h"

namespace heyan::cli {

enum class MistakenFile : std::uint8_t {
  kPage,        // a report as a web page
  kPayload,     // report.json
  kCompactJws,  // one signature, in the other form of RFC 7515
  kRecord,      // case.hcr
  kScanned,     // the text of a code on paper
};

// By how it begins, or by its form; nothing where it is none of them. Nothing of it is checked.
std::optional<MistakenFile> mistaken_file(core::ByteView bytes);

// Says what it is and what to name instead.
catalogue::Text sentence_of(MistakenFile file);

}  // namespace heyan::cli
