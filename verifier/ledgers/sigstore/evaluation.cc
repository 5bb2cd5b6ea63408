#include "verifier/ledgers/sigstore/evaluation.h"

#include <algorithm>

#include "verifier/transparency/note.h"

namespace heyan::ledgers::sigstore {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;
using crypto::SignatureOutcome;
using tlog::Reason;

constexpr std::uint64_t kMostInJson = (std::uint64_t{1} << 53) - 1;

crypto::Scheme scheme_of(const crypto::PublicKey& key) {
  const bool edwards = key.algorithm() == crypto::KeyAlgorithm::kEd25519;
  return {.kind = edwards ? crypto::SignatureKind::kEd25519 : crypto::SignatureKind::kEcdsa};
}

// What version 1 of Rekor signs when it takes an entry.
std::string promised_text(const LogEntry& entry) {
  Value text;
  text.set("body", core::to_base64(entry.body))
      .set("integratedTime", entry.integrated_seconds)
      .set("logID", core::to_hex(entry.log))
      .set("logIndex", entry.log_index);
  return core::json::write_canonical(text);
}

class Evaluator {
 public:
  Evaluator(const Bundle& bundle, const Body& body, const SigstoreConfig& config,
            crypto::SignatureChecker& checker)
      : bundle_(bundle), entry_(bundle.entry), body_(body), config_(config), checker_(checker) {}

  Result<Evaluation> run() {
    compare();
    HEYAN_CHECK_OK(judge_submitter());
    const auto log = std::ranges::find(config_.logs, entry_.log, &TrustedLog::id);
    if (log == config_.logs.end()) {
      result_.head.reasons.insert(Reason::kLogUnknown);
      return std::move(result_);
    }
    result_.log = &*log;
    compare_versions();
    HEYAN_CHECK_OK(read_head());
    if (result_.head.authenticated()) HEYAN_CHECK_OK(judge_inclusion());
    HEYAN_CHECK_OK(judge_promise());
    // Without a promise version 1 leaves open which index the entry has over all trees, and in
    // version 2 each log counts for itself.
    result_.numbered = result_.promised || (log->is_second_version() && config_.logs.size() == 1);
    return std::move(result_);
  }

 private:
  // The entry is of this signature over this digest.
  void compare() {
    if (body_.digest != bundle_.digest || body_.signature != bundle_.signature)
      result_.reasons.insert(Reason::kEntryMismatch);
  }

  // Version 2 promises nothing and has one index; version 1 takes no entries of it.
  void compare_versions() {
    const bool second = result_.log->is_second_version();
    const bool fits = second == is_second_version(entry_) &&
                      (!second || (entry_.promise.empty() && entry_.log_index == entry_.index));
    if (!fits) result_.reasons.insert(Reason::kEntryMismatch);
  }

  Result<void> judge_submitter() {
    if (std::ranges::find(config_.keys, body_.key) == config_.keys.end()) {
      result_.reasons.insert(Reason::kSubmitKey);
      return {};
    }
    const crypto::Scheme scheme{.kind = crypto::SignatureKind::kEcdsaRaw};
    const SignatureOutcome outcome =
        checker_.verify(body_.key, scheme, body_.digest, body_.signature);
    if (outcome == SignatureOutcome::kBudgetSpent) return spent();
    if (outcome == SignatureOutcome::kInvalid) result_.reasons.insert(Reason::kLeafSignature);
    if (outcome == SignatureOutcome::kEnginesDisagree)
      result_.reasons.insert(Reason::kEnginesDisagree);
    result_.submitter = outcome;
    return {};
  }

  Result<void> read_head() {
    const auto note = transparency::parse_note(entry_.checkpoint);
    const auto checkpoint =
        note ? transparency::parse_checkpoint(note->text) : std::unexpected(note.error());
    if (!checkpoint || checkpoint->size != entry_.size || checkpoint->root != entry_.root) {
      result_.head.reasons.insert(Reason::kCheckpoint);
      return {};
    }
    result_.head.checkpoint = *checkpoint;
    check_origin(checkpoint->origin);
    return check_lines(*note);
  }

