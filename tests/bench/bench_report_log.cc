// The report log as it grows to ten million leaves, in a database on the disk (some 3 GB below
// TMPDIR, half an hour): is it as quick at the end as at the beginning?
//
//   Append/N   until the log has N leaves. Every hundred thousand leaves a hundred rounds as the
//              signer has them under load (64 leaves, each appended by itself; then the checkpoint;
//              a commit for each of the two), the rest in rounds of 4 096. Counters: leaf_us,
//              processor time of a leaf in the signer's rounds; of_first, that against
//              Append/10000; round_ms, by the clock, the disk's two waits included; leaves_per_s,
//              all of it
//   Proof/N    a leaf at random and its path under the whole log, in one transaction as the signer
//              has them. Counters: hashes, of a path; proof_us, processor time; of_first, that
//              against Proof/10000. Goal: of_first of both within 1.2
#include <benchmark/benchmark.h>

#include <chrono>
#include <random>

#include "gateway/report_log/report_log.h"
#include "gateway/report_log/schema.h"
#include "tests/bench/processor_time.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::bench {
namespace {

using Clock = std::chrono::steady_clock;
using report_log::Head;

constexpr std::array kMigrations = {report_log::kTables};
constexpr sqlite::Layout kLayout{.application_id = 0x48594c67, .migrations = kMigrations};
constexpr std::size_t kRound = 64;
constexpr std::size_t kLargeRound = 4'096;
constexpr std::size_t kRounds = 100;
constexpr std::uint64_t kEvery = 100'000;

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

class GrowingLog {
 public:
  // Until it is so large.
  void grow(std::uint64_t size) {
    while (head_.size < size) {
      const bool measured = head_.size % kEvery < kRound * kRounds;
      const std::uint64_t next_measured = (head_.size / kEvery + 1) * kEvery;
      const std::uint64_t end = std::min(
          size, measured ? head_.size + kRound : std::min(head_.size + kLargeRound, next_measured));
      const auto begin = Clock::now();
      const double before = processor_seconds();
      const std::uint64_t count = end - head_.size;
      round(end);
      if (!measured) continue;
      processor_ += processor_seconds() - before;
      clock_ += Clock::now() - begin;
      leaves_ += count;
      ++rounds_;
    }
  }
  double leaf_us() const { return processor_ * 1e6 / static_cast<double>(leaves_); }
  double round_ms() const {
    return std::chrono::duration<double, std::milli>(clock_).count() / static_cast<double>(rounds_);
  }
  void forget_times() {
    processor_ = 0;
    clock_ = {};
    leaves_ = rounds_ = 0;
  }

  std::size_t prove(std::uint64_t index) {
    const auto reading = expect(log_->begin_reading());
    const std::size_t hashes = expect(log_->inclusion_proof(index, head_.size)).size();
    if (expect(log_->entry(index)).empty()) std::abort();
    return hashes;
  }
  std::uint64_t size() const { return head_.size; }

 private:
  os::TemporaryFolder folder_;
  sqlite::Database database_ = expect(sqlite::Database::open(folder_ / "log.db", kLayout));
  std::unique_ptr<report_log::ReportLog> log_ = expect(report_log::ReportLog::open(database_));
  Head head_ = expect(log_->head());
  double processor_ = 0;
  Clock::duration clock_{};
  std::uint64_t leaves_ = 0;
  std::uint64_t rounds_ = 0;

  void round(std::uint64_t end) {
    auto appending = expect(sqlite::Transaction::begin(database_));
    while (head_.size < end) {
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
};

GrowingLog& the_log() {
  static GrowingLog log;
  return log;
}

void append(benchmark::State& state) {
  static double first = 0;
  GrowingLog& log = the_log();
  const std::uint64_t before = log.size();
  log.forget_times();
  for (auto _ : state) log.grow(static_cast<std::uint64_t>(state.range(0)));
  if (first == 0) first = log.leaf_us();
  state.counters["leaf_us"] = log.leaf_us();
  state.counters["of_first"] = log.leaf_us() / first;
  state.counters["round_ms"] = log.round_ms();
  state.counters["leaves_per_s"] =
      benchmark::Counter(static_cast<double>(log.size() - before), benchmark::Counter::kIsRate);
}

void prove(benchmark::State& state) {
  static std::map<std::int64_t, double> found;
  GrowingLog& log = the_log();
  std::mt19937_64 random(1);
  std::size_t hashes = 0;
  const double before = processor_seconds();
  for (auto _ : state) hashes += log.prove(random() % log.size());
  const auto times = static_cast<double>(state.iterations());
  found[state.range(0)] = (processor_seconds() - before) * 1e6 / times;
  state.counters["hashes"] = static_cast<double>(hashes) / times;
  state.counters["proof_us"] = found[state.range(0)];
  state.counters["of_first"] = found[state.range(0)] / found.begin()->second;
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
  benchmark::RegisterBenchmark("Proof", prove)->Arg(size)->Unit(benchmark::kMicrosecond);
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
