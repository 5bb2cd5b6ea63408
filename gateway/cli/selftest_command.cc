// heyan selftest: known answers with every algorithm, by each library alone and by both together;
// what was changed must be refused.
#include <fmt/format.h>

#include <array>

#include "gateway/cli/commands.h"
#include "gateway/cli/known_answers.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::cli {
namespace {

using crypto::SignatureOutcome;

struct Result {
  std::string name;
  bool passed = false;
};

Result test_digest(const DigestAnswer& answer) {
  const auto wanted = core::from_hex(answer.digest_hex);
  bool passed = wanted.has_value();
  for (auto* make : {crypto::openssl_hasher, crypto::botan_hasher}) {
    const auto hasher = make(answer.hash);
    hasher->update(core::as_bytes(answer.message));
    passed = passed && hasher->finish() == *wanted;
  }
  return {.name = std::string(crypto::name(answer.hash)), .passed = passed};
}

core::Result<crypto::PublicKey> key_of(const SignatureAnswer& answer) {
  const core::Bytes bytes = core::from_hex(answer.key_hex).value_or(core::Bytes{});
  if (answer.algorithm == crypto::KeyAlgorithm::kRsa) return crypto::PublicKey::from_spki(bytes);
  return crypto::PublicKey::from_point(answer.algorithm, bytes);
}

// By these engines: the answer is valid, and neither another message nor another signature is.
bool holds(const SignatureAnswer& answer, const crypto::PublicKey& key, crypto::Engines engines) {
  core::Bytes message = core::from_hex(answer.message_hex).value_or(core::Bytes{});
  core::Bytes signature = core::from_hex(answer.signature_hex).value_or(core::Bytes{});
  if (message.empty() || signature.empty()) return false;
  const crypto::Scheme scheme{
      .kind = answer.kind, .hash = answer.hash, .encoding = crypto::SignatureEncoding::kRs};
  crypto::SignatureChecker checker(engines, core::Limits());
  if (checker.verify(key, scheme, message, signature) != SignatureOutcome::kValid) return false;
  message.back() ^= 1;
  if (checker.verify(key, scheme, message, signature) != SignatureOutcome::kInvalid) return false;
  message.back() ^= 1;
  signature.at(signature.size() / 2) ^= 1;
  return checker.verify(key, scheme, message, signature) == SignatureOutcome::kInvalid;
}

Result test_signature(const SignatureAnswer& answer) {
  Result result{.name = std::string(answer.name)};
  const auto key = key_of(answer);
  if (!key) return result;
  const crypto::Engines both = crypto::production_engines();
  const std::array<crypto::Engines, 3> each = {crypto::Engines{.first = both.first},
                                               crypto::Engines{.first = both.second}, both};
  result.passed = both.second != nullptr;
  for (const crypto::Engines& engines : each) {
    result.passed = result.passed && holds(answer, *key, engines);
  }
  return result;
}

}  // namespace

ExitStatus run(const SelftestOptions& options, Console& console) {
  std::vector<Result> results;
  for (const DigestAnswer& answer : digest_answers()) results.push_back(test_digest(answer));
  for (const SignatureAnswer& answer : signature_answers()) {
    results.push_back(test_signature(answer));
  }
  results.push_back({.name = std::string(say(options.language, "证明格式", "proof formats")),
                     .passed = !ledgers::all().empty()});
  bool all_passed = true;
  std::string text;
  for (const Result& result : results) {
    all_passed = all_passed && result.passed;
    text += fmt::format("{}  {}\n",
                        result.passed ? say(options.language, "[通过]  ", "[ok]    ")
                                      : say(options.language, "[未通过]", "[FAILED]"),
                        result.name);
  }
  for (const ledgers::Ledger* ledger : ledgers::all()) {
    text += fmt::format("  {}\n", ledger->format());
  }
  text += all_passed ? say(options.language, "自检通过。\n", "The self-test passed.\n")
                     : say(options.language, "自检未通过：不要使用本机的任何核验结果。\n",
                           "The self-test failed: rely on no result of this machine.\n");
  const std::array statuses = {print(text, console),
                               all_passed ? ExitStatus::kOk : ExitStatus::kInternal};
  return most_urgent(statuses);
}

}  // namespace heyan::cli
