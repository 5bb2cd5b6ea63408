// What a PDF says that it does: the names in its objects, those within object streams too, and
// where it ends.
//
// A hint, not a gate: names in other streams, or in streams that are not compressed by FlateDecode,
// are not seen. Threat: the file is an attacker's; one pass over its bytes, nothing of its
// structure is believed, at most 64 MiB are inflated. Source: ISO 32000-2 7.2, 7.3.5, 7.5.7, 7.5.5,
// 12.6. Pure, any thread.
#pragma once

#include "verifier/contents/byte_source.h"

namespace heyan::uploads {

struct PdfNames {
  bool active = false;     // JavaScript, Launch and other actions, forms that act, embedded media
  bool encrypted = false;  // Encrypt
  bool ended = false;      // there is an "%%EOF"
  bool trailing = false;   // more than a line end after the last one
};
core::Result<PdfNames> read_pdf_names(const contents::ByteSource& source);

}  // namespace heyan::uploads
