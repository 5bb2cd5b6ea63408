// Kinds of topic courts about the judicial chain of the Hangzhou Internet Court.
#include <algorithm>
#include <array>

#include "court_adapters/netcourt_hangzhou/request.h"
#include "court_adapters/netcourt_hangzhou/response.h"
#include "tests/vectors/kinds.h"

namespace heyan::vectors {

std::span<const Kind> courts_netcourt();

namespace {

namespace netcourt = court_adapters::netcourt_hangzhou;

// FORMAT.md's code for each of the adapter's. What has none there is missing here.
std::string reason_of(std::string_view code) {
  static constexpr auto kReasons = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"not-utf8", "NOT_UTF8"},
      {"lone-surrogate", "LONE_SURROGATE"},
      {"duplicate-name", "DUPLICATE_MEMBER"},
      {"trailing-data", "TRAILING_DATA"},
      {"limit", "NESTING_LIMIT"},
      {"malformed-json", "MALFORMED"},
      {"field-required", "FIELD_REQUIRED"},
      {"unknown-code", "UNKNOWN_CODE"},
      {"control-character", "CONTROL_CHARACTER"},
      {"resident-id-invalid", "RESIDENT_ID_INVALID"},
      {"credit-code-invalid", "USCC_INVALID"},
      {"bad-signature-text", "SIGNATURE_INVALID"},
  });
  const auto* found =
      std::ranges::find(kReasons, code, &std::pair<std::string_view, std::string_view>::first);
  return found != kReasons.end() ? std::string(found->second) : std::string();
}

KindResult run_request(const KindCase& one) {
  KindResult result;
  const auto bytes = one.input("request").value_or(core::Bytes());
  const auto call = one.text("call") == "notaryToken" ? netcourt::Call::kNotaryToken
                                                      : netcourt::Call::kNotaryCert;
  const std::int64_t now = one.clock_ms().value_or(0);
  const auto read = netcourt::read_request(bytes, call, now, {});
  for (const auto& defect : read.defects) {
    if (const auto reason = reason_of(defect.code); !reason.empty()) result.reasons.insert(reason);
    result.output += defect.code + " " + defect.pointer + " " + defect.detail + "\n";
  }
  const auto pem = one.input("key").value_or(core::Bytes());
  const auto key = crypto::PublicKey::from_pem(core::as_text(pem));
  const bool valid = key && netcourt::is_signed_by(read.request, *key, {});
  if (!valid) result.reasons.insert("SIGNATURE_INVALID");
  const auto window = netcourt::window_of(read.request.timestamp_ms, now,
                                          one.number("window_ms").value_or(netcourt::kWindowMs));
  if (window == netcourt::Window::kStale) result.reasons.insert("TIMESTAMP_STALE");
  if (window == netcourt::Window::kFuture) result.reasons.insert("TIMESTAMP_FUTURE");
  const bool accepted = read.defects.empty() && valid && window == netcourt::Window::kInside;
  result.result = accepted ? "accept" : "reject";
  if (one.param("signature") != nullptr && one.text("signature") != (valid ? "valid" : "invalid")) {
    result.wrong.emplace_back(valid ? "signature is valid" : "signature is invalid");
  }
  if (one.flag("content_covered").value_or(netcourt::kContentIsSigned) !=
      netcourt::kContentIsSigned) {
    result.wrong.emplace_back("the signature does not cover the content");
  }
  return result;
}

KindResult run_response(const KindCase& one) {
  KindResult result;
  const auto read = netcourt::read_response(one.input("response").value_or(core::Bytes()), {});
  if (!read) {
    result.result = "unreadable";
    for (const auto& defect : read.error()) {
      if (const auto reason = reason_of(defect.code); !reason.empty()) {
        result.reasons.insert(reason);
      }
    }
  } else {
    result.result = read->stored == netcourt::Stored::kStored     ? "stored"
                    : read->stored == netcourt::Stored::kMismatch ? "mismatch"
                                                                  : "refused";
    if (one.param("transaction_hash") != nullptr && one.text("transaction_hash") != read->data) {
      result.wrong.push_back("transaction_hash is " + read->data);
    }
  }
  const bool error = result.result != "stored" && result.result != "mismatch";
  if (one.flag("gateway_error").value_or(error) != error) {
    result.wrong.emplace_back(error ? "taken for an error" : "taken for a result");
  }
  return result;
}

constexpr std::array<Kind, 2> kKinds = {
    {{"netcourt-request", run_request}, {"netcourt-response", run_response}}};

}  // namespace

std::span<const Kind> courts_netcourt() { return kKinds; }

}  // namespace heyan::vectors
