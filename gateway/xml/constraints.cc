// The checks of an item as ValidationConstraints.
#include <algorithm>

#include "gateway/xml/indications.h"
#include "gateway/xml/item_parts.h"

namespace heyan::xml {
namespace {

// What a name from outside looks like in a URN (RFC 3986 section 2.1).
std::string escaped(const std::string& text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.!~*'()").contains(c);
    const auto byte = static_cast<unsigned char>(c);
    uri += plain ? std::string(1, c) : std::string{'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return uri;
}

void add_policy(const Element& constraints, const Value& payload) {
  const Value& policy = member(payload, "policy");
  const std::string digest = scalar(policy, "digest");
  if (!is_sha256(digest)) return;
  const Element said = constraints.add(kVr, "SignatureValidationPolicy");
  const Element id = said.add(kVr, "SignaturePolicyIdentifier").add(kXades, "SignaturePolicyId");
  id.add(kXades, "SigPolicyId")
      .add(kXades, "Identifier",
           "urn:heyan:policy:" + escaped(scalar(policy, "id")) + ":" + scalar(policy, "version"));
  add_digest(id, kXades, "SigPolicyHash", "sha-256", digest);
  said.add(kVr, "PolicyName", scalar(policy, "id"));
}

void add_reason(const Element& indications, const Value& reason) {
  const Element said = indications.add(kHy, "Reason");
  set_each(said, reason, {"code", "outcome", "effect"});
  set_each(said, member(reason, "subject"), {"attestation", "institution", "ledger", "proof"});
  const Value::Object* params = member(reason, "params").as_object();
  if (params == nullptr) return;
  for (const auto& [name, value] : *params) {
    said.add(kHy, "Param", scalar(value)).set("name", name);
  }
}

void add_quorum(const Element& data, const Value& quorum, const char* name, std::size_t place) {
  if (quorum.as_object() == nullptr) return;
  const Element entry = data.add(kVr, "ReportData");
  entry.add(kVr, "Type", "urn:heyan:data:quorum");
  const Element said = entry.add(kVr, "Value").add(kHy, name);
  said.set("attestation", std::to_string(place));
  set_each(said, quorum, {"rule", "required", "valid", "neutral", "reached", "neutralReached"});
}

// Where institutions are counted: never of what an operator states alone.
void add_quorums(const Element& status, const Value& item) {
  const auto counts = [](const Value& attestation) {
    return scalar(attestation, "tier") != "OPERATOR_ATTESTATION";
  };
  const auto attestations = list(item, "attestations");
  if (std::ranges::none_of(attestations, counts)) return;
  const Element data =
      status.add(kVr, "AssociatedValidationReportData").add(kVr, "AdditionalValidationReportData");
  for (std::size_t place = 0; place < attestations.size(); ++place) {
    const Value& attestation = attestations[place];
    if (!counts(attestation)) continue;
    add_quorum(data, member(attestation, "quorum"), "Quorum", place);
    add_quorum(data, member(attestation, "recordQuorum"), "RecordQuorum", place);
  }
}

void add_check(const Element& constraints, const Value& item, const Value& check) {
  const std::string id = scalar(check, "check");
  const std::string outcome = scalar(check, "outcome");
  if (!is_code(id) || !is_code(outcome)) return;
  std::vector<const Value*> reasons;
  std::vector<std::string> codes;
  for (const Value& reason : list(item, "reasons")) {
    if (scalar(reason, "check") != id) continue;
    reasons.push_back(&reason);
    codes.push_back(scalar(reason, "code"));
  }
  const Indication indication = indication_of_check(outcome, codes);
  const bool applied = !indication.main.empty();
  const Element said = constraints.add(kVr, "ValidationConstraint");
  said.add(kVr, "ValidationConstraintIdentifier", "urn:heyan:check:" + id);
  said.add(kVr, "ConstraintStatus")
      .add(kVr, "Status",
           std::string("urn:etsi:019102:constraintStatus:") + (applied ? "applied" : "disabled"));
  if (applied) {
    const Element status = said.add(kVr, "ValidationStatus");
    add_indication(status, indication);
    if (id == "QUO-1") add_quorums(status, item);
  }
  const Element answers = said.add(kVr, "Indications");
  answers.add(kHy, "Outcome", outcome);
  for (const Value* reason : reasons) add_reason(answers, *reason);
}

}  // namespace

void add_constraints(const Element& report, const Value& payload, const Value& item) {
  const Element constraints = report.add(kVr, "ValidationConstraintsEvaluationReport");
  add_policy(constraints, payload);
  for (const Value& check : list(item, "checks")) add_check(constraints, item, check);
}

}  // namespace heyan::xml
