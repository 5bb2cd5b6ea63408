// PEM blocks, strictly (RFC 7468, the "strict" grammar of section 3 but for the length of lines).
//
// Threat: PEM with text around it shows a person one thing and a program another. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::crypto {

// One block of that label, white space around it only.
core::Result<core::Bytes> read_pem(std::string_view text, std::string_view label);
// One to `most` blocks of that label, white space between and around them only.
core::Result<std::vector<core::Bytes>> read_pem_list(std::string_view text, std::string_view label,
                                                     std::size_t most);

std::string write_pem(core::ByteView der, std::string_view label);

}  // namespace heyan::crypto
