// W4-1 to W4-4: who, what, when and where of each record against what the submission and the file
// say. Like is compared with like only, since every note costs a party an explanation.
#include <algorithm>
#include <array>

#include "verifier/checks/families.h"
#include "verifier/core/time.h"

namespace heyan::checks {
namespace {

using Texts = std::vector<std::string_view>;

void add(Texts& texts, std::string_view text) {
  if (const std::string_view trimmed = trim(text); !trimmed.empty()) texts.push_back(trimmed);
}

bool holds(const Texts& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

// The names and identifiers of those for whom the item was handed in.
Texts subjects(const ItemView& item, const v1::Submission& submission) {
  Texts texts;
  const auto add_party = [&](const v1::Party& party) {
    add(texts, party.name());
    add(texts, party.id_number());
  };
  if (!item.declared.party().empty()) {
    const auto party = item.whole.parties.find(item.declared.party());
    if (party != item.whole.parties.end()) add_party(*party->second);
  } else {
    for (const v1::Party& party : submission.parties()) {
      if (submission.submitter().role() == v1::ROLE_UNSPECIFIED ||
          party.role() == submission.submitter().role()) {
        add_party(party);
      }
    }
  }
  add(texts, submission.submitter().name());
  return texts;
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

// "photo.jpg" and not "a photo of Mr. Wang".
bool is_file_name(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == text.npos || dot == 0 || text.size() - dot < 2 || text.size() - dot > 6) return false;
  return std::ranges::all_of(text.substr(dot + 1), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

// One finding an attestation whose record stands in its ledger; NOT_APPLICABLE where there is none.
template <typename Compare>
Findings for_each_record(v1::CheckId check, const ItemView& item, Compare compare) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    const v1::Attestation& attestation = item.attestations[i];
    if (attestation.tier() != v1::TIER_CHAIN_PROOF || !attestation.has_record() ||
        !is_included(attestation)) {
      continue;
    }
    findings.push_back(about(compare(attestation), item, i));
  }
  if (findings.empty()) findings.push_back(answer(check, v1::OUTCOME_NOT_APPLICABLE));
  return findings;
}

v1::Finding compare_what(const v1::LedgerRecord& record, const v1::Item& item) {
  const std::string_view what = trim(record.what());
  if (what.empty()) return answer(v1::CHECK_W4_2, v1::OUTCOME_UNDETERMINED);
  Texts names;
  add(names, base_name(item.file().path()));
  add(names, item.name());
  add(names, item.claims().what());
  if (holds(names, what) || holds(names, base_name(what))) {
    return answer(v1::CHECK_W4_2, v1::OUTCOME_PASS);
  }
  // A title says nothing against a file name, and the other way round.
  const bool comparable = std::ranges::any_of(
      names, [&](std::string_view name) { return is_file_name(name) == is_file_name(what); });
  if (!comparable) return answer(v1::CHECK_W4_2, v1::OUTCOME_UNDETERMINED);
  return answer(v1::CHECK_W4_2, v1::OUTCOME_FAIL, v1::REASON_WHAT_MISMATCH);
}

}  // namespace

Findings w4_1(const ItemView& item, const Judging& judging) {
  const Texts names = subjects(item, judging.record.submission());
  return for_each_record(v1::CHECK_W4_1, item, [&](const v1::Attestation& attestation) {
    const std::string_view who = trim(attestation.record().who());
    if (who.empty()) return answer(v1::CHECK_W4_1, v1::OUTCOME_UNDETERMINED);
    if (names.empty()) return answer(v1::CHECK_W4_1, v1::OUTCOME_NOT_APPLICABLE);
    if (holds(names, who)) return answer(v1::CHECK_W4_1, v1::OUTCOME_PASS);
    return answer(v1::CHECK_W4_1, v1::OUTCOME_FAIL, v1::REASON_WHO_MISMATCH);
  });
}

Findings w4_2(const ItemView& item, const Judging&) {
  return for_each_record(v1::CHECK_W4_2, item, [&](const v1::Attestation& attestation) {
    return compare_what(attestation.record(), item.declared);
  });
}

Findings w4_3(const ItemView& item, const Judging&) {
  const v1::ContentFacts& contents = item.measured.contents();
  return for_each_record(v1::CHECK_W4_3, item, [&](const v1::Attestation& attestation) {
    if (contents.times().empty()) return answer(v1::CHECK_W4_3, v1::OUTCOME_NOT_PERFORMED);
    if (!attestation.record().has_when_ms()) {
      return answer(v1::CHECK_W4_3, v1::OUTCOME_UNDETERMINED);
    }
    const std::int64_t recorded = attestation.record().when_ms();
    for (const v1::EmbeddedTime& time : contents.times()) {
      if (time.at_ms() <= recorded) continue;
      v1::Finding finding = answer(v1::CHECK_W4_3, v1::OUTCOME_FAIL, v1::REASON_WHEN_IMPLAUSIBLE);
      set_param(finding, "embedded", core::format_rfc3339(core::from_unix_ms(time.at_ms())));
      set_param(finding, "recorded", core::format_rfc3339(core::from_unix_ms(recorded)));
      return finding;
    }
    return answer(v1::CHECK_W4_3, v1::OUTCOME_PASS);
  });
}

Findings w4_4(const ItemView& item, const Judging&) {
  Texts places;
  add(places, item.measured.contents().address());
  add(places, item.declared.claims().where());
  return for_each_record(v1::CHECK_W4_4, item, [&](const v1::Attestation& attestation) {
    const std::string_view where = trim(attestation.record().where());
    if (where.empty()) return answer(v1::CHECK_W4_4, v1::OUTCOME_UNDETERMINED);
    if (places.empty()) return answer(v1::CHECK_W4_4, v1::OUTCOME_NOT_APPLICABLE);
    const bool same =
        std::ranges::all_of(places, [&](std::string_view place) { return place == where; });
    if (same) return answer(v1::CHECK_W4_4, v1::OUTCOME_PASS);
    return answer(v1::CHECK_W4_4, v1::OUTCOME_FAIL, v1::REASON_WHERE_MISMATCH);
  });
}

}  // namespace heyan::checks
