#include "court_adapters/ecf/ecf_adapter.h"

#include <algorithm>
#include <array>

#include "court_adapters/ecf/answer.h"
#include "court_adapters/ecf/filing.h"
#include "court_adapters/ecf/review.h"
#include "verifier/crypto/digest.h"

namespace heyan::court_adapters::ecf {
namespace {

constexpr std::size_t kIdDigits = 16;
constexpr std::array<std::string_view, 3> kSettings = {kAddress, kCourtIds, kReportForm};

const char* status_code(std::span<const Defect> defects) {
  if (std::ranges::find(defects, "internal", &Defect::code) != defects.end()) return "SystemError";
  const auto came_before = [](const Defect& defect) {
    return defect.code == "duplicate-message" || defect.code == "idempotency-key-reused";
  };
  if (std::ranges::any_of(defects, came_before)) return "DuplicateMessage";
  switch (defects.empty() ? 0 : error_code(defects.front().code)) {
    case 1:
      return "InvalidSchema";
    case 3:
      return "MessageError";
    default:
      return "DataError";
  }
}

// Whoever takes each message id once must get each of our messages: `what` of it this one is.
Status accepted_status(const Accepted& accepted, std::string_view what) {
  return {.code = "Success",
          .at_ms = accepted.at_ms,
          .id = accepted.submission + "-" + std::string(what),
          .filing = accepted.submission};
}

}  // namespace

std::span<const std::string_view> EcfAdapter::settings() const { return kSettings; }

std::expected<Filing, std::vector<Defect>> EcfAdapter::decode(const Request& request,
                                                              const core::Limits& limits) const {
  return read_filing(request, names_, limits);
}

Answer EcfAdapter::acknowledge(const Request& request, const Accepted& accepted) const {
  const auto message = open_message(request, names_);
  if (!message) return write_fault({});
  Status status = accepted_status(accepted, accepted.repeated ? "repeated" : "status");
  if (accepted.repeated) status.code = "DuplicateMessage";
  for (const Remark& remark : accepted.remarks) {
    status.told.push_back(
        {.place = remark.pointer, .number = 0, .text = remark.code + ": " + remark.detail});
  }
  return write_status(request, *message, status);
}

Answer EcfAdapter::reject(const Request& request, std::span<const Defect> defects) const {
  const auto message = open_message(request, names_);
  const bool header = std::ranges::find(defects, "must-understand", &Defect::code) != defects.end();
  if (!message || header) return write_fault(defects);
  Status status{
      .code = status_code(defects),
      .at_ms = request.received_at_ms,
      .id = "rejected-" + std::to_string(request.received_at_ms) + "-" +
            core::to_hex(crypto::sha256(core::as_bytes(message->message_id))).substr(0, kIdDigits)};
  for (const Defect& defect : defects) {
    status.told.push_back({.place = defect.pointer,
                           .number = error_code(defect.code),
                           .text = defect.code + ": " + defect.detail});
  }
  return write_status(request, *message, status);
}

Answer EcfAdapter::encode(const Request& request, const Outcome& outcome) const {
  const auto message = open_message(request, names_);
  if (!message) return write_fault({});
  if (outcome.report != nullptr) return write_callback(request, *message, outcome);
  Status status = accepted_status(outcome.accepted, outcome.failed ? "failed" : "verifying");
  if (outcome.failed) {
    status.code = "SystemError";
    status.told.push_back({.place = {},
                           .number = 4,
                           .text = "The filing could not be verified, which says nothing about "
                                   "it: send it again with another message id."});
  } else {
    status.told.push_back({.place = {}, .number = 0, .text = "The filing is being verified."});
  }
  return write_status(request, *message, status);
}

}  // namespace heyan::court_adapters::ecf
