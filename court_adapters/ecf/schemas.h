// The schemas of both versions of Electronic Court Filing, built in.
// Origin, licences and repairs: schemas/MANIFEST.tsv.
#pragma once

#include <cstdint>

#include "verifier/markup/schema.h"

namespace heyan::court_adapters::ecf {

enum class Version : std::uint8_t { k401, k50 };

// Compiled when they are first asked for (about 0.1 s), and then shared by all threads.
const markup::SchemaSet& schemas(Version version);

}  // namespace heyan::court_adapters::ecf
