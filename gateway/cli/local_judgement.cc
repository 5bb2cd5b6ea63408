#include "gateway/cli/local_judgement.h"

#include "gateway/ops/version.h"
#include "verifier/crypto/signature.h"
#include "verifier/judge.h"

namespace heyan::cli {

v1::Circumstances offline_circumstances() {
  v1::Circumstances circumstances;
  circumstances.set_submission_is_declared(true);
  return circumstances;
}

core::Result<LocalJudgement> judge_locally(v1::CaseRecord record, v1::Circumstances circumstances,
                                           const LoadedTrust& trust, const LoadedPolicy& policy,
                                           core::UtcTime as_of, const core::Limits& limits) {
  circumstances.set_software_version(std::string(ops::software_version()));
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const Judging judging{.record = record,
                        .circumstances = circumstances,
                        .trust = trust.list,
                        .policy = policy.policy,
                        .as_of = as_of,
                        .checker = checker,
                        .limits = limits};
  if (circumstances.report_number().empty()) {
    circumstances.set_report_number(derive_report_number(judging));
  }
  HEYAN_TRY(Judged judged, judge_and_disclose(judging));
  LocalJudgement judgement{.report = std::move(judged.report),
                           .disclosures = std::move(judged.disclosures),
                           .file = {},
                           .origin_unknown = false};
  *judgement.file.mutable_record() = std::move(record);
  *judgement.file.mutable_circumstances() = std::move(circumstances);
  *judgement.file.mutable_trust_list() = trust.files;
  *judgement.file.mutable_policy() = policy.files;
  judgement.file.set_as_of_ms(core::to_unix_ms(as_of));
  return judgement;
}

ExitStatus status_of(const v1::Report& report) {
  ExitStatus status = ExitStatus::kOk;
  for (const v1::ItemReport& item : report.evidence()) {
    if (item.verdict() == v1::VERDICT_INCONSISTENT) return ExitStatus::kInconsistent;
    if (item.verdict() != v1::VERDICT_CONSISTENT &&
        item.verdict() != v1::VERDICT_CONSISTENT_WITH_NOTES) {
      status = ExitStatus::kOpen;
    }
  }
  return report.evidence().empty() ? ExitStatus::kOpen : status;
}

}  // namespace heyan::cli
