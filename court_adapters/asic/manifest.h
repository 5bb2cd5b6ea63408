// ASiCManifest and ASiCArchiveManifest: which entries a signature or time stamp beside it covers.
// The pair is made by SigReference, never by names. Source: ETSI EN 319 162-1 4.4.3, 4.4.4, annex
// A.4. Pure, any thread.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "court_adapters/asic/signature.h"
#include "verifier/markup/document.h"

namespace heyan::court_adapters::asic {

struct Manifest {
  std::string signature{};              // name of the entry; empty: its address names none
  std::vector<Reference> references{};  // at least one
};

std::expected<Manifest, markup::Problem> read_manifest(core::ByteView xml);

}  // namespace heyan::court_adapters::asic
