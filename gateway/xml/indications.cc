#include "gateway/xml/indications.h"

#include <algorithm>
#include <array>

namespace heyan::xml {
namespace {

constexpr std::string_view kMain = "urn:etsi:019102:mainindication:";
constexpr std::string_view kSub = "urn:etsi:019102:subindication:";
constexpr std::string_view kOurs = "urn:heyan:subindication:";

std::string main_of(std::string_view word) { return std::string(kMain).append(word); }
std::string sub_of(std::string_view word) { return std::string(kSub).append(word); }

void add_ours(Indication& indication, const std::string& code) {
  if (!is_code(code)) return;
  std::string name = std::string(kOurs).append(code);
  if (std::ranges::find(indication.sub, name) == indication.sub.end()) {
    indication.sub.push_back(std::move(name));
  }
}

// The file, or the record on its way to what was signed, has another hash.
bool is_hash_failure(const Value& reason) {
  const std::string check = scalar(reason, "check");
  return scalar(reason, "effect") == "INCONSISTENT" && scalar(reason, "outcome") == "FAIL" &&
         (check == "MATCH-1" || check == "INC-1");
}

Indication base_of_item(const Value& item) {
  const std::string verdict = scalar(item, "verdict");
  if (verdict == "CONSISTENT" || verdict == "CONSISTENT_WITH_NOTES") {
    return {.main = main_of("total-passed"), .sub = {}};
  }
  if (verdict == "INCONSISTENT" && std::ranges::any_of(list(item, "reasons"), is_hash_failure)) {
    return {.main = main_of("total-failed"), .sub = {sub_of("HASH_FAILURE")}};
  }
  if (verdict == "INCONSISTENT" || verdict == "NOT_FOUND" || verdict == "INCONCLUSIVE") {
    return {.main = main_of("indeterminate"), .sub = {sub_of("SIG_CONSTRAINTS_FAILURE")}};
  }
  return indication_of_nothing();
}

struct Standard {
  std::string_view code;
  std::string_view word;
};
// A block's time does not prove when it was signed, so nothing here is EXPIRED or REVOKED.
constexpr std::array<Standard, 8> kSignatures = {
    Standard{"NODE_SIGNATURE_INVALID", "SIG_CRYPTO_FAILURE"},
    Standard{"NODE_CERT_EXPIRED_AT_SIGNING", "OUT_OF_BOUNDS_NO_POE"},
    Standard{"NODE_CERT_EXPIRED_NO_POE", "OUT_OF_BOUNDS_NO_POE"},
    Standard{"NODE_CERT_NOT_YET_VALID", "OUT_OF_BOUNDS_NO_POE"},
    Standard{"NODE_CERT_REVOKED_BEFORE", "REVOKED_NO_POE"},
    Standard{"NODE_CERT_REVOKED_NO_POE", "REVOKED_NO_POE"},
    Standard{"REVOCATION_UNAVAILABLE", "TRY_LATER"},
    Standard{"INSTITUTION_NOT_ON_TRUST_LIST", "NO_CERTIFICATE_CHAIN_FOUND"}};

}  // namespace

void add_indication(const Element& status, const Indication& indication) {
  status.add(kVr, "MainIndication", indication.main);
  for (const std::string& sub : indication.sub) {
    status.add(kVr, "SubIndication", sub);
  }
}

Indication indication_of_nothing() {
  return {.main = main_of("indeterminate"), .sub = {sub_of("TRY_LATER")}};
}

Indication indication_of_item(const Value& item) {
  Indication indication = base_of_item(item);
  const std::string verdict = scalar(item, "verdict");
  for (const Value& reason : list(item, "reasons")) {
    // What decided. In a positive verdict nothing did: notes stand at their checks.
    if (scalar(reason, "effect") == verdict) add_ours(indication, scalar(reason, "code"));
  }
  return indication;
}

Indication indication_of_check(std::string_view outcome, const std::vector<std::string>& codes) {
  Indication indication;
  if (outcome == "PASS") indication.main = main_of("passed");
  if (outcome == "FAIL") indication.main = main_of("failed");
  if (outcome == "UNDETERMINED") indication.main = main_of("indeterminate");
  for (const std::string& code : codes) add_ours(indication, code);
  return indication;
}

Indication indication_of_signature(const Value& signature) {
  const std::string reason = scalar(signature, "reason");
  const bool counted = scalar(signature, "counted") == "true";
  const bool failed = reason == "NODE_SIGNATURE_INVALID";
  const bool passed =
      !failed && scalar(signature, "outcome") == "PASS" && (counted || reason.empty());
  Indication indication{.main = main_of(passed   ? "passed"
                                        : failed ? "failed"
                                                 : "indeterminate"),
                        .sub = {}};
  const auto standard = std::ranges::find(kSignatures, reason, &Standard::code);
  if (!passed && standard != kSignatures.end()) indication.sub.push_back(sub_of(standard->word));
  add_ours(indication, reason);
  return indication;
}

}  // namespace heyan::xml
