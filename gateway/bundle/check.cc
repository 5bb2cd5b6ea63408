#include "gateway/bundle/check.h"

#include <algorithm>

#include "gateway/intake/judge_again.h"
#include "verifier/canonical.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"
#include "verifier/report/copy.h"
#include "verifier/report/payload.h"

namespace heyan::bundle {
namespace {

using core::json::Value;

bool says(const Value& payload, std::string_view pointer, std::string_view text) {
  const Value* found = payload.at(pointer);
  return found != nullptr && found->as_string() != nullptr && *found->as_string() == text;
}

// What was read is all that there is: a file that the list does not name would be bound by nothing.
bool are_all(const intake::SourceFiles& read, const intake::SourceFiles& held) {
  return std::ranges::equal(read, held, [](const v1::SourceFile& a, const v1::SourceFile& b) {
    return a.path() == b.path() && a.content() == b.content();
  });
}

// The pointers of the personal fields that the copy of the report does not disclose.
std::vector<std::string> withheld_in(const Value& payload, const Bundle& bundle,
                                     const core::Limits& limits) {
  const auto personal = report::personal_fields(payload);
  const auto members = report::read_members(core::as_bytes(bundle.envelope), limits);
  const Value* member = members ? members->find(report::kDisclosuresMember) : nullptr;
  const report::Disclosed shown =
      member == nullptr ? report::Disclosed() : report::read_disclosures(*member, personal);
  std::vector<std::string> withheld;
  for (const report::PersonalField& field : personal) {
    if (std::ranges::find(shown.disclosures, field.pointer, &Disclosure::pointer) ==
        shown.disclosures.end()) {
      withheld.push_back(field.pointer);
    }
  }
  return withheld;
}

}  // namespace

Bond check_bonds(const Opened& opened, core::ByteView signed_payload) {
  const auto& [bundle, record] = opened;
  if (core::as_text(signed_payload) != bundle.payload) return Bond::kPayload;
  const auto payload =
      core::json::parse(signed_payload, core::Limits{.json_bytes = signed_payload.size()});
  if (!payload || !says(*payload, "/schema", report::kReportSchema)) return Bond::kNotAReport;
  const auto binds = [&](std::string_view pointer, core::ByteView digest) {
    return says(*payload, pointer, core::to_hex(digest));
  };
  if (!bundle.is_partys()) {
    if (!binds("/bindings/caseRecord", digest_of(record.record()))) return Bond::kRecord;
    if (!binds("/bindings/circumstances", digest_of(record.circumstances()))) {
      return Bond::kCircumstances;
    }
  }
  const auto trust = intake::parse_trust(record.trust_list());
  if (!trust || !are_all(trust->files, record.trust_list()) ||
      !binds("/bindings/trustList", trust->list.digest)) {
    return Bond::kTrustList;
  }
  const auto policy = intake::parse_policy(record.policy());
  if (!policy || !are_all(policy->files, record.policy()) ||
      !binds("/bindings/policy", policy->policy.digest)) {
    return Bond::kPolicy;
  }
  const std::string as_of = core::format_rfc3339(core::from_unix_ms(record.as_of_ms()));
  return says(*payload, "/asOf", as_of) ? Bond::kHolds : Bond::kTime;
}

core::Result<std::string> rejudge(const Opened& opened) {
  HEYAN_TRY(const Judged judged, intake::judge_again(opened.record));
  return report::encode_payload(judged.report);
}

core::Result<std::vector<ItemAgain>> rejudge_excerpt(const Opened& opened) {
  const Bundle& bundle = opened.bundle;
  const core::Limits limits{.json_bytes = std::max(bundle.payload.size(), bundle.envelope.size())};
  const auto payload = core::json::parse(core::as_bytes(bundle.payload), limits);
  if (!payload) return std::unexpected(payload.error().error);
  return judge_excerpt(*payload, withheld_in(*payload, bundle, limits), opened.record);
}

}  // namespace heyan::bundle
