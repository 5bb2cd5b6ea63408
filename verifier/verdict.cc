#include "verifier/verdict.h"

#include <algorithm>
#include <array>
#include <vector>

#include "schemas/catalogue/catalogue.h"

namespace heyan {
namespace {

using Findings = std::span<const v1::Finding>;

// What one attestation must answer with a PASS.
constexpr std::array kOfAttestation = {v1::CHECK_REC_1, v1::CHECK_MATCH_1, v1::CHECK_MATCH_2,
                                       v1::CHECK_INC_1, v1::CHECK_QUO_1};
// The gateway's own side.
constexpr std::array kOwnSide = {v1::CHECK_FILE_1, v1::CHECK_HASH_1, v1::CHECK_COC_1,
                                 v1::CHECK_RPT_1};
// Answers that need circumstances which are absent offline.
constexpr std::array kNeedCircumstances = {v1::CHECK_REC_2, v1::CHECK_INC_2, v1::CHECK_COC_1,
                                           v1::CHECK_RPT_1};

bool is_one_of(std::span<const v1::CheckId> checks, v1::CheckId check) {
  return std::ranges::find(checks, check) != checks.end();
}

bool is_decisive(v1::CheckId check) {
  const auto rows = catalogue::checks();
  const auto row = std::ranges::find(rows, check, &catalogue::CheckEntry::id);
  // A check that the catalogue does not know is treated as one that decides.
  return row == rows.end() || row->weight == catalogue::CheckWeight::kDecisive;
}

bool is_about(const v1::Finding& finding, std::uint32_t attestation) {
  return finding.subject().has_attestation() && finding.subject().attestation() == attestation;
}

bool is_about_item(const v1::Finding& finding) { return !finding.subject().has_attestation(); }

bool forces_a_verdict(const v1::Finding& finding) {
  return finding.effect() != v1::EFFECT_NONE && finding.effect() != v1::EFFECT_NOTE;
}

// Does this answer leave a decisive check open? NOT_PERFORMED is asked for separately.
bool leaves_open(const v1::Finding& finding) {
  switch (finding.outcome()) {
    case v1::OUTCOME_PASS:
      return false;
    case v1::OUTCOME_NOT_APPLICABLE:
      return !is_one_of(kNeedCircumstances, finding.check());
    default:
      return true;
  }
}

// An answer to a decisive check that is a note by the catalogue itself, such as COMMIT_NOT_PROVEN.
bool is_mere_note(const v1::Finding& finding) {
  return finding.outcome() == v1::OUTCOME_UNDETERMINED && finding.effect() == v1::EFFECT_NOTE &&
         finding.code() != v1::REASON_NONE &&
         catalogue::entry(finding.code()).effect == v1::EFFECT_NOTE;
}

// Speaks against an attestation: by what it forces, or as an answer to a decisive check that is no
// pass and no mere note.
bool speaks_against(const v1::Finding& finding) {
  if (forces_a_verdict(finding)) return true;
  return is_decisive(finding.check()) && !is_mere_note(finding) && leaves_open(finding);
}

bool passes(Findings findings, std::uint32_t attestation, v1::CheckId check) {
  return std::ranges::any_of(findings, [&](const v1::Finding& finding) {
    return is_about(finding, attestation) && finding.check() == check &&
           (finding.outcome() == v1::OUTCOME_PASS || is_mere_note(finding));
  });
}

// Nothing ties the record of this attestation to a ledger: its INC-1 neither passed nor failed.
bool is_unauthenticated(Findings findings, std::uint32_t attestation) {
  return std::ranges::none_of(findings, [&](const v1::Finding& finding) {
    return is_about(finding, attestation) && finding.check() == v1::CHECK_INC_1 &&
           (finding.outcome() == v1::OUTCOME_PASS || finding.outcome() == v1::OUTCOME_FAIL);
  });
}

bool own_side_failed(const v1::Finding& finding) {
  if (!is_about_item(finding) || finding.outcome() == v1::OUTCOME_NOT_PERFORMED) return false;
  if (is_one_of(kOwnSide, finding.check())) {
    return finding.outcome() == v1::OUTCOME_FAIL || finding.outcome() == v1::OUTCOME_UNDETERMINED ||
           finding.effect() == v1::EFFECT_NOT_COMPLETED;
  }
  return finding.effect() == v1::EFFECT_NOT_COMPLETED && finding.check() != v1::CHECK_REC_1 &&
         finding.check() != v1::CHECK_REC_2;
}

bool ledger_not_reached(const v1::Finding& finding) {
  return is_about_item(finding) && finding.effect() == v1::EFFECT_NOT_COMPLETED &&
         finding.outcome() != v1::OUTCOME_NOT_PERFORMED &&
         (finding.check() == v1::CHECK_REC_1 || finding.check() == v1::CHECK_REC_2);
}

bool contradicts_the_file(Findings findings, const v1::Finding& finding) {
  if (finding.effect() != v1::EFFECT_INCONSISTENT) return false;
  return finding.check() != v1::CHECK_MATCH_1 || is_about_item(finding) ||
         !is_unauthenticated(findings, finding.subject().attestation());
}

bool contradicts_a_checkpoint(const v1::Finding& finding) {
  return finding.check() == v1::CHECK_INC_2 &&
         (finding.outcome() == v1::OUTCOME_FAIL || finding.outcome() == v1::OUTCOME_UNDETERMINED);
}

// Is there no record? Answers about the item come from asking the ledger; one about an attestation
// counts only where no attestation holds a record.
bool says_not_found(const v1::Finding& finding, bool any_record) {
  return finding.check() == v1::CHECK_REC_1 && finding.effect() == v1::EFFECT_NOT_FOUND &&
         (is_about_item(finding) || !any_record);
}

bool view_is_too_old(const v1::Finding& finding) {
  return is_about_item(finding) && finding.check() == v1::CHECK_REC_2 &&
         (finding.outcome() == v1::OUTCOME_FAIL || finding.outcome() == v1::OUTCOME_UNDETERMINED);
}

// Rule 5. What an attestation is asked is missing with the attestation; what the item is asked must
// have an answer.
bool not_executed(Findings findings) {
  for (const catalogue::CheckEntry& check : catalogue::checks()) {
    if (check.weight != catalogue::CheckWeight::kDecisive) continue;
    bool answered = false;
    for (const v1::Finding& finding : findings) {
      if (finding.check() != check.id) continue;
      answered = true;
      if (finding.outcome() == v1::OUTCOME_NOT_PERFORMED) return true;
    }
    if (!answered && !is_one_of(kOfAttestation, check.id)) return true;
  }
  return false;
}

bool any_established(Findings findings, std::span<const v1::Tier> attestations) {
  for (std::uint32_t i = 0; i < attestations.size(); ++i) {
    if (is_established(findings, i, attestations[i])) return true;
  }
  return false;
}

bool any(Findings findings, bool (*question)(const v1::Finding&)) {
  return std::ranges::any_of(findings, question);
}

// Rules 1 to 4, or VERDICT_UNSPECIFIED where none applies.
v1::Verdict by_what_was_found(Findings findings) {
  if (any(findings, own_side_failed)) return v1::VERDICT_NOT_COMPLETED;
  if (any(findings, ledger_not_reached)) return v1::VERDICT_NOT_COMPLETED;
  if (std::ranges::any_of(findings,
                          [&](const auto& f) { return contradicts_the_file(findings, f); })) {
    return v1::VERDICT_INCONSISTENT;
  }
  if (any(findings, contradicts_a_checkpoint)) return v1::VERDICT_INCONCLUSIVE;
  const bool any_record = std::ranges::any_of(findings, [](const v1::Finding& finding) {
    return finding.check() == v1::CHECK_REC_1 && !is_about_item(finding) &&
           (finding.outcome() == v1::OUTCOME_PASS || is_mere_note(finding));
  });
  if (std::ranges::any_of(findings, [&](const auto& f) { return says_not_found(f, any_record); })) {
    return v1::VERDICT_NOT_FOUND;
  }
  if (any(findings, view_is_too_old)) return v1::VERDICT_INCONCLUSIVE;
  return v1::VERDICT_UNSPECIFIED;
}

}  // namespace

bool is_established(std::span<const v1::Finding> findings, std::uint32_t attestation,
                    v1::Tier tier) {
  if (tier != v1::TIER_CHAIN_PROOF) return false;
  for (const v1::CheckId check : kOfAttestation) {
    if (!passes(findings, attestation, check)) return false;
  }
  return std::ranges::none_of(findings, [&](const v1::Finding& finding) {
    return is_about(finding, attestation) && speaks_against(finding);
  });
}

v1::Verdict decide(std::span<const v1::Finding> findings, std::span<const v1::Tier> attestations) {
  const v1::Verdict found = by_what_was_found(findings);
  if (found != v1::VERDICT_UNSPECIFIED) return found;
  if (not_executed(findings)) return v1::VERDICT_NOT_COMPLETED;
  if (!any_established(findings, attestations)) {
    // What stopped on our side inside an attestation counts where nothing else carries the item.
    const bool ours = any(findings, [](const v1::Finding& finding) {
      return finding.effect() == v1::EFFECT_NOT_COMPLETED;
    });
    return ours ? v1::VERDICT_NOT_COMPLETED : v1::VERDICT_INCONCLUSIVE;
  }
  if (any(findings, [](const v1::Finding& f) { return is_about_item(f) && speaks_against(f); })) {
    return v1::VERDICT_INCONCLUSIVE;
  }
  const bool noted = any(findings, [](const v1::Finding& finding) {
    return finding.effect() != v1::EFFECT_NONE ||
           (is_decisive(finding.check()) && leaves_open(finding));
  });
  return noted ? v1::VERDICT_CONSISTENT_WITH_NOTES : v1::VERDICT_CONSISTENT;
}

v1::SubmissionVerdict decide_submission(std::span<const v1::Verdict> verdicts) {
  bool attention = false;
  for (const v1::Verdict verdict : verdicts) {
    switch (verdict) {
      case v1::VERDICT_CONSISTENT:
      case v1::VERDICT_CONSISTENT_WITH_NOTES:
        break;
      case v1::VERDICT_INCONSISTENT:
      case v1::VERDICT_NOT_FOUND:
      case v1::VERDICT_INCONCLUSIVE:
        attention = true;
        break;
      default:
        return v1::SUBMISSION_VERDICT_INCOMPLETE;
    }
  }
  if (verdicts.empty()) return v1::SUBMISSION_VERDICT_INCOMPLETE;
  return attention ? v1::SUBMISSION_VERDICT_ATTENTION_REQUIRED
                   : v1::SUBMISSION_VERDICT_ALL_CONSISTENT;
}

}  // namespace heyan
