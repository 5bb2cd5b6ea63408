// What is said of the seal of a PDF. Pure, any thread.
#pragma once

#include <string>

#include "gateway/pdf/verify.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::cli {

// With its line end.
std::string seal_sentence(pdf::SealFault fault, catalogue::Language language);
std::string name_of_sealer(const crypto::Certificate& certificate, catalogue::Language language);

}  // namespace heyan::cli
