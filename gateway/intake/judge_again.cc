#include "gateway/intake/judge_again.h"

#include <utility>

namespace heyan::intake {

namespace {

// `work` with the judging of the file.
template <typename Work>
auto with_judging(const v1::RecordFile& file, const Work& work)
    -> decltype(work(std::declval<const Judging&>())) {
  const auto trust = parse_trust(file.trust_list());
  if (!trust) return core::fail(trust.error().code, "the record's trust list has defects");
  const auto policy = parse_policy(file.policy());
  if (!policy) return core::fail(policy.error().code, "the record's policy has defects");
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  return work(Judging{.record = file.record(),
                      .circumstances = file.circumstances(),
                      .trust = trust->list,
                      .policy = policy->policy,
                      .as_of = core::from_unix_ms(file.as_of_ms()),
                      .checker = checker,
                      .limits = limits});
}

}  // namespace

core::Result<Judged> judge_again(const v1::RecordFile& file) {
  return with_judging(file, judge_and_disclose);
}

core::Result<v1::RecordFile> excerpt_of(const v1::RecordFile& file, const MayHold& may_hold) {
  auto excerpt =
      with_judging(file, [&](const Judging& judging) { return make_excerpt(judging, may_hold); });
  if (!excerpt) return std::unexpected(std::move(excerpt).error());
  v1::RecordFile out;
  out.set_version(file.version());
  *out.mutable_record() = std::move(excerpt->record);
  *out.mutable_circumstances() = std::move(excerpt->circumstances);
  *out.mutable_trust_list() = file.trust_list();
  *out.mutable_policy() = file.policy();
  out.set_as_of_ms(file.as_of_ms());
  return out;
}

}  // namespace heyan::intake
