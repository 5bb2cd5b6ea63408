// Fabric attestations per second on one core, and how much of that time is the libraries' own
// verification of the same signatures, within one run. `overhead` is what everything else costs:
// 0.10 means ten per cent on top.
//
//   Attestations/double   as production judges: two libraries
//   Attestations/single   one library, to compare
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/bench/library_share.h"
#include "verifier/core/json.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan {
namespace {

using bench::ask_again;
using bench::Question;
using bench::Recorder;
using Clock = std::chrono::steady_clock;

const std::string kRun = std::string(HEYAN_VECTORS) + "/fabric/raft-a/";

core::Bytes read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) std::abort();
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

constexpr std::string_view kTrust = R"toml([list]
id = "bench"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2036-01-01T00:00:00Z
[[institution]]
id = "court"
kind = "court"
name = { zh = "法院", en = "Court" }
[[institution]]
id = "notary"
kind = "notary"
name = { zh = "公证处", en = "Notary office" }
[[institution]]
id = "copyright"
kind = "copyright"
name = { zh = "版权中心", en = "Copyright bureau" }
[[institution]]
id = "platform"
kind = "platform"
name = { zh = "平台", en = "Platform" }
[[quorum]]
id = "three"
at_least = 3
of = ["court", "notary", "copyright", "platform"]
[[ledger]]
id = "chain"
format = "fabric"
quorum = "three"
name = { zh = "链", en = "Chain" }
[ledger.fabric]
channel = "judicial-evidence"
chaincode = "evidence"
profile = "mainline"
genesis_header_hash = "88cbc68448ae9ded035788ed2d4a66b39191aa0a951134afd3b322f17c97839a"
config_blocks = ["chain/block_000.pb"]
endorsement_policy = "OutOf(3,'CourtMSP.peer','NotaryMSP.peer','CopyrightMSP.peer','PlatformMSP.peer')"
[ledger.fabric.msp]
CourtMSP = "court"
NotaryMSP = "notary"
CopyrightMSP = "copyright"
PlatformMSP = "platform"
)toml";

trust::TrustList trust_list() {
  const auto files = [](std::string_view path) -> core::Result<core::Bytes> {
    return path == "trust.toml" ? core::to_bytes(kTrust) : read(kRun + std::string(path));
  };
  std::vector<const trust::LedgerSetup*> formats(ledgers::all().begin(), ledgers::all().end());
  auto list = trust::parse_trust_list("trust.toml", files, formats);
  if (!list) std::abort();
  return *std::move(list);
}

struct Sample {
  v1::Item item;
  core::Bytes block;
  core::Bytes digest;
};

// The records that the first configuration's cases find good: real blocks, several records in some.
std::vector<Sample> samples() {
  const auto cases = core::json::parse(read(kRun + "cases.json"), core::Limits{});
  if (!cases) std::abort();
  std::vector<Sample> found;
  for (const auto& one : *cases->find("cases")->as_array()) {
    const auto* verdict = one.at("/expect/verdict");
    const bool single = *one.find("mode")->as_string() == "single";
    if (!single || *verdict->as_string() != "ACCEPT") continue;
    if (one.find("config_blocks")->as_array()->size() != 1) continue;
    Sample sample;
    sample.item.set_id(*one.find("id")->as_string());
    sample.item.mutable_record()->set_id(*one.find("evidence_key")->as_string());
    sample.block = read(kRun + *one.find("block")->as_string());
    sample.digest = crypto::sha256(sample.block);
    found.push_back(std::move(sample));
  }
  if (found.empty()) std::abort();
  return found;
}

// One submission: every sample once, under one checker, as judging a case does.
void judge_all(const std::vector<Sample>& samples, const trust::TrustList& trust,
               const crypto::Engines& engines) {
  const core::Limits limits;
  crypto::SignatureChecker checker(engines, limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const v1::Proof declared;
  const v1::ItemRecord measured;
  const Judging judging{record,
                        circumstances,
                        trust,
                        trust::default_policy(),
                        *core::parse_rfc3339("2026-11-23T00:00:00Z"),
                        checker,
                        limits};
  const auto* entry = trust.ledger("chain");
  const auto* ledger = ledgers::by_format("fabric");
  for (const Sample& sample : samples) {
    const ledgers::ProofView proof{&declared, sample.block, sample.digest};
    const auto attestations =
        ledger->judge(std::span(&proof, 1), sample.item, measured, *entry, judging);
    if (!attestations || attestations->size() != 1 ||
        attestations->front().proof_outcome() != v1::PROOF_OUTCOME_ACCEPT)
      std::abort();
  }
}

void attestations(benchmark::State& state, bool twice) {
  const auto trust = trust_list();
  const auto all = samples();
  crypto::Engines engines = crypto::production_engines();
  std::vector<Question> questions;
  std::vector<Question> again;
  const Recorder first(*engines.first, questions);
  const Recorder second(*engines.second, again);
  judge_all(all, trust, {&first, &second});
  if (!twice) engines.second = nullptr;
  double judged = 0;
  double library = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    judge_all(all, trust, engines);
    const auto middle = Clock::now();
    ask_again(questions, *engines.first);
    if (engines.second != nullptr) ask_again(questions, *engines.second);
    library += std::chrono::duration<double>(Clock::now() - middle).count();
    judged += std::chrono::duration<double>(middle - start).count();
  }
  const auto count = static_cast<double>(all.size()) * static_cast<double>(state.iterations());
  state.counters["attestations_per_s"] = count / judged;
  state.counters["signatures_per_attestation"] =
      static_cast<double>(questions.size()) / static_cast<double>(all.size());
  state.counters["overhead"] = judged / library - 1;
}

BENCHMARK_CAPTURE(attestations, two_libraries, true)
    ->Name("Attestations/double")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(attestations, one_library, false)
    ->Name("Attestations/single")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heyan

BENCHMARK_MAIN();
