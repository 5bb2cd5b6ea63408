// Kinds of topic courts about the national platform's filing.
#include <algorithm>
#include <array>

#include "court_adapters/micro_court/message.h"
#include "tests/vectors/courts.h"

namespace heyan::vectors {

std::span<const CourtKind> courts_zxfw();

namespace {

namespace micro = court_adapters::micro_court;

// FORMAT.md's code for each of the adapter's. What has none there is missing here.
std::string reason_of(std::string_view code) {
  static constexpr auto kReasons = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"not-utf8", "NOT_UTF8"},
      {"lone-surrogate", "LONE_SURROGATE"},
      {"duplicate-name", "DUPLICATE_MEMBER"},
      {"trailing-data", "TRAILING_DATA"},
      {"limit", "NESTING_LIMIT"},
      {"upstream-error", "UPSTREAM_ERROR"},
      {"amount-invalid", "AMOUNT_INVALID"},
      {"birthdate-mismatch", "BIRTHDATE_MISMATCH"},
      {"resident-id-invalid", "RESIDENT_ID_INVALID"},
      {"credit-code-invalid", "USCC_INVALID"},
      {"unknown-code", "UNKNOWN_CODE"},
      {"role-mismatch", "ROLE_MISMATCH"},
      {"status-unknown", "STATUS_UNKNOWN"},
      {"review-tie", "REVIEW_TIE"},
      {"plaintiff-missing", "PLAINTIFF_MISSING"},
      {"reference-mismatch", "REFERENCE_MISMATCH"},
      {"dangling-reference", "DANGLING_REFERENCE"},
      {"duplicate-key", "DUPLICATE_KEY"},
      {"extension-mismatch", "EXTENSION_MISMATCH"},
      {"control-character", "CONTROL_CHARACTER"},
      {"nul-in-name", "NUL_IN_NAME"},
      {"path-traversal", "PATH_TRAVERSAL"},
      {"host-not-allowed", "HOST_NOT_ALLOWED"},
      {"field-required", "FIELD_REQUIRED"},
  });
  const auto* found =
      std::ranges::find(kReasons, code, &std::pair<std::string_view, std::string_view>::first);
  return found != kReasons.end() ? std::string(found->second) : std::string();
}

void say(CourtResult& result, const std::string& code, const std::string& pointer,
         const std::string& detail) {
  if (const std::string reason = reason_of(code); !reason.empty()) result.reasons.insert(reason);
  result.output += code + " " + pointer + " " + detail + "\n";
}

void expect_text(const CourtCase& one, CourtResult& result, std::string_view param,
                 const std::string& found) {
  if (one.param(param) == nullptr || one.text(param) == found) return;
  result.wrong.push_back(std::string(param) + " is \"" + found + "\"");
}

void expect_count(const CourtCase& one, CourtResult& result, std::string_view param,
                  std::size_t found) {
  if (one.param(param) == nullptr || one.number(param) == static_cast<std::int64_t>(found)) return;
  result.wrong.push_back(std::string(param) + " is " + std::to_string(found));
}

CourtResult run_filing(const CourtCase& one) {
  CourtResult result;
  const auto bytes = one.input("message").value_or(core::Bytes());
  const auto message =
      micro::read_message(bytes, one.texts("allowed_hosts"), one.clock_ms().value_or(0), {});
  if (!message) {
    result.result = "reject";
    for (const auto& defect : message.error()) {
      say(result, defect.code, defect.pointer, defect.detail);
    }
    return result;
  }
  result.result = "accept";
  for (const auto& remark : message->remarks) {
    say(result, remark.code, remark.pointer, remark.detail);
    if (remark.code == "status-unknown" || remark.code == "review-tie") {
      result.result = "needs-human";
    }
  }
  expect_text(one, result, "status", message->status);
  expect_text(one, result, "original_case_number", message->original_case_number);
  expect_text(one, result, "review_time", message->review_time);
  expect_text(one, result, "review_result", message->review_result);
  expect_count(one, result, "attachments", message->attachments.size());
  expect_count(one, result, "evidence_items",
               static_cast<std::size_t>(std::ranges::count(
                   message->attachments, micro::kEvidenceSlot, &micro::Attachment::slot)));
  expect_count(one, result, "parties", message->people.parties.size());
  expect_count(one, result, "agents", message->people.agents.size());
  return result;
}

constexpr std::array<CourtKind, 1> kKinds = {{{"zxfw-filing", run_filing}}};

}  // namespace

std::span<const CourtKind> courts_zxfw() { return kKinds; }

}  // namespace heyan::vectors
