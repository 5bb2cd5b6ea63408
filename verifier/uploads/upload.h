// Is a file that somebody hands in of a kind that is taken, and what should be noted of it?
//
// The bytes are never altered, and no picture is decoded: notes only. Threat: name, declared type
// and content are the sender's; they must agree with each other and with a closed list of kinds
// (file_kinds.h). Malware is somebody else's to look for. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "verifier/contents/byte_source.h"
#include "verifier/uploads/archive.h"
#include "verifier/uploads/marks.h"

namespace heyan::uploads {

struct Upload {
  std::string_view file_name;      // its extension counts
  std::string_view declared_type;  // Content-Type; empty or application/octet-stream: says nothing
  const contents::ByteSource* bytes = nullptr;  // never null
};

struct UploadRules {
  std::uint64_t most_pixels = 50'000'000;
  ArchiveRules archives = {};  // of files that are archives themselves
};

struct CheckedUpload {
  Judgement judgement = Judgement::kAccept;
  Marks marks;
  std::string media_type;  // by the content; empty: not known
  bool thumbnail = true;   // false: no picture of it is to be drawn
};

// Errors of the source.
core::Result<CheckedUpload> check_upload(const Upload& upload, const UploadRules& rules = {});

}  // namespace heyan::uploads
