#include "verifier/uploads/head_marks.h"

#include <algorithm>
#include <array>
#include <string>

#include "verifier/contents/file_type.h"

namespace heyan::uploads {
namespace {

constexpr std::string_view kPdfStart = "%PDF-";
constexpr std::string_view kProgram = "application/x-dosexec";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::vector<v1::FileMark> marks_by_head(std::string_view name, std::string_view media_type,
                                        core::ByteView head) {
  // ISO 32000-2 7.5.2: it begins with "%PDF-"; what stands before could be another file as well.
  if (media_type == contents::kPdf && !core::as_text(head).starts_with(kPdfStart) &&
      contents::compare_extension(name, media_type) == v1::EXTENSION_FIT_YES) {
    return {v1::FILE_MARK_BEGINS_OTHERWISE};
  }
  if (media_type == kProgram) return {v1::FILE_MARK_ACTIVE_CONTENT};
  return {};
}

bool has_to_be_opened(std::string_view name, std::string_view media_type) {
  constexpr std::array<std::string_view, 4> kReadToTheirEnd = {contents::kPdf, contents::kJpeg,
                                                               "image/png", "image/gif"};
  if (media_type == contents::kZip) return true;
  if (media_type == contents::kText) return is_svg(name);
  return std::ranges::find(kReadToTheirEnd, media_type) != kReadToTheirEnd.end();
}

bool may_be_opened(std::string_view media_type, std::uint64_t size) {
  return media_type == contents::kZip || size <= kMostLookedThrough;
}

bool is_svg(std::string_view name) {
  std::string text(name);
  std::ranges::transform(text, text.begin(), lower);
  return text.ends_with(".svg");
}

}  // namespace heyan::uploads
