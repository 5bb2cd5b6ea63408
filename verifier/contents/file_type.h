// What a file is by its first bytes, and whether the extension of its name says the same.
//
// Threat: both are an attacker's. Bytes are compared with constants, nothing is opened; a file can
// begin like one type and be read as another. Sources: the signatures in each format's own
// specification; media types as IANA has them. Pure; any thread.
#pragma once

#include <string_view>

#include "heyan/v1/case_record.pb.h"
#include "verifier/core/bytes.h"

namespace heyan::contents {

inline constexpr std::size_t kHeadBytes = 4096;  // all that is looked at

inline constexpr std::string_view kPdf = "application/pdf";
inline constexpr std::string_view kZip = "application/zip";  // also what is made of one: OFD, DOCX
inline constexpr std::string_view kGzip = "application/gzip";
inline constexpr std::string_view kJpeg = "image/jpeg";
inline constexpr std::string_view kText = "text/plain";  // also HTML, XML, JSON, CSV, mail

// Empty: not known. Text is what has no control characters but those of text, in any encoding that
// keeps ASCII, or begins with a UTF-16 byte-order mark.
std::string_view media_type_of(core::ByteView head);

// UNKNOWN where type or extension are not in the table, and for a file without bytes.
v1::ExtensionFit compare_extension(std::string_view path, std::string_view media_type);

}  // namespace heyan::contents