  // Version 1 writes the number of a tree behind its name.
  void check_origin(std::string_view origin) {
    const TrustedLog& log = *result_.log;
    const bool own =
        origin == log.name || (!log.is_second_version() && origin.starts_with(log.name + " - "));
    if (!own) result_.head.reasons.insert(Reason::kOrigin);
  }

  Result<void> check_lines(const transparency::Note& note) {
    const TrustedLog& log = *result_.log;
    bool found = false;
    for (const transparency::NoteSignature& line : note.signatures) {
      if (!log.signs(line.name, line.id)) continue;
      if (found) result_.head.reasons.insert(Reason::kDuplicateSignature);
      found = true;
      const SignatureOutcome outcome =
          checker_.verify(log.key, scheme_of(log.key), core::as_bytes(note.text), line.signature);
      HEYAN_CHECK_OK(tlog::judge_log_signature(outcome, result_.head.reasons));
      if (!result_.log_signature || outcome != SignatureOutcome::kValid)
        result_.log_signature = outcome;
    }
    if (!found) result_.head.reasons.insert(Reason::kLogSignatureMissing);
    return {};
  }

  // One that fails leaves nothing that the log says believed.
  Result<void> judge_promise() {
    if (entry_.promise.empty()) return {};
    SignatureOutcome outcome = SignatureOutcome::kInvalid;
    if (entry_.integrated_seconds <= kMostInJson && entry_.log_index <= kMostInJson) {
      outcome = checker_.verify(result_.log->key, scheme_of(result_.log->key),
                                core::as_bytes(promised_text(entry_)), entry_.promise);
    }
    if (outcome == SignatureOutcome::kBudgetSpent) return spent();
    if (outcome == SignatureOutcome::kInvalid) result_.head.reasons.insert(Reason::kEntryTimestamp);
    if (outcome == SignatureOutcome::kEnginesDisagree)
      result_.head.reasons.insert(Reason::kEnginesDisagree);
    if (outcome != SignatureOutcome::kValid) {
      result_.log_signature = outcome;
      return {};
    }
    result_.promised = true;
    const TrustedLog& log = *result_.log;
    const auto seconds = static_cast<std::int64_t>(entry_.integrated_seconds);
    const bool in_period = seconds >= core::to_unix_ms(log.from) / 1000 &&
                           (!log.until || seconds <= core::to_unix_ms(*log.until) / 1000);
    if (!in_period) result_.head.reasons.insert(Reason::kLogUnknown);
    return {};
  }

  Result<void> judge_inclusion() {
    if (transparency::inclusion_path_length(entry_.index, entry_.size) != entry_.path.size()) {
      result_.reasons.insert(Reason::kNotIncluded);
      return {};
    }
    const auto leaf = transparency::leaf_hash(entry_.body, checker_);
    const auto root = leaf ? transparency::root_from_inclusion(*leaf, entry_.index, entry_.size,
                                                               entry_.path, checker_)
                           : std::nullopt;
    if (!root) return fail(ErrorCode::kInternal, "the libraries differ on a digest");
    if (*root == entry_.root) {
      result_.leaf = core::to_bytes(*leaf);
    } else {
      result_.reasons.insert(Reason::kNotIncluded);
    }
    return {};
  }

  static std::unexpected<core::Error> spent() {
    return fail(ErrorCode::kLimit, "the budget of signatures is spent");
  }

  const Bundle& bundle_;
  const LogEntry& entry_;
  const Body& body_;
  const SigstoreConfig& config_;
  crypto::SignatureChecker& checker_;
  Evaluation result_;
};

}  // namespace

Result<Evaluation> evaluate(const Bundle& bundle, const Body& body, const SigstoreConfig& config,
                            crypto::SignatureChecker& checker) {
  return Evaluator(bundle, body, config, checker).run();
}

}  // namespace heyan::ledgers::sigstore
