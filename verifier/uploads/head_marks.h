// What an evidence file shows by its first bytes alone, and whether it has to be opened for more
// (file_marks.h). Compared with constants; nothing is opened. Pure, any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "heyan/v1/case_record.pb.h"
#include "verifier/core/bytes.h"

namespace heyan::uploads {

// A larger file, other than an archive, is not opened: it would have to be read to its end once
// more.
inline constexpr std::uint64_t kMostLookedThrough = 1ull << 30;

// `media_type`: as contents/file_type.h has it.
std::vector<v1::FileMark> marks_by_head(std::string_view name, std::string_view media_type,
                                        core::ByteView head);

// For more marks than the first bytes show.
bool has_to_be_opened(std::string_view name, std::string_view media_type);
bool may_be_opened(std::string_view media_type, std::uint64_t size);

bool is_svg(std::string_view name);

}  // namespace heyan::uploads
