#include "gateway/intake/judge_again.h"

namespace heyan::intake {

core::Result<Judged> judge_again(const v1::RecordFile& file) {
  const auto trust = parse_trust(file.trust_list());
  if (!trust) return core::fail(trust.error().code, "the record's trust list has defects");
  const auto policy = parse_policy(file.policy());
  if (!policy) return core::fail(policy.error().code, "the record's policy has defects");
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  return judge_and_disclose({.record = file.record(),
                             .circumstances = file.circumstances(),
                             .trust = trust->list,
                             .policy = policy->policy,
                             .as_of = core::from_unix_ms(file.as_of_ms()),
                             .checker = checker,
                             .limits = limits});
}

}  // namespace heyan::intake
