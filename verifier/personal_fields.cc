#include "verifier/personal_fields.h"

#include <algorithm>
#include <map>
#include <string>

#include "verifier/elsewhere.h"

namespace heyan {
namespace {

class Withholding {
 public:
  Withholding(v1::Report& report, const std::string& salt_key)
      : report_(report), salt_key_(salt_key) {}

  void commit(std::string pointer, std::string_view value) {
    if (value.empty()) return;
    disclosures_.push_back(disclose(salt_key_, std::move(pointer), value));
    v1::Commitment& commitment = *report_.add_commitments();
    commitment.set_pointer(disclosures_.back().pointer);
    commitment.set_digest(core::to_string(commitment_to(disclosures_.back())));
  }

  std::vector<Disclosure> take() { return std::move(disclosures_); }

 private:
  v1::Report& report_;
  const std::string& salt_key_;
  std::vector<Disclosure> disclosures_;
};

// A name that stands twice is told once, as in the payload.
void withhold_depositor(Withholding& out, v1::Attestation& attestation, const std::string& at) {
  const auto is_depositor = [](const v1::Param& param) { return param.name() == "depositor"; };
  auto& declared = *attestation.mutable_declared();
  const auto first = std::ranges::find_if(declared, is_depositor);
  if (first == declared.end()) return;
  out.commit(at + "/declared/depositor", first->value());
  declared.erase(std::remove_if(first, declared.end(), is_depositor), declared.end());
}

using Searches = std::map<std::string_view, const v1::ContentSearch*>;

Searches searches_of(const v1::SearchElsewhere& elsewhere) {
  Searches searches;
  for (const v1::ItemSearch& one : elsewhere.items()) searches.emplace(one.item(), &one.found());
  return searches;
}

}  // namespace

std::vector<Disclosure> withhold_personal_fields(v1::Report& report, const Judging& judging) {
  const v1::Submission& submission = judging.record.submission();
  report.clear_commitments();
  Withholding out(report, judging.record.salt_key());
  out.commit("/submitter/accountId", submission.submitter().account_id());
  out.commit("/submitter/name", submission.submitter().name());
  for (int i = 0; i < submission.parties_size(); ++i) {
    const std::string at = "/parties/" + std::to_string(i);
    out.commit(at + "/idNumber", submission.parties(i).id_number());
    out.commit(at + "/name", submission.parties(i).name());
  }
  const v1::SearchElsewhere& elsewhere = judging.circumstances.elsewhere();
  const Searches searches = searches_of(elsewhere);
  for (int i = 0; i < report.evidence_size(); ++i) {
    const std::string item = "/evidence/" + std::to_string(i);
    v1::ItemReport& evidence = *report.mutable_evidence(i);
    for (int j = 0; j < evidence.attestations_size(); ++j) {
      if (report.submission_is_declared()) break;
      const std::string at = item + "/attestations/" + std::to_string(j);
      v1::Attestation& attestation = *evidence.mutable_attestations(j);
      withhold_depositor(out, attestation, at);
      if (!attestation.has_record()) continue;
      out.commit(at + "/record/who", attestation.record().who());
      attestation.mutable_record()->clear_who();
    }
    out.commit(item + "/claims/who", submission.evidence(i).claims().who());
    if (const auto search = searches.find(evidence.id()); search != searches.end()) {
      out.commit(item + "/elsewhere",
                 write_found({.since_ms = elsewhere.since_ms(), .found = *search->second}));
    }
  }
  return out.take();
}

}  // namespace heyan
