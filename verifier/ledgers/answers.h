// What a ledger's folder answers to the checks, as it is put together. For the folders beneath
// verifier/ledgers. Not for two threads at once.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heyan/v1/finding.pb.h"

namespace heyan::ledgers {

class Answers {
 public:
  using Params = std::map<std::string, std::string>;

  void add(v1::CheckId check, v1::Outcome outcome, v1::ReasonCode code = v1::REASON_NONE,
           v1::Effect effect = v1::EFFECT_NONE, const Params& params = {},
           std::string_view institution = {}) {
    v1::Finding& finding = findings_.emplace_back();
    finding.set_check(check);
    finding.set_outcome(outcome);
    finding.set_code(code);
    finding.set_effect(effect);
    if (!institution.empty()) finding.mutable_subject()->set_institution(std::string(institution));
    for (const auto& [name, value] : params) {
      v1::Param* param = finding.add_params();
      param->set_name(name);
      param->set_value(value);
    }
  }

  // Of a time proof that shows no time of this file: TIM-1, as a note. A stray or broken one says
  // nothing against the evidence beside which it lies.
  void add_no_time(v1::ReasonCode code, const Params& params = {},
                   std::string_view institution = {}) {
    add(v1::CHECK_TIM_1, v1::OUTCOME_FAIL, code, v1::EFFECT_NOTE, params, institution);
  }

  bool is_answered(v1::CheckId check) const {
    return std::ranges::any_of(findings_,
                               [check](const v1::Finding& one) { return one.check() == check; });
  }

  std::vector<v1::Finding> take() { return std::move(findings_); }

 protected:
  std::vector<v1::Finding> findings_;
};

// Names of a proof system's own reasons (its reason.h), sorted.
template <typename Reason>
std::vector<std::string> sorted_names(const std::set<Reason>& reasons) {
  std::vector<std::string> names;
  names.reserve(reasons.size());
  for (const Reason reason : reasons) names.emplace_back(name(reason));
  std::ranges::sort(names);
  return names;
}

// Names of those of `asked` that apply, in that order, joined by commas.
template <typename Reason>
std::string names_among(const std::set<Reason>& reasons, std::span<const Reason> asked) {
  std::string text;
  for (const Reason reason : asked) {
    if (reasons.contains(reason)) text += (text.empty() ? "" : ",") + std::string(name(reason));
  }
  return text;
}

}  // namespace heyan::ledgers
