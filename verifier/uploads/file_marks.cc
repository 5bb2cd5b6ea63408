#include "verifier/uploads/file_marks.h"

#include <algorithm>
#include <set>

#include "verifier/contents/file_type.h"
#include "verifier/uploads/file_kinds.h"
#include "verifier/uploads/head_marks.h"
#include "verifier/uploads/office.h"
#include "verifier/uploads/upload.h"

namespace heyan::uploads {
namespace {

constexpr std::size_t kMostSvgBytes = 4u << 20;

// Unspecified: it is none of a file that is evidence.
v1::FileMark file_mark(Mark mark) {
  switch (mark) {
    case Mark::kTypeNotAllowed:
    case Mark::kPixelLimit:
      break;
    case Mark::kTypeMismatch:
      return v1::FILE_MARK_TYPE_MISMATCH;
    case Mark::kMalformed:
      return v1::FILE_MARK_MALFORMED;
    case Mark::kEncrypted:
      return v1::FILE_MARK_ENCRYPTED;
    case Mark::kTrailingData:
      return v1::FILE_MARK_TRAILING_DATA;
    case Mark::kActiveContent:
      return v1::FILE_MARK_ACTIVE_CONTENT;
    case Mark::kExternalReference:
      return v1::FILE_MARK_EXTERNAL_REFERENCE;
    case Mark::kUnsafeName:
      return v1::FILE_MARK_UNSAFE_NAME;
    case Mark::kNulInName:
      return v1::FILE_MARK_NUL_IN_NAME;
    case Mark::kLongName:
      return v1::FILE_MARK_LONG_NAME;
    case Mark::kDuplicateName:
      return v1::FILE_MARK_DUPLICATE_NAME;
    case Mark::kLink:
      return v1::FILE_MARK_LINK;
    case Mark::kOverlap:
      return v1::FILE_MARK_OVERLAP;
    case Mark::kHeadersDiffer:
      return v1::FILE_MARK_HEADERS_DIFFER;
    case Mark::kEntryLimit:
      return v1::FILE_MARK_ENTRY_LIMIT;
    case Mark::kSizeLimit:
      return v1::FILE_MARK_SIZE_LIMIT;
    case Mark::kRatioLimit:
      return v1::FILE_MARK_RATIO_LIMIT;
    case Mark::kNestingLimit:
      return v1::FILE_MARK_NESTING_LIMIT;
  }
  return v1::FILE_MARK_UNSPECIFIED;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// "<script" and "<svg:script"; text is in small letters.
bool has_script_element(std::string_view text) {
  constexpr std::string_view kScript = "script";
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const std::string_view name = text.substr(at + 1);
    if (name.starts_with(kScript)) return true;
    const auto prefix = std::ranges::find_if_not(name, is_letter) - name.begin();
    const std::string_view rest = name.substr(static_cast<std::size_t>(prefix));
    if (rest.starts_with(':') && rest.substr(1).starts_with(kScript)) return true;
  }
  return false;
}

// An attribute such as " onload =".
bool has_handler(std::string_view text) {
  for (std::size_t at = text.find("on"); at != text.npos; at = text.find("on", at + 1)) {
    if (at == 0 || !is_space(text[at - 1])) continue;
    std::size_t end = at + 2;
    while (end < text.size() && is_letter(text[end])) ++end;
    const bool named = end > at + 2;
    while (end < text.size() && is_space(text[end])) ++end;
    if (named && end < text.size() && text[end] == '=') return true;
  }
  return false;
}

// A hint, not a gate, as pdf_names.h is: a picture of text that holds what acts.
core::Result<bool> svg_acts(const contents::ByteSource& bytes) {
  HEYAN_TRY(const core::Bytes begin, contents::read_some(bytes, 0, kMostSvgBytes));
  std::string text = core::to_string(begin);
  std::ranges::transform(text, text.begin(), lower);
  return has_script_element(text) || text.contains("javascript:") || has_handler(text);
}

// Documents by names that are not taken, such as those with macros.
Marks unlisted_office_marks(const contents::ByteSource& bytes) {
  Marks marks = look_at_office(bytes).marks;
  std::erase_if(marks, [](Mark mark) {
    return mark != Mark::kActiveContent && mark != Mark::kExternalReference;
  });
  return marks;
}

}  // namespace

core::Result<std::vector<v1::FileMark>> find_file_marks(std::string_view name,
                                                        const contents::ByteSource& bytes) {
  HEYAN_TRY(const core::Bytes head, contents::read_some(bytes, 0, contents::kHeadBytes));
  const std::string_view type = contents::media_type_of(head);
  HEYAN_TRY(CheckedUpload checked,
            check_upload({.file_name = name, .declared_type = {}, .bytes = &bytes}));
  Marks& marks = checked.marks;
  // Of others, file_type.h has said it already, and of a PDF head_marks.h.
  if (type != contents::kZip) marks.erase(Mark::kTypeMismatch);
  if (type == contents::kZip && kind_of(name) == nullptr) marks = unlisted_office_marks(bytes);
  if (type == contents::kText) {
    // A text that holds the words of a page is a text.
    marks.erase(Mark::kActiveContent);
    HEYAN_TRY(const bool acts, is_svg(name) ? svg_acts(bytes) : core::Result<bool>(false));
    if (acts) marks.insert(Mark::kActiveContent);
  }
  std::set<v1::FileMark> noted;
  for (const Mark mark : marks) noted.insert(file_mark(mark));
  noted.erase(v1::FILE_MARK_UNSPECIFIED);
  return std::vector<v1::FileMark>(noted.begin(), noted.end());
}

}  // namespace heyan::uploads
