// FISCO BCOS blocks per second on one core for 4, 7 and 21 sealers, and how near that comes to the
// libraries' own work on the same signatures, within one run: `of_limit` 0.9 means that nine tenths
// of the time are theirs. On ECDSA chains that is recovering the key, by Botan, and verifying under
// it.
//
//   Blocks/FORM/N/double    FORM gm2, gm3 (SM2 and SM3), ec2, ec3 (secp256k1 and Keccak-256) of
//                           generations 2 and 3; as production judges: two libraries
//   Blocks/FORM/N/single    one library, to compare
//   Items/FORM/N            sixteen items whose records stand in one block, a submission: what they
//                           cost in signatures
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <ctime>

#include "tests/bench/library_share.h"
#include "tests/unit/fisco_bcos/chain.h"
#include "tests/unit/fisco_bcos/submission.h"
#include "verifier/crypto/recovery.h"

namespace heyan {
namespace {

using bench::Question;
using bench::Recorder;
using ledgers::fisco_bcos::Crypto;
using ledgers::fisco_bcos::Generation;
using ledgers::fisco_bcos::testing::bytes_of;
using ledgers::fisco_bcos::testing::call_of;
using ledgers::fisco_bcos::testing::Chain;
using ledgers::fisco_bcos::testing::kPlainMethod;
using ledgers::fisco_bcos::testing::plain_record;
using ledgers::fisco_bcos::testing::Spec;
using ledgers::fisco_bcos::testing::Submission;

constexpr std::size_t kBlocks = 60;
constexpr std::size_t kItems = 16;

struct Form {
  const char* name;
  Crypto crypto;
  Generation generation;
};

// Of this thread: other work on the machine does not count.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Filed {
  std::string trust;
  std::vector<core::Bytes> proofs;
};

// Every sealer signed every block.
Filed file(const Form& form, std::size_t sealers, std::size_t blocks, std::size_t items) {
  const Chain chain(form.crypto, form.generation, sealers);
  Filed filed{chain.trust(plain_record(form.crypto)), {}};
  for (std::size_t i = 0; i < blocks; ++i) {
    Spec block;
    block.number += i;
    block.nonce = std::to_string(1'000 + i);
    block.signers.clear();
    for (std::size_t sealer = 0; sealer < sealers; ++sealer)
      block.signers.push_back(static_cast<int>(sealer));
    std::vector<std::string> inputs;
    for (std::size_t item = 0; item < items; ++item) {
      inputs.push_back(
          call_of(form.crypto, kPlainMethod, {std::string(64, 'a'), "EV-" + std::to_string(item)}));
    }
    for (const core::json::Value& proof : chain.proofs(block, inputs))
      filed.proofs.push_back(bytes_of(proof));
  }
  return filed;
}

// One submission, an item a proof. Returns the number of verifications.
std::size_t judge(const Filed& filed, const crypto::Engines& engines) {
  Submission submission(filed.trust, engines);
  for (const core::Bytes& proof : filed.proofs) {
    if (submission.judge(proof).proof_outcome() != v1::PROOF_OUTCOME_ACCEPT) std::abort();
  }
  return submission.verifications();
}

void ask_again(const std::vector<Question>& questions, const crypto::Engines& engines) {
  for (const Question& one : questions) {
    if (one.scheme.kind == crypto::SignatureKind::kEcdsaRaw)
      benchmark::DoNotOptimize(crypto::recover_secp256k1(one.message, one.signature, 0));
  }
  bench::ask_again(questions, *engines.first);
  if (engines.second != nullptr) bench::ask_again(questions, *engines.second);
}

void blocks(benchmark::State& state, const Form& form, std::size_t sealers, bool twice) {
  const Filed filed = file(form, sealers, kBlocks, 1);
  crypto::Engines engines = crypto::production_engines();
  std::vector<Question> questions;
  const Recorder first(*engines.first, questions);
  judge(filed, {&first, nullptr});
  if (!twice) engines.second = nullptr;
  double judged = 0;
  double library = 0;
  for (auto _ : state) {
    const double start = cpu_seconds();
    judge(filed, engines);
    const double middle = cpu_seconds();
    ask_again(questions, engines);
    library += cpu_seconds() - middle;
    judged += middle - start;
  }
  state.counters["blocks_per_s"] = static_cast<double>(kBlocks * state.iterations()) / judged;
  state.counters["signatures_per_block"] = static_cast<double>(questions.size()) / kBlocks;
  state.counters["of_limit"] = library / judged;
}

void items(benchmark::State& state, const Form& form, std::size_t sealers) {
  const Filed filed = file(form, sealers, 1, kItems);
  std::size_t verified = 0;
  for (auto _ : state) verified = judge(filed, crypto::production_engines());
  state.counters["verifications"] = static_cast<double>(verified);
  state.counters["items_per_s"] = benchmark::Counter(
      static_cast<double>(kItems * state.iterations()), benchmark::Counter::kIsRate);
}

void declare() {
  const std::vector<Form> forms = {{"gm2", Crypto::kSm, Generation::k2},
                                   {"gm3", Crypto::kSm, Generation::k3},
                                   {"ec2", Crypto::kEcdsa, Generation::k2},
                                   {"ec3", Crypto::kEcdsa, Generation::k3}};
  for (const Form& form : forms) {
    for (const std::size_t sealers : {4u, 7u, 21u}) {
      const std::string size = std::string(form.name) + "/" + std::to_string(sealers);
      for (const bool twice : {true, false}) {
        benchmark::RegisterBenchmark(("Blocks/" + size + (twice ? "/double" : "/single")).c_str(),
                                     blocks, form, sealers, twice)
            ->Unit(benchmark::kMillisecond);
      }
      benchmark::RegisterBenchmark(("Items/" + size).c_str(), items, form, sealers)
          ->Unit(benchmark::kMillisecond);
    }
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
