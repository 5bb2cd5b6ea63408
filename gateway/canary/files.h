// What the canaries are made of: the sample's case and trust list, as the program was built with
// them, since what a judge is tried with must be nobody's to change.
#pragma once

#include <span>

#include "verifier/core/embedded_file.h"

namespace heyan::canary {

std::span<const core::EmbeddedFile> case_files();   // "case.json", "files/…", "proofs/…"
std::span<const core::EmbeddedFile> trust_files();  // "trust.toml" and what it names

}  // namespace heyan::canary
