#include "schemas/catalogue/catalogue.h"

#include <cstdlib>

namespace heyan::catalogue {
namespace {

// A protobuf enum value without the prefix of its enum: VERDICT_CONSISTENT -> CONSISTENT. The names
// live as long as the program. A number that the enum does not have is a bug of ours.
template <typename Enum>
std::string_view bare(const google::protobuf::EnumDescriptor* type, Enum value,
                      std::string_view prefix) {
  const auto* found = type->FindValueByNumber(value);
  if (found == nullptr) std::abort();
  return std::string_view(found->name()).substr(prefix.size());
}

const VerdictEntry& verdict_row(std::string_view level, std::string_view code) {
  for (const VerdictEntry& row : verdicts()) {
    if (row.level == level && row.code == code) return row;
  }
  std::abort();  // *_UNSPECIFIED: has no words
}

}  // namespace

const VerdictEntry& entry(v1::Verdict verdict) { return verdict_row("evidence", word(verdict)); }

const VerdictEntry& entry(v1::SubmissionVerdict verdict) {
  return verdict_row("submission", word(verdict));
}

const VerdictEntry& entry(v1::Outcome outcome) {
  return verdict_row("check",
                     outcome == v1::OUTCOME_UNDETERMINED ? "INCONCLUSIVE_CHECK" : word(outcome));
}

const CheckEntry& entry(v1::CheckId check) {
  for (const CheckEntry& row : checks()) {
    if (row.id == check) return row;
  }
  std::abort();
}

const LimitEntry& limit(v1::CheckId check) {
  for (const LimitEntry& row : limits()) {
    if (row.check == check) return row;
  }
  std::abort();
}

const ReasonEntry& entry(v1::ReasonCode reason) {
  for (const ReasonEntry& row : reasons()) {
    if (row.id == reason) return row;
  }
  std::abort();
}

const CheckEntry* check_by_code(std::string_view code) {
  for (const CheckEntry& row : checks()) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

const ReasonEntry* reason_by_code(std::string_view code) {
  for (const ReasonEntry& row : reasons()) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

const RemarkEntry* remark_by_code(std::string_view code) {
  for (const RemarkEntry& row : remarks()) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

v1::ReasonCode code_for_ledger_reason(std::string_view ledger_reason) {
  for (const LedgerReasonEntry& row : ledger_reasons()) {
    if (row.ledger_reason == ledger_reason) return row.code;
  }
  return v1::REASON_NONE;
}

std::string_view word(v1::Verdict verdict) {
  return bare(v1::Verdict_descriptor(), verdict, "VERDICT_");
}

std::string_view word(v1::SubmissionVerdict verdict) {
  return bare(v1::SubmissionVerdict_descriptor(), verdict, "SUBMISSION_VERDICT_");
}

std::string_view word(v1::Outcome outcome) {
  return bare(v1::Outcome_descriptor(), outcome, "OUTCOME_");
}

std::string_view word(v1::Effect effect) {
  return bare(v1::Effect_descriptor(), effect, "EFFECT_");
}

}  // namespace heyan::catalogue
