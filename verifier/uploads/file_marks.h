// What the record of a case notes of an evidence file: its marks, as far as they hold for evidence.
//
// Evidence may be of any kind: that a kind is not in the list of file_kinds.h is no mark here, nor
// is it that a page acts as pages do. Threat: the file is an attacker's, and so is its name; see
// upload.h for what opens it. A mark lowers no verdict. Pure, any thread.
#pragma once

#include <string_view>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "verifier/contents/byte_source.h"

namespace heyan::uploads {

// Those for which it is opened, beside the ones of head_marks.h: for the box. Sorted, each once.
// Errors of the source.
core::Result<std::vector<v1::FileMark>> find_file_marks(std::string_view name,
                                                        const contents::ByteSource& bytes);

}  // namespace heyan::uploads
