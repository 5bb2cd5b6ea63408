// ChainMaker blocks per second on one core for 4, 7 and 21 validators, and how much of that time is
// the libraries' own verification of the same signatures, within one run. `overhead` is what
// everything else costs: 0.10 means ten per cent on top.
//
//   Blocks/sm2/N/double    as production judges: two libraries, SM2 and SM3
//   Blocks/p256/N/single   one library, P-256 and SHA-256, to compare
//   Blocks/json/N          as the first, proofs in JSON
//   Items/N                items that share one block, a submission: what each costs in signatures
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <ctime>

#include "tests/bench/library_share.h"
#include "tests/unit/chainmaker/network.h"

namespace heyan {
namespace {

using bench::ask_again;
using bench::Question;
using bench::Recorder;
using ledgers::chainmaker::testing::BlockSpec;
using ledgers::chainmaker::testing::Network;
using ledgers::chainmaker::testing::Scene;

constexpr std::size_t kBlocks = 200;

// Of this thread: other work on the machine does not count.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Submission {
  trust::TrustList trust;
  std::vector<core::Bytes> proofs;
  std::vector<core::Bytes> digests;
};

Submission submission_of(crypto::KeyAlgorithm algorithm, std::size_t validators, std::size_t blocks,
                         bool json = false) {
  const bool sm2 = algorithm == crypto::KeyAlgorithm::kSm2;
  const Network network(algorithm, sm2 ? "SM3" : "SHA256", validators);
  const Scene scene = network.scene();
  Submission submission;
  std::vector<const trust::LedgerSetup*> formats(ledgers::all().begin(), ledgers::all().end());
  auto list = trust::parse_trust_list(
      "trust.toml",
      [&](std::string_view path) -> core::Result<core::Bytes> {
        return scene.files.at(std::string(path));
      },
      formats);
  if (!list) std::abort();
  submission.trust = *std::move(list);
  for (std::size_t i = 0; i < blocks; ++i) {
    BlockSpec spec;
    spec.height = 10 + i;
    spec.time_seconds += static_cast<std::int64_t>(i);
    submission.proofs.push_back(json ? network.proof(spec) : network.binary_proof(spec));
    submission.digests.push_back(crypto::sha256(submission.proofs.back()));
  }
  return submission;
}

// One submission, an item a proof, under one checker and memo, as judging a case does. Returns the
// number of verifications.
std::size_t judge(const Submission& submission, std::size_t items, const crypto::Engines& engines) {
  const core::Limits limits;
  crypto::SignatureChecker checker(engines, limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const v1::Proof declared;
  v1::Item item;
  item.set_id("E1");
  const Judging judging{record,
                        circumstances,
                        submission.trust,
                        trust::default_policy(),
                        *core::parse_rfc3339("2026-11-26T00:00:00Z"),
                        checker,
                        limits};
  const auto* entry = submission.trust.ledger("chain");
  const auto* ledger = ledgers::by_format("chainmaker");
  for (std::size_t i = 0; i < items; ++i) {
    const std::size_t at = i % submission.proofs.size();
    const ledgers::ProofView proof{&declared, submission.proofs[at], submission.digests[at]};
    const auto attestations = ledger->judge(std::span(&proof, 1), item, {}, *entry, judging);
    if (!attestations || attestations->size() != 1 ||
        attestations->front().proof_outcome() != v1::PROOF_OUTCOME_ACCEPT)
      std::abort();
  }
  return checker.verifications();
}

void blocks(benchmark::State& state, crypto::KeyAlgorithm algorithm, std::size_t validators,
            bool twice, bool json) {
  const Submission submission = submission_of(algorithm, validators, kBlocks, json);
  crypto::Engines engines = crypto::production_engines();
  std::vector<Question> questions;
  std::vector<Question> again;
  const Recorder first(*engines.first, questions);
  const Recorder second(*engines.second, again);
  judge(submission, kBlocks, {&first, &second});
  if (!twice) engines.second = nullptr;
  double judged = 0;
  double library = 0;
  for (auto _ : state) {
    const double start = cpu_seconds();
    judge(submission, kBlocks, engines);
    const double middle = cpu_seconds();
    ask_again(questions, *engines.first);
    if (engines.second != nullptr) ask_again(questions, *engines.second);
    library += cpu_seconds() - middle;
    judged += middle - start;
  }
  state.counters["blocks_per_s"] = static_cast<double>(kBlocks * state.iterations()) / judged;
  state.counters["signatures_per_block"] = static_cast<double>(questions.size()) / kBlocks;
  state.counters["overhead"] = judged / library - 1;
}

void items(benchmark::State& state, std::size_t validators) {
  constexpr std::size_t kItems = 1000;
  const Submission submission = submission_of(crypto::KeyAlgorithm::kSm2, validators, 1);
  std::size_t verified = 0;
  for (auto _ : state) verified = judge(submission, kItems, crypto::production_engines());
  state.counters["verifications"] = static_cast<double>(verified);
  state.counters["items_per_s"] = benchmark::Counter(
      static_cast<double>(kItems * state.iterations()), benchmark::Counter::kIsRate);
}

void declare() {
  for (const std::size_t validators : {4u, 7u, 21u}) {
    for (const bool twice : {true, false}) {
      for (const bool sm2 : {true, false}) {
        const auto algorithm = sm2 ? crypto::KeyAlgorithm::kSm2 : crypto::KeyAlgorithm::kEcdsaP256;
        const std::string name = std::string("Blocks/") + (sm2 ? "sm2/" : "p256/") +
                                 std::to_string(validators) + (twice ? "/double" : "/single");
        benchmark::RegisterBenchmark(name.c_str(), blocks, algorithm, validators, twice, false)
            ->Unit(benchmark::kMillisecond);
      }
    }
    benchmark::RegisterBenchmark(("Blocks/json/" + std::to_string(validators)).c_str(), blocks,
                                 crypto::KeyAlgorithm::kSm2, validators, true, true)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("Items/" + std::to_string(validators)).c_str(), items, validators)
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace
}  // namespace heyan

int main(int argc, char** argv) {
  heyan::declare();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
