// One attestation of an item, among what its status rests on.
#include "gateway/xml/item_parts.h"

namespace heyan::xml {
namespace {

// Whoever had it recorded wrote it; that it stands in the ledger does not make it more.
void add_declared(const Element& element, const std::string& name, const Value& value) {
  const std::string text = scalar(value);
  if (!text.empty()) element.add(kHy, "Declared", text).set("name", name);
}

void add_record(const Element& attestation, const Value& record) {
  if (record.as_object() == nullptr) return;
  const Element said = attestation.add(kHy, "Record");
  set_each(said, record, {"id", "named"});
  for (const char* name : {"who", "what", "when", "where"}) {
    add_declared(said, name, member(record, name));
  }
  const Value::Object* digests = member(record, "digests").as_object();
  if (digests == nullptr) return;
  for (const auto& [algorithm, value] : *digests) {
    said.add(kHy, "Digest", scalar(value)).set("algorithm", algorithm);
  }
}

}  // namespace

void add_attestation(const Element& status, const Value& attestation, std::size_t place) {
  const Element data = status.add(kVr, "AssociatedValidationReportData");
  for (const Value& proof : list(attestation, "proofs")) {
    const std::string digest = scalar(proof);
    if (!is_sha256(digest)) continue;
    data.add(kVr, "RelatedValidationObject").set("VOReference", "P-" + digest);
  }
  const Element entry = data.add(kVr, "AdditionalValidationReportData").add(kVr, "ReportData");
  entry.add(kVr, "Type", "urn:heyan:data:attestation");
  const Element said = entry.add(kVr, "Value").add(kHy, "Attestation");
  said.set("place", std::to_string(place));
  set_each(said, attestation, {"ledger", "format", "tier", "outcome", "proofOutcome"});
  add_record(said, member(attestation, "record"));
  set_each(said.add(kHy, "Position"), member(attestation, "position"),
           {"block", "transaction", "transactionId", "blockHash"});
  set_each(said.add(kHy, "Time"), member(attestation, "time"),
           {"notBefore", "notAfter", "stated", "source", "independent"});
  if (const Value::Object* declared = member(attestation, "declared").as_object()) {
    for (const auto& [name, value] : *declared) add_declared(said, name, value);
  }
  for (const Value& reason : list(attestation, "ledgerReasons")) {
    said.add(kHy, "LedgerReason", scalar(reason));
  }
}

}  // namespace heyan::xml
