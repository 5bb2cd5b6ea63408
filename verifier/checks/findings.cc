#include "verifier/checks/findings.h"

#include <algorithm>

#include "schemas/catalogue/catalogue.h"

namespace heyan::checks {
namespace {

bool has_answer(const v1::Attestation& attestation, v1::CheckId check, v1::Outcome outcome) {
  return std::ranges::any_of(attestation.findings(), [&](const v1::Finding& finding) {
    return finding.check() == check && finding.outcome() == outcome;
  });
}

bool contradicted(const v1::Attestation& attestation, v1::CheckId check) {
  return std::ranges::any_of(attestation.findings(), [&](const v1::Finding& finding) {
    return finding.check() == check && finding.outcome() != v1::OUTCOME_PASS &&
           finding.effect() != v1::EFFECT_NONE && finding.effect() != v1::EFFECT_NOTE;
  });
}

}  // namespace

v1::Finding answer(v1::CheckId check, v1::Outcome outcome) {
  v1::Finding finding;
  finding.set_check(check);
  finding.set_outcome(outcome);
  const bool ours = outcome == v1::OUTCOME_NOT_PERFORMED &&
                    catalogue::entry(check).weight == catalogue::CheckWeight::kDecisive;
  finding.set_effect(ours ? v1::EFFECT_NOT_COMPLETED : v1::EFFECT_NONE);
  return finding;
}

v1::Finding answer(v1::CheckId check, v1::Outcome outcome, v1::ReasonCode code) {
  v1::Finding finding;
  finding.set_check(check);
  finding.set_outcome(outcome);
  finding.set_code(code);
  finding.set_effect(catalogue::entry(code).effect);
  return finding;
}

v1::Finding about(v1::Finding finding, const ItemView& item, std::size_t attestation) {
  finding.mutable_subject()->set_ledger(item.attestations[attestation].ledger());
  finding.mutable_subject()->set_attestation(static_cast<std::uint32_t>(attestation));
  return finding;
}

void set_param(v1::Finding& finding, std::string_view name, std::string_view value) {
  auto& params = *finding.mutable_params();
  v1::Param& param = *params.Add();
  param.set_name(std::string(name));
  param.set_value(std::string(value));
  std::ranges::stable_sort(
      params, [](const v1::Param& a, const v1::Param& b) { return a.name() < b.name(); });
}

Findings from_attestations(v1::CheckId check, const ItemView& item) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    for (const v1::Finding& finding : item.attestations[i].findings()) {
      if (finding.check() == check) findings.push_back(about(finding, item, i));
    }
  }
  return findings;
}

Findings from_attestations_all(v1::CheckId check, const ItemView& item) {
  Findings findings;
  for (std::size_t i = 0; i < item.attestations.size(); ++i) {
    const v1::Attestation& attestation = item.attestations[i];
    bool answered = false;
    for (const v1::Finding& finding : attestation.findings()) {
      if (finding.check() != check) continue;
      findings.push_back(about(finding, item, i));
      answered = true;
    }
    if (!answered && attestation.tier() == v1::TIER_CHAIN_PROOF) {
      findings.push_back(about(answer(check, v1::OUTCOME_UNDETERMINED), item, i));
    }
  }
  if (findings.empty()) findings.push_back(answer(check, v1::OUTCOME_UNDETERMINED));
  return findings;
}

bool is_included(const v1::Attestation& attestation) {
  return has_answer(attestation, v1::CHECK_INC_1, v1::OUTCOME_PASS) &&
         !contradicted(attestation, v1::CHECK_INC_1);
}

bool is_inclusion_decided(const v1::Attestation& attestation) {
  return has_answer(attestation, v1::CHECK_INC_1, v1::OUTCOME_PASS) ||
         has_answer(attestation, v1::CHECK_INC_1, v1::OUTCOME_FAIL);
}

bool is_later(core::UtcTime a, core::UtcTime b, std::chrono::milliseconds margin) {
  if (a <= b) return false;
  // The distance of any two times fits the unsigned type, where subtraction is modular.
  const auto distance = static_cast<std::uint64_t>(core::to_unix_ms(a)) -
                        static_cast<std::uint64_t>(core::to_unix_ms(b));
  return distance > static_cast<std::uint64_t>(margin.count());
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
  while (true) {
    if (text.starts_with(kIdeographicSpace)) {
      text.remove_prefix(kIdeographicSpace.size());
    } else if (text.ends_with(kIdeographicSpace)) {
      text.remove_suffix(kIdeographicSpace.size());
    } else if (!text.empty() && kSpace.find(text.front()) != kSpace.npos) {
      text.remove_prefix(1);
    } else if (!text.empty() && kSpace.find(text.back()) != kSpace.npos) {
      text.remove_suffix(1);
    } else {
      return text;
    }
  }
}

}  // namespace heyan::checks
