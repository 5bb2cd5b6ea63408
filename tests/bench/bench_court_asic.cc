// Court containers: what one costs to take in and to write, beside the bytes alone.
//
//   decode of an ASiC-E container with three files and a signature, against hashing its files; a
//   report's ASiC-S container written and checked, against its two signatures
#include <benchmark/benchmark.h>

#include <array>
#include <fstream>
#include <iterator>

#include "court_adapters/adapter.h"
#include "gateway/asic/container.h"
#include "verifier/crypto/cms.h"
#include "verifier/crypto/signing.h"

namespace heyan {
namespace {

core::Bytes vector_bytes(const std::string& path) {
  std::ifstream in(std::string(HEYAN_VECTORS) + "/courts/asic/" + path, std::ios::binary);
  return core::Bytes(std::istreambuf_iterator<char>(in), {});
}

// As the box does: a filing, and every file written out of the container.
void decode(benchmark::State& state, const std::string& name) {
  const core::Bytes bytes = vector_bytes(name);
  const contents::MemorySource source(bytes);
  const court_adapters::CourtAdapter& adapter = *court_adapters::find("asic");
  const court_adapters::Settings settings;
  court_adapters::Request request;
  request.message = &source;
  request.settings = &settings;
  std::size_t written = 0;
  for (auto _ : state) {
    const auto filing = adapter.decode(request, {});
    if (!filing) {
      state.SkipWithError("the container is refused");
      return;
    }
    for (const court_adapters::File& file : filing->files) {
      const auto& from =
          std::get<std::function<core::Result<void>(const court_adapters::Write&)>>(file.from);
      const auto read = from([&](core::ByteView chunk) -> core::Result<void> {
        written += chunk.size();
        return {};
      });
      if (!read) state.SkipWithError("a file cannot be read");
    }
  }
  benchmark::DoNotOptimize(written);
}
BENCHMARK_CAPTURE(decode, cades, "own-e-ok-chinese.asice")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decode, xades, "own-x-ok.asice")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decode, long_term, "cades-e-ok-lta.asice")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decode, time_stamp, "tst-s-ok.asics")->Unit(benchmark::kMicrosecond);

// A report of 400 KiB, as large as its PDF is.
struct Report {
  crypto::SigningKey key = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
  crypto::Certificate certificate =
      *key.self_signed("Bench", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                       *core::parse_rfc3339("2030-01-01T00:00:00Z"));
  core::Bytes pdf = core::Bytes(400u << 10, 'x');
  std::string write() const {
    const auto cms = crypto::sign_cms(key, certificate, crypto::sha256(pdf), core::Bytes(32, 1));
    return *asic::write_container(pdf, *cms);
  }
};

void write_container(benchmark::State& state) {
  const Report report;
  for (auto _ : state) benchmark::DoNotOptimize(report.write());
}
BENCHMARK(write_container)->Unit(benchmark::kMicrosecond);

void check_container(benchmark::State& state) {
  const Report report;
  const std::string file = report.write();
  const std::array pinned = {report.key.public_key()};
  for (auto _ : state) {
    crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
    if (asic::check_container(core::as_bytes(file), pinned, checker).seal.fault !=
        report::SealFault::kNone) {
      state.SkipWithError("the container does not hold");
    }
  }
}
BENCHMARK(check_container)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace heyan

BENCHMARK_MAIN();
