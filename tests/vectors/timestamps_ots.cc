// Kind ots-proof of topic timestamps: verifier/ledgers/opentimestamps.
#include <algorithm>
#include <array>

#include "tests/vectors/kinds.h"
#include "verifier/ledgers/opentimestamps/evaluation.h"

namespace heyan::vectors {

std::span<const Kind> timestamps_ots();

namespace {

using namespace ledgers::opentimestamps;

// The headers that the case offers, as the table of a court that keeps just those.
HeaderTable offered_headers(const KindCase& one) {
  HeaderTable table;
  constexpr std::string_view kRole = "header_";
  for (const auto& [role, path] : one.inputs()) {
    if (!role.starts_with(kRole)) continue;
    const auto header = BlockHeader::read(one.input(role).value_or(core::Bytes()));
    if (header) table.push_back({std::stoull(role.substr(kRole.size())), *header, 0});
  }
  std::ranges::sort(table, {}, &ListedHeader::height);
  return table;
}

std::string told(const Evaluation& evaluation) {
  std::vector<std::string> all;
  for (const JudgedClaim& one : evaluation.claims) {
    const bool pending = one.standing == Standing::kPending;
    all.push_back(name(one.claim) + (pending ? "" : " " + std::string(name(one.standing))));
  }
  std::ranges::sort(all);
  std::string text;
  for (const std::string& one : all) text += (text.empty() ? "" : "; ") + one;
  return text;
}

// The words of FORMAT.md, the first that applies.
std::string result_of(const Evaluation& evaluation, bool other_document) {
  if (evaluation.malformed) return "malformed";
  if (other_document) return "mismatch";
  for (const Standing one : {Standing::kValid, Standing::kHeaderNotTrusted, Standing::kMismatch}) {
    if (evaluation.has(one)) return std::string(name(one));
  }
  const bool other_chain = std::ranges::any_of(evaluation.claims, [](const JudgedClaim& one) {
    return one.claim.kind == ClaimKind::kEthereum || one.claim.kind == ClaimKind::kLitecoin;
  });
  const bool open = evaluation.has(Standing::kHeaderUnknown) || other_chain;
  return !open && evaluation.has(Standing::kPending) ? "pending" : "indeterminate";
}

std::string date_of(const BlockHeader& header) {
  constexpr std::size_t kDate = 10;
  return core::format_rfc3339(core::from_unix_ms(std::int64_t{header.time()} * 1000))
      .substr(0, kDate);
}

void compare(const KindCase& one, const Evaluation& evaluation, KindResult& result) {
  const auto expect = [&](std::string_view param, const std::string& got) {
    if (one.param(param) != nullptr && one.text(param) != got)
      result.wrong.push_back(std::string(param) + ": " + got);
  };
  expect("expected_attestations", told(evaluation));
  const JudgedClaim* best = evaluation.best();
  expect("expected_date", best != nullptr ? date_of(*best->header) : "none");
  if (const auto height = one.number("expected_height");
      height && (best == nullptr || std::cmp_not_equal(best->claim.height, *height)))
    result.wrong.emplace_back("expected_height");
}

// A header that a segment of the chain contradicts is not trusted, whatever its work.
void hold_against_chain(const KindCase& one, const HeaderTable& headers, Evaluation& evaluation) {
  const auto text = one.input("chain");
  const auto chain = read_table(text.value_or(core::Bytes()));
  if (!text || !chain || merge(*chain, headers)) return;
  for (JudgedClaim& claim : evaluation.claims) {
    if (claim.standing == Standing::kValid) claim.standing = Standing::kHeaderNotTrusted;
  }
  evaluation.reasons.insert(Reason::kHeaderNotOnChain);
}

bool is_other_document(const KindCase& one, const Evaluation& evaluation,
                       crypto::SignatureChecker& checker) {
  const auto document = one.input("document");
  if (!document || !evaluation.proof) return false;
  core::Cursor nothing({});
  const auto digest = apply(evaluation.proof->file_hash, *document, nothing, checker);
  return !digest || *digest != evaluation.proof->file_digest;
}

KindResult run_proof(const KindCase& one) {
  KindResult result;
  const auto bytes = one.input("proof");
  const auto checkpoints = one.input("checkpoints");
  const auto periods = checkpoints ? Periods::read(*checkpoints) : Periods();
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  const HeaderTable headers = offered_headers(one);
  if (!bytes || !periods) {
    result.result = "no input";
    return result;
  }
  auto evaluation = evaluate(*bytes, headers, *periods, checker);
  if (!evaluation) {
    result.result = "error";
    return result;
  }
  hold_against_chain(one, headers, *evaluation);
  const bool other = is_other_document(one, *evaluation, checker);
  if (other) evaluation->reasons.insert(Reason::kDocumentMismatch);
  for (const Reason reason : evaluation->reasons) result.reasons.emplace(name(reason));
  result.result = result_of(*evaluation, other);
  compare(one, *evaluation, result);
  return result;
}

constexpr std::array kKinds = {Kind{"ots-proof", run_proof}};

}  // namespace

std::span<const Kind> timestamps_ots() { return kKinds; }

}  // namespace heyan::vectors
