// What proofs of transparency logs cost: one thread, parse included, each proof judged afresh.
//
//   Sigsum/N/LIBRARIES   the real proofs of the vectors, one file after another; N is the proof's
//                        place in kProofs. Libraries 1: one implementation, 2: both, as in
//                        production. All in seconds of this thread's processor time, for machines
//                        are busy. Counters: proofs_per_s; signatures of one proof; ed25519_per_s,
//                        libsodium's own rate in the same run; use, how much of that rate arrives:
//                        proofs_per_s * signatures / ed25519_per_s. sigsum-go's is 0.57 (2400
//                        proofs of five) to 0.64 (3350 of four) of 21 000; goal: 1.3 times, 0.83
//   SharedCheckpoint     proofs of one log under one checkpoint of three cosignatures, as the items
//                        of one case have them, by both libraries. Goal: 15 000 a second
#include <benchmark/benchmark.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/bench/processor_time.h"
#include "tests/unit/tlog/court_log.h"
#include "verifier/ledgers/ledger.h"

namespace heyan::bench {
namespace {

using Files = std::map<std::string, std::string, std::less<>>;

std::string read(const std::string& name) {
  std::ifstream in(std::string(HEYAN_VECTORS "/tlogs/") + name, std::ios::binary);
  if (!in) std::abort();
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string list_of(const std::string& format, const std::string& lines) {
  return "[list]\nid = \"b\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
         "next_update = 2036-01-01T00:00:00Z\n[[ledger]]\nid = \"log\"\nformat = \"" +
         format + "\"\nname = { zh = \"l\", en = \"l\" }\n[ledger." + format +
         "]\npolicy = \"policy\"\n" + lines;
}

trust::TrustList trusted(const Files& files) {
  std::vector<const trust::LedgerSetup*> formats;
  for (const auto* ledger : ledgers::all()) formats.push_back(ledger);
  auto list = trust::parse_trust_list(
      "trust.toml",
      [&](std::string_view path) -> core::Result<core::Bytes> {
        const auto file = files.find(path);
        if (file == files.end()) return core::fail(core::ErrorCode::kNotFound, "no file");
        return core::to_bytes(std::string_view(file->second));
      },
      formats);
  if (!list) std::abort();
  return *std::move(list);
}

v1::ItemRecord measured(const core::Bytes& digest) {
  v1::ItemRecord record;
  auto& one = *record.mutable_measured()->add_digests();
  one.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
  one.set_first(core::to_string(digest));
  one.set_second(core::to_string(digest));
  return record;
}

// One judgement, whose memo lives as long.
class Court {
 public:
  Court(const trust::TrustList& list, crypto::Engines engines)
      : list_(list), checker_(engines, limits_) {}

  void judge(const std::string& proof, const v1::ItemRecord& item) {
    const core::Bytes digest = crypto::sha256(core::as_bytes(proof));
    const ledgers::ProofView view{&declared_, core::as_bytes(proof), digest};
    const trust::LedgerEntry& entry = list_.ledgers.front();
    const auto found =
        ledgers::by_format(entry.format)->judge({&view, 1}, item_, item, entry, judging_);
    if (!found || !found->front().has_record()) std::abort();
  }
  std::size_t signatures() const { return checker_.verifications(); }

 private:
  const trust::TrustList& list_;
  core::Limits limits_;
  v1::Proof declared_;
  v1::Item item_;
  v1::CaseRecord record_;
  v1::Circumstances circumstances_;
  crypto::SignatureChecker checker_;
  Judging judging_{record_,
                   circumstances_,
                   list_,
                   trust::default_policy(),
                   *core::parse_rfc3339("2026-11-27T00:00:00Z"),
                   checker_,
                   limits_};
};

// libsodium alone, on a message as long as a checkpoint's.
double sodium_rate() {
  constexpr int kTimes = 2'000;
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> key{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  const std::array<unsigned char, 180> message{};
  if (sodium_init() < 0) std::abort();
  crypto_sign_keypair(key.data(), secret.data());
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
  const double begin = processor_seconds();
  for (int i = 0; i < kTimes; ++i) {
    if (crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) !=
        0)
      std::abort();
  }
  return kTimes / (processor_seconds() - begin);
}

struct RealProof {
  std::string name;
  std::string policy;
  std::string message;  // hexadecimal; empty: of the artifact
};
const std::array<RealProof, 6> kProofs = {
    {{"ts-odd-v1", "ts-odd-v1.policy", ""},
     {"rs-hello-v2", "policies/sigsum-test-2025-3.policy", ""},
     {"boot-statement-v2", "boot-statement-v2.policy", ""},
     {"tkey-v1", "tkey-v1.policy",
      "2291327fbadd2b3b8f8c0c005426700ad9139425a52a9140679e89b3b65c359b"},
     {"go-boot-17460-v2", "go-boot-17460-v2.policy", ""},
     {"go-unit-v2", "go-unit-v2.policy",
      "2020202020202020202020202020202020202020202020202020666f6f2d340a"}}};

void sigsum(benchmark::State& state) {
  const RealProof& real = kProofs.at(static_cast<std::size_t>(state.range(0)));
  const std::string base = "sigsum/" + real.name;
  const trust::TrustList list =
      trusted({{"trust.toml", list_of("sigsum", "submit_keys = [\"k\"]\n")},
               {"policy", read("sigsum/" + real.policy)},
               {"k", read(base + ".keys")}});
  const core::Bytes message = real.message.empty()
                                  ? crypto::sha256(core::as_bytes(read(base + ".artifact")))
                                  : core::from_hex(real.message).value();
  const v1::ItemRecord item = measured(message);
  const std::string proof = read(base + ".proof");
  crypto::Engines engines = crypto::production_engines();
  if (state.range(1) == 1) engines.second = nullptr;
  const double before = sodium_rate();
  std::size_t signatures = 0;
  const double begin = processor_seconds();
  for (auto _ : state) {
    Court court(list, engines);
    court.judge(proof, item);
    signatures = court.signatures();
  }
  const double rate = static_cast<double>(state.iterations()) / (processor_seconds() - begin);
  const double sodium = (before + sodium_rate()) / 2;
  state.SetLabel(real.name);
  state.counters["proofs_per_s"] = rate;
  state.counters["signatures"] = static_cast<double>(signatures);
  state.counters["ed25519_per_s"] = sodium;
  state.counters["use"] = rate * static_cast<double>(signatures) / sodium;
}

void shared_checkpoint(benchmark::State& state) {
  constexpr std::uint64_t kEntries = 10'000;
  constexpr std::uint64_t kSigned = 1'790'000'000;
  test::CourtLog log("log.example/e", 5);
  std::vector<v1::ItemRecord> items;
  for (std::uint64_t i = 0; i < kEntries; ++i) {
    const core::Bytes digest = crypto::sha256(core::as_bytes(std::to_string(i)));
    log.append(digest);
    items.push_back(measured(digest));
  }
  const std::string note = log.checkpoint({{0, kSigned}, {1, kSigned}, {3, kSigned}});
  std::vector<std::string> proofs;
  for (std::uint64_t i = 0; i < kEntries; ++i) {
    transparency::LogProof proof;
    proof.index = i;
    proof.path = transparency::inclusion_proof(i, kEntries, log).value();
    proof.checkpoint = note;
    proofs.push_back(transparency::encode_log_proof(proof));
  }
  const trust::TrustList list =
      trusted({{"trust.toml", list_of("tlog", "")},
               {"policy", log.policy("group g 3 w0 w1 w2 w3 w4\nquorum g\n")}});
  for (auto _ : state) {
    Court court(list, crypto::production_engines());
    for (std::uint64_t i = 0; i < kEntries; ++i) court.judge(proofs[i], items[i]);
  }
  state.counters["proofs_per_s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * kEntries, benchmark::Counter::kIsRate);
}

BENCHMARK(sigsum)
    ->Name("Sigsum")
    ->ArgNames({"proof", "libraries"})
    ->ArgsProduct({{0, 1, 2, 3, 4, 5}, {1, 2}});
BENCHMARK(shared_checkpoint)->Name("SharedCheckpoint")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heyan::bench

BENCHMARK_MAIN();
