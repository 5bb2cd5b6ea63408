// FILE-1 to FILE-3: was the whole file received, is it of the type that its name says and what else
// was noticed of it, and did the box get to its end?
#include <algorithm>
#include <array>

#include "verifier/checks/digests.h"
#include "verifier/checks/families.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::checks {
namespace {

constexpr std::size_t kShownTypeCharacters = 40;

// Which reason tells of a mark, and, of several that share one, by which word.
struct MarkRow {
  v1::FileMark mark;
  v1::ReasonCode code;
  std::string_view word;  // empty: the reason says it all
};
constexpr std::array kMarks = {
    MarkRow{v1::FILE_MARK_ACTIVE_CONTENT, v1::REASON_ACTIVE_CONTENT, ""},
    MarkRow{v1::FILE_MARK_EXTERNAL_REFERENCE, v1::REASON_EXTERNAL_REFERENCE, ""},
    MarkRow{v1::FILE_MARK_TRAILING_DATA, v1::REASON_TRAILING_DATA, ""},
    MarkRow{v1::FILE_MARK_ENCRYPTED, v1::REASON_FILE_ENCRYPTED, ""},
    MarkRow{v1::FILE_MARK_MALFORMED, v1::REASON_FILE_MALFORMED, ""},
    MarkRow{v1::FILE_MARK_UNSAFE_NAME, v1::REASON_ARCHIVE_IRREGULAR, "unsafe-name"},
    MarkRow{v1::FILE_MARK_NUL_IN_NAME, v1::REASON_ARCHIVE_IRREGULAR, "nul-in-name"},
    MarkRow{v1::FILE_MARK_LONG_NAME, v1::REASON_ARCHIVE_IRREGULAR, "long-name"},
    MarkRow{v1::FILE_MARK_DUPLICATE_NAME, v1::REASON_ARCHIVE_IRREGULAR, "duplicate-name"},
    MarkRow{v1::FILE_MARK_LINK, v1::REASON_ARCHIVE_IRREGULAR, "link"},
    MarkRow{v1::FILE_MARK_OVERLAP, v1::REASON_ARCHIVE_IRREGULAR, "overlap"},
    MarkRow{v1::FILE_MARK_HEADERS_DIFFER, v1::REASON_ARCHIVE_IRREGULAR, "headers-differ"},
    MarkRow{v1::FILE_MARK_ENTRY_LIMIT, v1::REASON_ARCHIVE_BEYOND_LIMITS, "entries"},
    MarkRow{v1::FILE_MARK_SIZE_LIMIT, v1::REASON_ARCHIVE_BEYOND_LIMITS, "size"},
    MarkRow{v1::FILE_MARK_RATIO_LIMIT, v1::REASON_ARCHIVE_BEYOND_LIMITS, "ratio"},
    MarkRow{v1::FILE_MARK_NESTING_LIMIT, v1::REASON_ARCHIVE_BEYOND_LIMITS, "depth"},
    MarkRow{v1::FILE_MARK_NOT_OPENED, v1::REASON_FILE_NOT_OPENED, ""},
};

bool has(const v1::ContentFacts& contents, v1::FileMark mark) {
  return std::ranges::find(contents.marks(), mark) != contents.marks().end();
}

// The answer to the question of FILE-2.
v1::Finding type_against_name(const v1::ContentFacts& contents) {
  if (has(contents, v1::FILE_MARK_BEGINS_OTHERWISE)) {
    return answer(v1::CHECK_FILE_2, v1::OUTCOME_FAIL, v1::REASON_FILE_BEGINS_OTHERWISE);
  }
  const bool mismatch =
      contents.extension() == v1::EXTENSION_FIT_NO || has(contents, v1::FILE_MARK_TYPE_MISMATCH);
  if (mismatch) {
    v1::Finding finding =
        answer(v1::CHECK_FILE_2, v1::OUTCOME_FAIL, v1::REASON_TYPE_EXTENSION_MISMATCH);
    const std::string& type = contents.media_type();
    if (!type.empty()) set_param(finding, "type", core::visible(type, kShownTypeCharacters));
    return finding;
  }
  switch (contents.extension()) {
    case v1::EXTENSION_FIT_YES:
      return answer(v1::CHECK_FILE_2, v1::OUTCOME_PASS);
    case v1::EXTENSION_FIT_UNKNOWN:
      return answer(v1::CHECK_FILE_2, v1::OUTCOME_UNDETERMINED);
    default:
      return answer(v1::CHECK_FILE_2, v1::OUTCOME_NOT_PERFORMED);
  }
}

// What else was noticed, each reason once. None of it answers the question of FILE-2.
void add_marks(const v1::ContentFacts& contents, Findings& findings) {
  std::string words;
  for (std::size_t i = 0; i < kMarks.size(); ++i) {
    const MarkRow& row = kMarks[i];
    const bool last = i + 1 == kMarks.size() || kMarks[i + 1].code != row.code;
    const bool marked = has(contents, row.mark);
    if (marked && !row.word.empty()) words += (words.empty() ? "" : ", ") + std::string(row.word);
    if (!last || (!marked && words.empty())) continue;
    findings.push_back(answer(v1::CHECK_FILE_2, v1::OUTCOME_NOT_APPLICABLE, row.code));
    if (!words.empty()) set_param(findings.back(), "what", words);
    words.clear();
  }
}

v1::Finding incomplete(std::string_view what, std::string_view declared,
                       std::string_view measured) {
  v1::Finding finding = answer(v1::CHECK_FILE_1, v1::OUTCOME_FAIL, v1::REASON_UPLOAD_INCOMPLETE);
  set_param(finding, "what", what);
  if (!declared.empty()) set_param(finding, "declared", declared);
  if (!measured.empty()) set_param(finding, "measured", measured);
  return finding;
}

// What was declared of the file against what was measured.
Findings against_declaration(const v1::DeclaredFile& declared, const v1::Measured& measured) {
  Findings findings;
  if (declared.has_size() && declared.size() != measured.size()) {
    findings.push_back(
        incomplete("size", std::to_string(declared.size()), std::to_string(measured.size())));
  }
  for (const v1::Digest& digest : declared.digests()) {
    switch (compare(digest, measured)) {
      case Comparison::kEqual:
        break;
      case Comparison::kDiffers:
        findings.push_back(incomplete(
            algorithm_name(digest.algorithm()), core::to_hex(core::as_bytes(digest.value())),
            core::to_hex(core::as_bytes(find_digest(measured, digest.algorithm())->first()))));
        break;
      case Comparison::kNotMeasured:
        findings.push_back(answer(v1::CHECK_FILE_1, v1::OUTCOME_NOT_PERFORMED));
        set_param(findings.back(), "what", algorithm_name(digest.algorithm()));
        break;
    }
  }
  return findings;
}

}  // namespace

