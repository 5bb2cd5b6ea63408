// What a report costs once it is judged, on one core.
//
//   PayloadAndSignatures  one item as JSON, signed twice; goal: at most 2 ms
//   Page/ITEMS            as HTML at the expert's level; one item, goal: at most 5 ms; 1 000:
//   linear Text/ITEMS            the same as text
//   Xml/ITEMS             the payload as ETSI XML, unsealed
#include <benchmark/benchmark.h>

#include <array>

#include "gateway/xml/validation_report.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/report/html.h"
#include "verifier/report/jws.h"
#include "verifier/report/payload.h"
#include "verifier/report/text.h"

namespace heyan::report {
namespace {

constexpr TextOptions kExpert{.language = catalogue::Language::kChinese,
                              .declared = nullptr,
                              .origin_unknown = false,
                              .level = Level::kExpert};

v1::Report report_of(std::int64_t items) {
  v1::Report report = testing::sample_report();
  const v1::ItemReport item = report.evidence(0);
  for (std::int64_t i = 1; i < items; ++i) *report.add_evidence() = item;
  return report;
}

ReportSigner signer(crypto::KeyAlgorithm algorithm) {
  auto key = crypto::SigningKey::generate(algorithm).value();
  auto certificate = key.self_signed("Report", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                                     *core::parse_rfc3339("2027-01-01T00:00:00Z"));
  return {std::move(key), {*std::move(certificate)}};
}

void PayloadAndSignatures(benchmark::State& state) {
  const v1::Report report = report_of(1);
  const std::array signers = {signer(crypto::KeyAlgorithm::kEcdsaP256),
                              signer(crypto::KeyAlgorithm::kSm2)};
  const core::UtcTime at = *core::parse_rfc3339("2026-12-01T00:00:00Z");
  for (auto _ : state) {
    const std::string payload = encode_payload(report);
    auto signed_report = sign_report(core::as_bytes(payload), signers, at);
    if (!signed_report) state.SkipWithError("not signed");
    benchmark::DoNotOptimize(signed_report);
  }
}
BENCHMARK(PayloadAndSignatures)->Unit(benchmark::kMillisecond);

void Page(benchmark::State& state) {
  const v1::Report report = report_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(render_html(report, kExpert));
}
BENCHMARK(Page)->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

void Text(benchmark::State& state) {
  const v1::Report report = report_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(render_text(report, kExpert));
}
BENCHMARK(Text)->Arg(1)->Arg(1000)->Unit(benchmark::kMillisecond);

void Xml(benchmark::State& state) {
  const std::string payload = encode_payload(report_of(state.range(0)));
  for (auto _ : state) {
    const auto file = xml::write_validation_report(core::as_bytes(payload));
    if (!file) state.SkipWithError("not written");
    benchmark::DoNotOptimize(file);
  }
}
BENCHMARK(Xml)->Arg(1)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heyan::report

BENCHMARK_MAIN();
