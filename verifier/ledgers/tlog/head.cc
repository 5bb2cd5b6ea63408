#include "verifier/ledgers/tlog/head.h"

#include <algorithm>

#include "verifier/transparency/note.h"

namespace heyan::ledgers::tlog {
namespace {

using crypto::SignatureOutcome;
using transparency::NoteCheck;

core::Result<void> spent() {
  return core::fail(core::ErrorCode::kLimit, "the budget of signatures is spent");
}

core::Result<void> take_line(const NoteCheck& check, const TlogConfig& config, Head& head) {
  const std::size_t logs = config.policy.logs().size();
  if (check.repeated) head.reasons.insert(Reason::kDuplicateSignature);
  if (check.key < logs) {
    head.logs.push_back({check.key, check.outcome});
    return judge_log_signature(check.outcome, head.reasons);
  }
  head.cosignatures.push_back(
      {check.key - logs, check.cosigned_at_seconds.value_or(0), check.outcome});
  return judge_cosignature(check.outcome, head.reasons);
}

// Is the checkpoint of a log that signed it?
bool is_own(const Head& head, const TlogConfig& config) {
  return std::ranges::any_of(head.logs, [&](const LogSignature& one) {
    return head.checkpoint.origin == config.origin.value_or(config.policy.logs()[one.log].name);
  });
}

}  // namespace

core::Result<void> judge_log_signature(SignatureOutcome outcome, Reasons& reasons) {
  if (outcome == SignatureOutcome::kBudgetSpent) return spent();
  if (outcome == SignatureOutcome::kInvalid) reasons.insert(Reason::kLogSignature);
  if (outcome == SignatureOutcome::kEnginesDisagree) reasons.insert(Reason::kEnginesDisagree);
  return {};
}

core::Result<void> judge_cosignature(SignatureOutcome outcome, Reasons& reasons) {
  if (outcome == SignatureOutcome::kBudgetSpent) return spent();
  if (outcome == SignatureOutcome::kInvalid) reasons.insert(Reason::kCosignature);
  return {};
}

core::Result<Head> read_head(std::string_view bytes, const TlogConfig& config,
                             crypto::SignatureChecker& checker) {
  Head head;
  const auto note = transparency::parse_note(bytes);
  const auto checkpoint =
      note ? transparency::parse_checkpoint(note->text) : std::unexpected(note.error());
  if (!checkpoint) {
    head.reasons.insert(Reason::kCheckpoint);
    return head;
  }
  head.checkpoint = *checkpoint;
  const auto checks = transparency::check_note(*note, config.known, checker);
  if (!checks) {  // two keys of the policy that no line can tell apart
    head.reasons.insert(Reason::kDuplicateSignature);
    return head;
  }
  for (const NoteCheck& check : *checks) HEYAN_CHECK_OK(take_line(check, config, head));
  if (head.logs.empty()) head.reasons.insert(Reason::kLogSignatureMissing);
  if (!head.logs.empty() && !is_own(head, config)) head.reasons.insert(Reason::kOrigin);
  return head;
}

}  // namespace heyan::ledgers::tlog
