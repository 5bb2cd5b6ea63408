// What is said of the seal of a PDF or XML. Pure, any thread.
#pragma once

#include <string>

#include "schemas/catalogue/catalogue.h"
#include "verifier/report/seal_verdict.h"

namespace heyan::cli {

enum class SealedFile : std::uint8_t { kPdf, kXml, kContainer };

// With its line end.
std::string seal_sentence(SealedFile kind, report::SealFault fault, catalogue::Language language);
std::string name_of_sealer(const crypto::Certificate& certificate, catalogue::Language language);

}  // namespace heyan::cli
