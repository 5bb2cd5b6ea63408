// What the vault's encryption costs with SM4-GCM, as a ratio to AES-256-GCM within one run: less
// than 1 is slower. Both in turn, for machines are busy; processor time of this thread. The rates
// are MB (10^6 bytes) a second.
//
//   Seal    pieces of the vault's 256 KiB, encrypted in memory
//   Open    the same, decrypted
//   Files   files of 64 MiB sealed as the vault does it, SHA-256 and a temporary file in TMPDIR
//           included: choose one in memory
//   Sha256  alone, which is a part of Files
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "gateway/store/sealed_file.h"
#include "tests/bench/processor_time.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::bench {
namespace {

using core::Bytes;
using crypto::Aead;

constexpr std::size_t kPiece = store::StoredBytes::kPieceBytes;
constexpr std::size_t kFile = std::size_t{64} << 20;
constexpr std::size_t kPieces = 64;  // in each turn
constexpr double kMega = 1e6;

template <typename T>
T expect(core::Result<T> result) {
  if (!result) std::abort();
  return *std::move(result);
}
void expect(bool holds) {
  if (!holds) std::abort();
}

// `turn` handles so many bytes with the algorithm.
template <typename Turn>
void compare(benchmark::State& state, std::size_t bytes, Turn turn) {
  double aes = 0;
  double sm4 = 0;
  double handled = 0;
  for (auto _ : state) {
    for (const Aead with : {Aead::kAes256Gcm, Aead::kSm4Gcm}) {
      const double start = processor_seconds();
      turn(with);
      (with == Aead::kSm4Gcm ? sm4 : aes) += processor_seconds() - start;
    }
    handled += static_cast<double>(bytes);
  }
  state.counters["aes_MB_per_s"] = handled / aes / kMega;
  state.counters["sm4_MB_per_s"] = handled / sm4 / kMega;
  state.counters["ratio"] = aes / sm4;
}

Bytes key_of(Aead with) { return Bytes(crypto::key_bytes(with), 0x5a); }

void Seal(benchmark::State& state) {
  const Bytes nonce(crypto::kAeadNonceBytes);
  const Bytes piece(kPiece, 0xa5);
  compare(state, kPieces * kPiece, [&](Aead with) {
    for (std::size_t i = 0; i < kPieces; ++i) {
      benchmark::DoNotOptimize(crypto::seal_with(with, key_of(with), nonce, {}, piece));
    }
  });
}

void Open(benchmark::State& state) {
  const Bytes nonce(crypto::kAeadNonceBytes);
  const Bytes piece(kPiece, 0xa5);
  const std::array sealed = {
      crypto::seal_with(Aead::kAes256Gcm, key_of(Aead::kAes256Gcm), nonce, {}, piece),
      crypto::seal_with(Aead::kSm4Gcm, key_of(Aead::kSm4Gcm), nonce, {}, piece)};
  compare(state, kPieces * kPiece, [&](Aead with) {
    for (std::size_t i = 0; i < kPieces; ++i) {
      expect(crypto::open_with(with, key_of(with), nonce, {}, sealed[with == Aead::kSm4Gcm ? 1 : 0])
                 .has_value());
    }
  });
}

void Files(benchmark::State& state) {
  const os::TemporaryFolder folder;
  const std::string content(kFile, 'x');
  const auto path = folder.write("content", content);
  const Bytes sha256 = crypto::sha256(core::as_bytes(content));
  const store::VaultKey key = expect(store::VaultKey::draw());
  compare(state, kFile, [&](Aead with) {
    const os::Descriptor from(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const os::Descriptor to(::open(folder.path().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    expect(store::seal_file(from, to, with, key, sha256).has_value());
  });
}

void Sha256(benchmark::State& state) {
  const Bytes content(kFile, 'x');
  double seconds = 0;
  double handled = 0;
  for (auto _ : state) {
    const double start = processor_seconds();
    benchmark::DoNotOptimize(crypto::sha256(content));
    seconds += processor_seconds() - start;
    handled += static_cast<double>(kFile);
  }
  state.counters["MB_per_s"] = handled / seconds / kMega;
}

BENCHMARK(Seal)->Unit(benchmark::kMillisecond);
BENCHMARK(Open)->Unit(benchmark::kMillisecond);
BENCHMARK(Files)->Unit(benchmark::kMillisecond);
BENCHMARK(Sha256)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heyan::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (!heyan::crypto::is_there(heyan::crypto::Aead::kSm4Gcm)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
