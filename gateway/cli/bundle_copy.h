// A smaller copy of a bundle: the signed report for its reader, and in place of the record an
// excerpt of it.
//
// Threat: the bundle comes from anybody. Nothing is written of one that does not hold together or
// whose record gives another report; whose it is, `heyan report verify` says. Pure, any thread.
#pragma once

#include <expected>
#include <string>

#include "gateway/cli/options.h"
#include "gateway/cli/trouble.h"

namespace heyan::cli {

// `reader`: as of report::make_copy; for the court it is the bundle as it is. The PDF, which has
// other people's names on its pages, is left out; the XML has none and stays.
std::expected<std::string, Trouble> copy_bundle(core::ByteView file, const std::string& reader,
                                                catalogue::Language language);

}  // namespace heyan::cli
