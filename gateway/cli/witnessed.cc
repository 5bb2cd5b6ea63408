#include "gateway/cli/witnessed.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <span>

#include "gateway/cli/console.h"
#include "gateway/cli/input_files.h"
#include "verifier/transparency/log_proof.h"

namespace heyan::cli {
namespace {

using Outcome = Witnessed::Outcome;
using transparency::LogPolicy;
using transparency::NoteKeyType;
using transparency::NoteVerifier;

constexpr std::chrono::hours kDueAfter{24};
constexpr std::chrono::minutes kClocksApart{10};
constexpr std::string_view kRemedy =
    "Name the file log.vkey that you have from the court, or a tlog-policy of that one log.";

Trouble trouble(const std::filesystem::path& path, std::string_view what) {
  return trouble_of({core::ErrorCode::kMalformed, what}, path.string(), kRemedy);
}

}  // namespace

std::expected<void, Trouble> read_log(const std::filesystem::path& path, Issuer& issuer) {
  if (path.empty()) return {};
  HEYAN_TRY(const core::Bytes bytes,
            read_input(path.string(), transparency::kPolicyBytes, kRemedy));
  std::string_view text = core::as_text(bytes);
  const std::string_view line = text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
  if (auto key = NoteVerifier::parse(line)) {
    issuer.log = *std::move(key);
    return {};
  }
  auto policy = LogPolicy::parse(text, transparency::PolicyForm::kC2sp);
  if (!policy || policy->logs().size() != 1) {
    return std::unexpected(trouble(path, "it is neither a vkey nor a policy of one log"));
  }
  const transparency::PolicyLog& log = policy->logs().front();
  auto key = NoteVerifier::make(log.name, NoteKeyType::kEd25519, log.key);
  if (!key) return std::unexpected(trouble(path, "the log's key is none"));
  issuer.log = *std::move(key);
  issuer.log_policy = *std::move(policy);
  return {};
}

Witnessed count_witnesses(std::string_view log_proof, const Issuer& issuer, core::UtcTime signed_at,
                          crypto::SignatureChecker& checker) {
  Witnessed witnessed;
  if (!issuer.log_policy || !issuer.log) return witnessed;
  const auto proof = transparency::parse_log_proof(log_proof);
  std::vector<bool> cosigned;
  // Each for itself: a bad line of one takes nothing from another.
  for (const transparency::PolicyWitness& each : issuer.log_policy->witnesses()) {
    cosigned.push_back(false);
    const auto key = NoteVerifier::make(each.key_name, NoteKeyType::kCosignature, each.key);
    if (!proof || !proof->extra || !key) continue;
    const auto logged = transparency::verify_log_proof(*proof, *proof->extra, issuer.log->name(),
                                                       *issuer.log, checker, std::span(&*key, 1));
    witnessed.discounted = witnessed.discounted || !logged;
    cosigned.back() =
        logged && std::ranges::any_of(logged->signers, [](const transparency::NoteSigner& signer) {
          return signer.key == 1;
        });
  }
  witnessed.count = issuer.log_policy->count(cosigned);
  const bool young = signed_at > issuer.now - kDueAfter && signed_at <= issuer.now + kClocksApart;
  witnessed.outcome = witnessed.count.reached() ? Outcome::kEnough
                      : young                   ? Outcome::kNotYet
                                                : Outcome::kTooFew;
  return witnessed;
}

std::string describe(const Witnessed& witnessed, catalogue::Language language) {
  std::string_view words;
  switch (witnessed.outcome) {
    case Outcome::kNotAsked:
      return {};
    case Outcome::kEnough:
      words = say(language, "达到要求", "enough");
      break;
    case Outcome::kNotYet:
      words = say(language, "尚未达到；签发未满 24 小时，尚不要求",
                  "not enough yet; not due before 24 hours after it was signed");
      break;
    case Outcome::kTooFew:
      words = say(language, "未达到，且签发已满 24 小时；请向法院索取最新的日志证明",
                  "not enough 24 hours after it was signed; ask the court for the report with "
                  "today's log proof");
      break;
  }
  std::string text =
      fmt::format("{}{}/{} ({})\n", say(language, "日志见证：", "Witnesses of the log: "),
                  witnessed.count.valid, witnessed.count.required, words);
  if (witnessed.discounted) {
    text += say(language, "其旁有不成立的见证签名，未计入；报告本身不因此改变。\n",
                "A witness's signature beside them does not hold, and was not counted; the report "
                "is what it is.\n");
  }
  return text;
}

}  // namespace heyan::cli
