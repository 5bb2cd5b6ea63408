// FILE-1 to FILE-3: was the whole file received, is it of the type that its name says, and did the
// box get to its end?
#include "verifier/checks/digests.h"
#include "verifier/checks/families.h"
#include "verifier/core/bytes.h"
#include "verifier/core/text.h"

namespace heyan::checks {
namespace {

constexpr std::size_t kShownTypeCharacters = 40;

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
  switch (item.measured.contents().extension()) {
    case v1::EXTENSION_FIT_YES:
      return {answer(v1::CHECK_FILE_2, v1::OUTCOME_PASS)};
    case v1::EXTENSION_FIT_NO: {
      v1::Finding finding =
          answer(v1::CHECK_FILE_2, v1::OUTCOME_FAIL, v1::REASON_TYPE_EXTENSION_MISMATCH);
      const std::string& type = item.measured.contents().media_type();
      if (!type.empty()) set_param(finding, "type", core::visible(type, kShownTypeCharacters));
      return {finding};
    }
    case v1::EXTENSION_FIT_UNKNOWN:
      return {answer(v1::CHECK_FILE_2, v1::OUTCOME_UNDETERMINED)};
    default:
      return {answer(v1::CHECK_FILE_2, v1::OUTCOME_NOT_PERFORMED)};
  }
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
