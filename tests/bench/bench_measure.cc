// How fast evidence is measured, as ratios within one run: more than 1 is faster than what it is
// compared with.
//
//   Sha256AgainstOpenssl     SHA-256 by one library, streamed, against `openssl dgst -sha256` on
//   the same file HeyanHashAgainstOpenssl  `heyan hash --algorithm sha-256`: two libraries, two
//   threads, against the same BothAgainstSm3           SHA-256 and SM3 by one library each against
//   SM3 alone, two threads BothTwiceAgainstSm3Twice SHA-256 and SM3 by two libraries each against
//   SM3 by two, two threads
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/intake/hash_pipeline.h"
#include "gateway/os/folder.h"

extern char** environ;

namespace heyan::cli {
namespace {

using Clock = std::chrono::steady_clock;
using Hashers = std::vector<std::unique_ptr<crypto::Hasher>>;

constexpr std::size_t kFileMebibytes = 512;

// Made once, removed at the end; read once, so that every run finds it in memory.
class EvidenceFile {
 public:
  EvidenceFile() : path_(std::filesystem::temp_directory_path() / "heyan-bench-evidence") {
    std::ofstream out(path_, std::ios::binary);
    std::string mebibyte(1u << 20, '\0');
    for (std::size_t i = 0; i < kFileMebibytes; ++i) {
      for (std::size_t j = 0; j < mebibyte.size(); ++j) {
        mebibyte[j] = static_cast<char>((i * 131 + j * 7 + (j >> 8)) & 0xff);
      }
      out.write(mebibyte.data(), static_cast<std::streamsize>(mebibyte.size()));
    }
  }
  ~EvidenceFile() { std::filesystem::remove(path_); }
  EvidenceFile(const EvidenceFile&) = delete;
  EvidenceFile& operator=(const EvidenceFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

const EvidenceFile& evidence() {
  static const EvidenceFile file;
  return file;
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double run_program(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto start = Clock::now();
  pid_t child = 0;
  int status = -1;
  if (posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0 ||
      waitpid(child, &status, 0) != child || status != 0) {
    std::abort();
  }
  posix_spawn_file_actions_destroy(&actions);
  return seconds_since(start);
}

double hash_file(Hashers hashers, unsigned threads) {
  const auto start = Clock::now();
  const auto file = os::open_named_file(evidence().path());
  intake::HashPipeline pipeline(std::move(hashers), threads);
  if (!file || !file->read_all(pipeline)) std::abort();
  benchmark::DoNotOptimize(pipeline.finish());
  return seconds_since(start);
}

Hashers one_library(std::initializer_list<crypto::Hash> hashes) {
  Hashers hashers;
  for (const crypto::Hash hash : hashes) hashers.push_back(crypto::openssl_hasher(hash));
  return hashers;
}

Hashers two_libraries(std::initializer_list<crypto::Hash> hashes) {
  Hashers hashers = one_library(hashes);
  for (const crypto::Hash hash : hashes) hashers.push_back(crypto::botan_hasher(hash));
  return hashers;
}

// Alternates, so that both see the same machine; reports how many times faster `ours` is.
template <typename Ours, typename Theirs>
void compare(benchmark::State& state, const Ours& ours, const Theirs& theirs) {
  evidence();
  theirs();
  double our_seconds = 0;
  double their_seconds = 0;
  for (auto _ : state) {
    their_seconds += theirs();
    our_seconds += ours();
  }
  const auto bytes = static_cast<double>(kFileMebibytes) * static_cast<double>(state.iterations());
  state.counters["ratio"] = their_seconds / our_seconds;
  state.counters["MiB_per_s"] = bytes / our_seconds;
  state.counters["compared_MiB_per_s"] = bytes / their_seconds;
}

double openssl_dgst() { return run_program({"openssl", "dgst", "-sha256", evidence().path()}); }

void sha256_against_openssl(benchmark::State& state) {
  compare(state, [] { return hash_file(one_library({crypto::Hash::kSha256}), 1); }, openssl_dgst);
}

void heyan_hash_against_openssl(benchmark::State& state) {
  const auto ours = [] {
    return run_program({HEYAN_BINARY, "hash", "--algorithm", "sha-256", evidence().path()});
  };
  compare(state, ours, openssl_dgst);
}

void both_against_sm3(benchmark::State& state) {
  const auto both = [] {
    return hash_file(one_library({crypto::Hash::kSha256, crypto::Hash::kSm3}), 2);
  };
  compare(state, both, [] { return hash_file(one_library({crypto::Hash::kSm3}), 2); });
}

void both_twice_against_sm3_twice(benchmark::State& state) {
  const auto both = [] {
    return hash_file(two_libraries({crypto::Hash::kSha256, crypto::Hash::kSm3}), 2);
  };
  compare(state, both, [] { return hash_file(two_libraries({crypto::Hash::kSm3}), 2); });
}

BENCHMARK(sha256_against_openssl)->Name("Sha256AgainstOpenssl")->Iterations(8)->UseRealTime();
BENCHMARK(heyan_hash_against_openssl)
    ->Name("HeyanHashAgainstOpenssl")
    ->Iterations(8)
    ->UseRealTime();
BENCHMARK(both_against_sm3)->Name("BothAgainstSm3")->Iterations(4)->UseRealTime();
BENCHMARK(both_twice_against_sm3_twice)
    ->Name("BothTwiceAgainstSm3Twice")
    ->Iterations(4)
    ->UseRealTime();

}  // namespace
}  // namespace heyan::cli

BENCHMARK_MAIN();
