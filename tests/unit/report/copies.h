// A report of two parties with personal fields of both, signed, for the tests of its copies.
#pragma once

#include "tests/unit/report/jws_fixture.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/personal_fields.h"
#include "verifier/report/copy.h"
#include "verifier/report/envelope.h"
#include "verifier/report/payload.h"

namespace heyan::report::testing {

// What only the one or the other may see, and what belongs to nobody who is named.
inline const std::vector<std::string> kOfFirst = {"张三丰",   "330100199901019999", "u-0771",
                                                  "递交人张", "原告自称",           "链上甲"};
inline const std::vector<std::string> kOfSecond = {"李四光", "91330100MA00000002", "链上乙"};

class Copies : public Jws {
 protected:
  Copies() {
    v1::Submission& submission = *record_.mutable_submission();
    record_.set_salt_key(std::string(32, 's'));
    submission.mutable_submitter()->set_account_id(kOfFirst[2]);
    submission.mutable_submitter()->set_name(kOfFirst[3]);
    report_.set_submission_is_declared(false);
    report_.set_submitter_role(v1::ROLE_PLAINTIFF);
    v1::PartyReport& second = *report_.add_parties();
    second.set_id("P2");
    second.set_role(v1::ROLE_DEFENDANT);
    for (const auto* names : {&kOfFirst, &kOfSecond}) {
      v1::Party& party = *submission.add_parties();
      party.set_name(names->at(0));
      party.set_id_number(names->at(1));
    }
    report_.mutable_evidence(0)->set_party("P1");
    *report_.add_evidence() = report_.evidence(0);
    report_.mutable_evidence(1)->set_id("E2");
    report_.mutable_evidence(1)->set_party("P2");
    submission.add_evidence()->mutable_claims()->set_who(kOfFirst[4]);
    submission.add_evidence();
    withhold();
  }

  v1::LedgerRecord& record_of(int item) {
    return *report_.mutable_evidence(item)->mutable_attestations(0)->mutable_record();
  }

  // Once more after a change of the report or the record.
  void withhold() {
    record_of(0).set_who(kOfFirst[5]);
    record_of(1).set_who(kOfSecond[2]);
    crypto::SignatureChecker checker(crypto::production_engines(), limits_);
    disclosures_ = withhold_personal_fields(report_, {.record = record_,
                                                      .circumstances = circumstances_,
                                                      .trust = trust_,
                                                      .policy = trust::default_policy(),
                                                      .as_of = {},
                                                      .checker = checker,
                                                      .limits = limits_});
    envelope_ =
        sign_report(core::as_bytes(encode_payload(report_)), signers_, time_, std::nullopt).value();
  }

  std::string copy(std::string_view reader) const {
    return make_copy(core::as_bytes(envelope_), disclosures_, reader).value();
  }
  EnvelopeVerdict check(std::string_view document) const {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    return verify_envelope(core::as_bytes(document), pinned_, nullptr, checker);
  }
  // The signed report with these disclosures beside it, whatever they are.
  std::string with(const std::vector<std::string>& disclosures) const {
    core::json::Value array{core::json::Value::Array{}};
    for (const std::string& one : disclosures) array.push(one);
    return with_member(std::move(array));
  }
  std::string with_member(core::json::Value member) const {
    core::json::Value document = *core::json::parse(core::as_bytes(envelope_), {});
    document.set(kDisclosuresMember, std::move(member));
    return core::json::write_canonical(document);
  }

  core::Limits limits_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  trust::TrustList trust_;
  v1::Report report_ = sample_report();
  std::vector<Disclosure> disclosures_;
  std::string envelope_;
};

}  // namespace heyan::report::testing