Findings file_1(const ItemView& item, const Judging&) {
  const v1::Measured& measured = item.measured.measured();
  switch (measured.outcome()) {
    case v1::MEASURE_OUTCOME_DONE:
      break;
    case v1::MEASURE_OUTCOME_CHANGED_WHILE_READING:
      return {incomplete("changed-while-reading", "", "")};
    case v1::MEASURE_OUTCOME_TERMINATED:
      return {
          answer(v1::CHECK_FILE_1, v1::OUTCOME_NOT_PERFORMED, v1::REASON_VERIFICATION_TERMINATED)};
    default:
      return {answer(v1::CHECK_FILE_1, v1::OUTCOME_NOT_PERFORMED)};
  }
  Findings findings = against_declaration(item.declared.file(), measured);
  if (findings.empty()) findings.push_back(answer(v1::CHECK_FILE_1, v1::OUTCOME_PASS));
  return findings;
}

Findings file_2(const ItemView& item, const Judging&) {
  Findings findings = {type_against_name(item.measured.contents())};
  add_marks(item.measured.contents(), findings);
  return findings;
}

Findings file_3(const ItemView& item, const Judging&) {
  const v1::ContentFacts& contents = item.measured.contents();
  if (contents.terminated()) {
    return {answer(v1::CHECK_FILE_3, v1::OUTCOME_FAIL, v1::REASON_PARSER_TERMINATED)};
  }
  return {answer(v1::CHECK_FILE_3,
                 contents.performed() ? v1::OUTCOME_PASS : v1::OUTCOME_NOT_PERFORMED)};
}

}  // namespace heyan::checks
