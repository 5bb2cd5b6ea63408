// Kind evidence-record of topic timestamps: records by verifier/ers. The vectors name no anchors:
// whose the tokens are is left aside.
#include <array>
#include <sstream>

#include "tests/vectors/kinds.h"
#include "verifier/core/time.h"
#include "verifier/ers/verification.h"
#include "verifier/trust/policy.h"

namespace heyan::vectors {

std::span<const Kind> timestamps_ers();

namespace {

using timestamps::Digests;
using timestamps::Verdict;

constexpr std::array kHashes = {crypto::Hash::kSha1,   crypto::Hash::kSha224, crypto::Hash::kSha256,
                                crypto::Hash::kSha384, crypto::Hash::kSha512, crypto::Hash::kSm3};

std::vector<Digests> documents_of(const KindCase& one) {
  std::vector<Digests> documents;
  for (const std::string_view role : {"document", "document_1", "document_2"}) {
    const auto bytes = one.input(role);
    if (!bytes) continue;
    Digests& digests = documents.emplace_back();
    for (const crypto::Hash hash : kHashes) digests[hash] = crypto::digest(hash, *bytes);
  }
  const auto listed = one.input("digests");
  std::istringstream lines(listed ? core::to_string(*listed) : "");
  for (std::string line; std::getline(lines, line);) {
    const auto digest = core::from_base64(line);
    if (digest) documents.push_back({{crypto::Hash::kSha256, *digest}});
  }
  return documents;
}

std::string_view result_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kValid:
    case Verdict::kNonconforming:
      return "valid";
    case Verdict::kRefused:
    case Verdict::kInvalid:
      return "invalid";
    case Verdict::kIndeterminate:
    case Verdict::kUndecided:
      return "indeterminate";
    case Verdict::kMalformed:
      break;
  }
  return "malformed";
}

void compare(const KindCase& one, const ers::Evaluation& evaluation, KindResult& result) {
  const std::string time = one.text("expected_first_gen_time");
  const auto stamps = one.number("expected_stamps");
  if (stamps && std::cmp_not_equal(*stamps, evaluation.stamps.size()))
    result.wrong.emplace_back("stamps");
  if (time.empty()) return;
  if (evaluation.stamps.empty() ||
      evaluation.stamps.front().token->info->time != core::parse_rfc3339(time)) {
    result.wrong.emplace_back("first genTime");
  }
}

KindResult run_record(const KindCase& one) {
  KindResult result;
  if (one.needs("rfc6283")) {
    result.skipped = "rfc6283: evidence records in XML";
    return result;
  }
  const auto bytes = one.input("record");
  const std::string algorithm = one.text("digest_algorithm");
  if (!bytes || (!algorithm.empty() && algorithm != "sha256")) {
    result.result = "no input";
    return result;
  }
  const core::Limits limits;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  const auto nobody = timestamps::authorities_of({});
  const ers::Evaluation evaluation =
      ers::evaluate(*bytes,
                    {.authorities = nobody,
                     .hash_until = trust::default_policy().algorithm_until,
                     .at = core::from_unix_ms(one.clock_ms().value_or(0))},
                    checker, limits);
  const std::vector<Digests> documents = documents_of(one);
  std::set<core::Bytes> filed;
  for (const Digests& document : documents) {
    for (const auto& [hash, digest] : document) filed.insert(digest);
  }
  ers::Verification found = ers::verify(evaluation, documents, filed, checker);
  found.token_reasons.erase(timestamps::Reason::kUntrustedIssuer);
  for (const std::string& name : found.names()) result.reasons.insert(name);
  result.result =
      result_of(evaluation.stamps.empty() ? found.verdict
                                          : std::max(ers::verdict_of(found.reasons),
                                                     timestamps::verdict_of(found.token_reasons)));
  compare(one, evaluation, result);
  return result;
}

constexpr std::array kKinds = {Kind{"evidence-record", run_record}};

}  // namespace

std::span<const Kind> timestamps_ers() { return kKinds; }

}  // namespace heyan::vectors
