// The report log as it grows to ten million leaves, in a database on the disk (some 3 GB below
// TMPDIR; a quarter of an hour, where nothing else runs): is it as quick at the end as at the
// beginning? Measured in turns with a fresh log of ten thousand leaves, for machines are busy;
// processor time of this thread.
//
//   Append/N   fills until the log has N leaves (fill_per_s by the clock, in rounds of 4 096), then
//              two hundred rounds as the signer has them under load: 64 leaves, each appended by
//              itself, then the checkpoint, a commit for each of the two. leaf_us, of_small:
//              against the small log; round_ms: by the clock, the disk's two waits included
//   Proof/N    a leaf at random and its path under the whole log, in one transaction as the signer
//              has them. proof_us, of_small; hashes of a path, hashes_small
//
// Goal: of_small within 1.2. BENCH_LOG=FILE goes on with the log in that file, and leaves it there.
#include <benchmark/benchmark.h>

#include <chrono>
#include <random>

#include "gateway/report_log/report_log.h"
#include "gateway/report_log/schema.h"
#include "gateway/sqlite/transaction.h"
#include "tests/bench/processor_time.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::bench {
namespace {

using Clock = std::chrono::steady_clock;
using report_log::Head;

constexpr std::array kMigrations = {report_log::kTables};
constexpr sqlite::Layout kLayout{.application_id = 0x48594c67, .migrations = kMigrations};
constexpr std::size_t kRound = 64;
constexpr std::size_t kFillRound = 4'096;
constexpr std::size_t kRounds = 200;
constexpr std::uint64_t kSmall = 10'000;
constexpr std::int64_t kProofs = 20'000;

template <typename T>
T expect(core::Result<T> result) {
  if (!result) std::abort();
  return *std::move(result);
}
void expect(const core::Result<void>& result) {
  if (!result) std::abort();
}

// As long as the leaf of a report.
core::Bytes leaf(std::uint64_t number) {
  std::string text = R"({"at":"2026-11-28T00:00:00.000Z","intake":)" + std::to_string(number);
  text += R"(,"payload":")" + std::string(64, 'a') + R"(","type":"report"})";
  return core::to_bytes(std::string_view(text));
}

class Log {
 public:
  explicit Log(const char* file = nullptr)
      : database_(expect(sqlite::Database::open(
            file == nullptr ? folder_ / "log.db" : std::filesystem::path(file), kLayout))) {
    if (!database_.execute(report_log::kPages)) std::abort();
  }

  std::uint64_t size() const { return head_.size; }
  void fill(std::uint64_t size) {
    while (head_.size < size) round(std::min<std::uint64_t>(kFillRound, size - head_.size));
  }
  void round(std::uint64_t leaves) {
    auto appending = expect(sqlite::Transaction::begin(database_));
    for (std::uint64_t i = 0; i < leaves; ++i) {
      const core::Bytes bytes = leaf(head_.size);
      head_ = expect(log_->append(appending, head_, std::span(&bytes, 1)));
    }
    expect(appending.commit());
    auto signing = expect(sqlite::Transaction::begin(database_));
    const auto text = expect(transparency::encode_checkpoint({.origin = "log.example/report-log",
                                                              .size = head_.size,
                                                              .root = head_.root,
                                                              .extensions = {}}));
    expect(log_->store_checkpoint(signing, head_, text + "\n\u2014 log AAAAAAAA\n"));
    expect(signing.commit());
    [[maybe_unused]] const auto publishing = expect(log_->begin_reading());
  }
  // The hashes of its path.
  std::size_t prove(std::uint64_t index) {
    const auto reading = expect(log_->begin_reading());
    const std::size_t hashes = expect(log_->inclusion_proof(index, head_.size)).size();
    if (expect(log_->entry(index)).empty()) std::abort();
    return hashes;
  }

 private:
  os::TemporaryFolder folder_;
  sqlite::Database database_;
  std::unique_ptr<report_log::ReportLog> log_ = expect(report_log::ReportLog::open(database_));
  Head head_ = expect(log_->head());
};

Log& the_log() {
  static Log log(std::getenv("BENCH_LOG"));
  return log;
}

template <typename Work>
double seconds_of(const Work& work) {
  const double before = processor_seconds();
  work();
  return processor_seconds() - before;
}

void append(benchmark::State& state) {
  Log& log = the_log();
  Log small;
  small.fill(kSmall);
  double of_small = 0;
  double of_log = 0;
  Clock::duration waited{};
  for (auto _ : state) {
    const std::uint64_t before = log.size();
    const auto began = Clock::now();
    log.fill(static_cast<std::uint64_t>(state.range(0)));
    const std::chrono::duration<double> filled = Clock::now() - began;
    state.counters["fill_per_s"] = static_cast<double>(log.size() - before) / filled.count();
    for (std::size_t i = 0; i < kRounds; ++i) {
      of_small += seconds_of([&] { small.round(kRound); });
      const auto round_began = Clock::now();
      of_log += seconds_of([&] { log.round(kRound); });
      waited += Clock::now() - round_began;
    }
  }
  state.counters["leaf_us"] = of_log * 1e6 / (kRounds * kRound);
  state.counters["of_small"] = of_log / of_small;
  state.counters["round_ms"] = std::chrono::duration<double, std::milli>(waited).count() / kRounds;
}

void prove(benchmark::State& state) {
  Log& log = the_log();
  Log small;
  small.fill(kSmall);
  std::mt19937_64 random(1);
  std::size_t hashes = 0;
  std::size_t hashes_small = 0;
  double of_small = 0;
  double of_log = 0;
  for (auto _ : state) {
    of_small += seconds_of([&] { hashes_small += small.prove(random() % small.size()); });
    of_log += seconds_of([&] { hashes += log.prove(random() % log.size()); });
  }
  state.counters["proof_us"] = of_log * 1e6 / kProofs;
  state.counters["of_small"] = of_log / of_small;
  state.counters["hashes"] = static_cast<double>(hashes) / kProofs;
  state.counters["hashes_small"] = static_cast<double>(hashes_small) / kProofs;
}

// One after the other, for each goes on with the log of the one before.
void append_until(std::int64_t size) {
  benchmark::RegisterBenchmark("Append", append)
      ->Arg(size)
      ->Iterations(1)
      ->UseRealTime()
      ->Unit(benchmark::kSecond);
}
void prove_at(std::int64_t size) {
  benchmark::RegisterBenchmark("Proof", prove)
      ->Arg(size)
      ->Iterations(kProofs)
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace
}  // namespace heyan::bench

int main(int count, char** words) {
  using namespace heyan::bench;
  append_until(10'000);
  prove_at(10'000);
  for (std::int64_t million = 1; million <= 10; ++million) {
    append_until(million * 1'000'000);
    if (million == 1 || million == 10) prove_at(million * 1'000'000);
  }
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
