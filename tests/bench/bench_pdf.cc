// One item, as a judge reads it, to PDF: goal at most 50 ms on one core, without the signer's
// answer and a time stamp. A thousand items: linear.
#include <benchmark/benchmark.h>

#include "gateway/pdf/complete.h"
#include "gateway/pdf/print.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/report/sections.h"

namespace heyan::pdf {
namespace {

report::Document document_of(std::int64_t items) {
  v1::Report report = report::testing::sample_report();
  const v1::ItemReport item = report.evidence(0);
  for (std::int64_t i = 1; i < items; ++i) *report.add_evidence() = item;
  return report::build_document(report, {});
}

void print_and_complete(benchmark::State& state) {
  const auto fonts = Fonts::load(HEYAN_FONTS);
  if (!fonts) {
    state.SkipWithError("no fonts");
    return;
  }
  const report::Document document = document_of(state.range(0));
  const PrintOptions options{.as_of = {}, .statement = "HY1." + std::string(340, 'A')};
  const std::vector<Attachment> attachments = {
      {std::string(kPayloadName), std::string(kPayloadType),
       std::string(12'000 * static_cast<std::size_t>(state.range(0)), '{')},
      {std::string(kSignedName), std::string(kSignedType),
       std::string(20'000 * static_cast<std::size_t>(state.range(0)), '{')}};
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto pages = print(document, options, *fonts);
    const auto file = complete_for_seal(*pages, document.language, attachments, core::Bytes(32, 1),
                                        options.as_of);
    bytes = file->size();
    benchmark::DoNotOptimize(bytes);
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(print_and_complete)->Arg(1)->Arg(40)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heyan::pdf

BENCHMARK_MAIN();
