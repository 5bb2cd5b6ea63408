#include "gateway/xml/item.h"

#include <optional>

#include "gateway/xml/indications.h"
#include "gateway/xml/item_parts.h"
#include "verifier/core/time.h"

namespace heyan::xml {
namespace {

void add_times(const Element& report, const Value& payload, const Value& item) {
  const Element times = report.add(kVr, "ValidationTimeInfo");
  times.add(kVr, "ValidationTime", scalar(payload, "asOf"));
  add_existence(times.add(kVr, "BestSignatureTime"), payload, item);
}

void add_file(const Element& report, const Value& item, const std::string& reference) {
  const Value& digests = member(member(item, "file"), "digests");
  const std::string_view algorithm = first_digest(digests);
  if (algorithm.empty()) return;
  const Element document = report.add(kVr, "SignersDocument");
  add_digest(document, kVr, "DigestAlgAndValue", algorithm, scalar(digests, algorithm));
  document.add(kVr, "SignersDocumentRef").set("VOReference", reference);
}

void add_process(const Element& report) {
  report.add(kVr, "SignatureValidationProcess")
      .add(kVr, "SignatureValidationProcessID", "urn:heyan:validationprocess:1");
}

}  // namespace

std::string proved_existence(const Value& item) {
  std::string earliest;
  std::optional<core::UtcTime> when;
  for (const Value& attestation : list(item, "attestations")) {
    const Value& time = member(attestation, "time");
    if (scalar(attestation, "outcome") != "PASS" || scalar(time, "independent") != "true") continue;
    std::string text = scalar(time, "notAfter");
    const auto at = core::parse_rfc3339(text);
    if (!at || (when && *when <= *at)) continue;
    when = at;
    earliest = std::move(text);
  }
  return earliest;
}

void add_existence(const Element& element, const Value& payload, const Value& item) {
  const std::string proved = proved_existence(item);
  element.add(kVr, "POETime", proved.empty() ? scalar(payload, "asOf") : proved);
  element.add(kVr, "TypeOfProof", "urn:etsi:019102:poetype:validation");
}

void add_item(const Element& root, const Value& payload, const Value& item, std::size_t number) {
  const std::string place = std::to_string(number);
  const Element report = root.add(kVr, "SignatureValidationReport");
  const Element id = report.add(kVr, "SignatureIdentifier").set("id", "S-" + place);
  id.add(kVr, "HashOnly", "false");
  id.add(kVr, "DocHashOnly", "false");
  id.add(kVr, "DAIdentifier", scalar(item, "id"));
  add_constraints(report, payload, item);
  add_times(report, payload, item);
  add_file(report, item, "D-" + place);
  add_process(report);
  const Element status = report.add(kVr, "SignatureValidationStatus");
  add_indication(status, indication_of_item(item));
  std::size_t attestation = 0;
  for (const Value& one : list(item, "attestations")) {
    add_attestation(status, one, attestation++);
  }
  const Element said = report.add(kVr, "OtherInformation").add(kHy, "Item");
  set_each(said, item, {"id", "category", "party", "verdict"});
  set_each(said, member(payload, "trustList"), {"sample"});  // marks every report made under one
}

void add_no_item(const Element& root, const Value& payload) {
  const Element report = root.add(kVr, "SignatureValidationReport");
  add_times(report, payload, Value());
  add_process(report);
  add_indication(report.add(kVr, "SignatureValidationStatus"), indication_of_nothing());
}

}  // namespace heyan::xml
