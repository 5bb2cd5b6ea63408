// The place of the seal in a file: which bytes are signed, and where the signature stands.
//
//   /ByteRange [ 0 A B C ] /Contents <...>      A: of "<"; B: after ">"; B + C: the end of the file
//
// Written in one form only, numbers padded with spaces; a file in which these characters do not
// stand exactly once, or in which they leave out anything but the signature itself, has no seal of
// ours (security decision 19). So whatever is appended or changed is noticed before anything is
// parsed. Source: ISO 32000-2 12.8.1. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::pdf {

// Room for the signature: a certificate or two, and later a time stamp.
inline constexpr std::size_t kSealBytes = 12'288;

// What stands in a file that qpdf wrote for a seal to come.
std::string_view range_to_come();

// Puts in the numbers. kInternal: the file has no such place.
core::Result<void> settle_range(std::string& file);

struct SealPlace {
  std::size_t begin = 0;  // of "<"
  std::size_t end = 0;    // after ">"
};
// kNotFound: no seal; kMalformed: one that does not cover the whole file.
core::Result<SealPlace> find_seal(std::string_view file);

// SHA-256 of what is signed: all but the place.
core::Bytes signed_digest(std::string_view file, const SealPlace& place);

// Puts the signature (DER) into its place. kLimit: it does not fit.
core::Result<void> put_seal(std::string& file, const SealPlace& place, core::ByteView signature);
// The signature that stands there, zeros after it. kMalformed: not in the one form.
core::Result<core::Bytes> take_seal(std::string_view file, const SealPlace& place);

}  // namespace heyan::pdf
