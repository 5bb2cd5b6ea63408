// What an OpenTimestamps proof costs.
//
//   Evaluate          one real proof against a court's header, in the process
//   Tables            the real checkpoints and 2017 headers, read and checked, as at each start
//   Verify/ITEMS      `heyan verify` as a process: a case of that many items, each with a proof of
//                     its own. Counters: ms_per_proof; reference_ms, one process of
//                     python-opentimestamps that reads and verifies one such proof, as `ots verify`
//                     does, timed in the same run; times, how often ours is faster. Goal: 20
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "verifier/ledgers/opentimestamps/evaluation.h"

namespace heyan::ledgers::opentimestamps {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = std::string(HEYAN_VECTORS) + "/timestamps/";
constexpr std::string_view kHeight = "358391";
constexpr int kReferenceRuns = 5;

core::Bytes contents_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string header_line() {
  return std::string(kHeight) + "\t" +
         core::to_hex(contents_of(kFolder + "ots/headers/" + std::string(kHeight) + ".hdr")) + "\n";
}

// The real proof with a calendar of that name beside its block, so that no two are alike.
std::string proof(int number) {
  constexpr std::size_t kBegin = 31 + 1 + 1 + 32;
  std::string bytes = core::to_string(contents_of(kFolder + "ots/examples/hello-world.txt.ots"));
  std::string uri = std::to_string(number);
  std::string pending =
      core::to_string(core::from_hex("ff0083dfe30d2ef90c8e").value_or(core::Bytes()));
  pending += static_cast<char>(uri.size() + 1);
  pending += static_cast<char>(uri.size());
  return bytes.insert(kBegin, pending + uri);
}

// A trust list, and a case whose items have such proofs; gone with the object.
class Filed {
 public:
  explicit Filed(int items)
      : folder_(fs::temp_directory_path() /
                ("bench-ots-" + std::to_string(std::random_device()()))) {
    write(
        folder_ / "trust/trust.toml",
        "[list]\nid = \"t\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
        "next_update = 2036-01-01T00:00:00Z\n[[ledger]]\nid = \"bitcoin\"\n"
        "format = \"opentimestamps\"\nname = { zh = \"比特币\", en = \"Bitcoin\" }\n"
        "[ledger.opentimestamps]\nheaders = \"headers.tsv\"\ncheckpoints = \"checkpoints.tsv\"\n");
    write(folder_ / "trust/headers.tsv", header_line());
    fs::copy(kFolder + "btc-headers/checkpoints.tsv", folder_ / "trust/checkpoints.tsv");
    write(folder_ / "case/document",
          core::to_string(contents_of(kFolder + "ots/examples/hello-world.txt")));
    std::string evidence;
    for (int i = 0; i < items; ++i) {
      const std::string name = std::to_string(i);
      write(folder_ / "case" / (name + ".ots"), proof(i));
      evidence += (i == 0 ? "" : ",") + ("{\"id\":\"" + name) +
                  "\",\"file\":{\"path\":\"document\"},\"proofs\":[{\"path\":\"" + name +
                  ".ots\"}]}";
    }
    write(folder_ / "case/case.json",
          "{\"schema\":\"heyan.submission.v1\",\"evidence\":[" + evidence + "]}");
  }
  ~Filed() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Filed(const Filed&) = delete;
  Filed& operator=(const Filed&) = delete;

  std::string path(std::string_view name) const { return (folder_ / name).string(); }

 private:
  fs::path folder_;
};

// Milliseconds of a command that must print `expected`; 0 where it does not.
double timed(const std::string& command, const std::string& out, std::string_view expected) {
  const auto start = std::chrono::steady_clock::now();
  if (std::system((command + " > " + out).c_str()) == -1) return 0;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  const core::Bytes printed = contents_of(out);
  return core::as_text(printed).find(expected) == std::string_view::npos ? 0 : took.count();
}

void Evaluate(benchmark::State& state) {
  const core::Bytes bytes = contents_of(kFolder + "ots/examples/hello-world.txt.ots");
  const auto periods = Periods::read(contents_of(kFolder + "btc-headers/checkpoints.tsv"));
  const auto headers = read_table(core::as_bytes(header_line()));
  for (auto _ : state) {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    const auto evaluation = evaluate(bytes, *headers, *periods, checker);
    if (!evaluation || evaluation->best() == nullptr) state.SkipWithError("not proved");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(Evaluate)->Unit(benchmark::kMicrosecond);

void Tables(benchmark::State& state) {
  const core::Bytes checkpoints = contents_of(kFolder + "btc-headers/checkpoints.tsv");
  const core::Bytes headers = contents_of(kFolder + "btc-headers/mainnet-0-2016.tsv");
  for (auto _ : state) {
    auto periods = Periods::read(checkpoints);
    const auto table = read_table(headers);
    if (!periods || !table || !check_table(*table, *periods).empty())
      state.SkipWithError("not sound");
  }
}
BENCHMARK(Tables)->Unit(benchmark::kMillisecond);

void Verify(benchmark::State& state) {
  const int items = static_cast<int>(state.range(0));
  const Filed filed(items);
  const std::string ours = std::string(HEYAN_BINARY) + " verify " + filed.path("case") +
                           " --format json --trust " + filed.path("trust/trust.toml");
  const std::string reference = std::string(HEYAN_VECTORS) + "/../functional/ots_reference.py " +
                                filed.path("trust/headers.tsv") + " " + filed.path("case/0.ots");
  double ours_ms = 0;
  double reference_ms = 0;
  for (auto _ : state) {
    const double one = timed(ours, filed.path("out"), "\"block\":358391");
    if (one == 0) return state.SkipWithError("heyan verify does not prove it");
    ours_ms += one / items;
    for (int i = 0; i < kReferenceRuns; ++i) {
      const double run = timed(reference, filed.path("out"), "bitcoin 358391 valid");
      if (run == 0) return state.SkipWithError("python3-opentimestamps does not verify it");
      reference_ms += run / kReferenceRuns;
    }
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["ms_per_proof"] = ours_ms / runs;
  state.counters["reference_ms"] = reference_ms / runs;
  state.counters["times"] = reference_ms / ours_ms;
}
BENCHMARK(Verify)->Arg(1)->Arg(200)->Unit(benchmark::kMillisecond)->Iterations(5)->UseRealTime();

}  // namespace
}  // namespace heyan::ledgers::opentimestamps

BENCHMARK_MAIN();
