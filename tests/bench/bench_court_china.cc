// What a message of a Chinese court's system costs, on one core.
//
//   Decode             the national platform's filing: eight files registered, one sent
//   DecodeCatalogue/N  the same with a catalogue of N items, every file of which came (not read)
//   DecodeGb18030      the filing with the catalogue of the published set in GB18030
//   DecodeWorkbook     a catalogue of two items as a workbook, alone
//   Refuse             a filing with a defect, and the answer that says so
//   Encode/N           the answer with a report of N items, and the catalogue with verdicts
//   Record             a record of the court's chain: two RSA signatures checked, by two libraries
//   RecordEncode       its answer
#include <benchmark/benchmark.h>

#include <deque>
#include <fstream>
#include <iterator>
#include <memory>

#include "court_adapters/adapter.h"
#include "court_adapters/china/evidence_catalogue.h"

namespace heyan::court_adapters {
namespace {

const std::string kFolder = std::string(HEYAN_VECTORS) + "/courts/cn/";

std::string contents_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A message and its parts as they come to an adapter.
struct Sent {
  std::string text;
  contents::MemorySource source;
  std::deque<std::string> texts;
  std::deque<contents::MemorySource> sources;
  std::vector<Part> parts;
  Settings settings = {{"allowed_hosts", {"zxfy2-oss.example.court.test"}}};
  Request request;

  explicit Sent(std::string message) : text(std::move(message)), source(core::as_bytes(text)) {
    request.message = &source;
    request.received_at_ms = 1'772'640'000'000;
    request.settings = &settings;
  }
  Sent(const Sent&) = delete;
  Sent& operator=(const Sent&) = delete;

  void add(std::string name, std::string bytes) {
    const std::string& kept = texts.emplace_back(std::move(bytes));
    parts.push_back(
        {std::move(name), {}, "text/plain", &sources.emplace_back(core::as_bytes(kept))});
    request.parts = parts;
  }
};

std::string catalogue_of(std::int64_t items) {
  std::string text = "序号,证据名称,证据种类,证明目的,文件名,哈希算法,哈希值,存证时间\n";
  for (std::int64_t i = 1; i <= items; ++i) {
    text += std::to_string(i) +
            ",网页截图,书证,证明被告未经许可传播涉案作品,证据四-授权合同.docx,SM3," +
            std::string(64, 'a') + ",2026-03-01T08:02:00+08:00\n";
  }
  return text;
}

v1::Report report_of(std::int64_t items) {
  v1::Report report;
  report.set_verdict(v1::SUBMISSION_VERDICT_ATTENTION_REQUIRED);
  for (std::int64_t i = 1; i <= items; ++i) {
    v1::ItemReport& item = *report.add_evidence();
    item.set_id(std::to_string(i));
    item.set_verdict(v1::VERDICT_CONSISTENT);
  }
  return report;
}

void decode(benchmark::State& state, std::string_view adapter, const Sent& sent) {
  for (auto _ : state) {
    const auto read = find(adapter)->decode(sent.request, {});
    if (!read) state.SkipWithError("refused");
    benchmark::DoNotOptimize(read);
  }
}

void encode(benchmark::State& state, std::string_view adapter, const Sent& sent,
            std::int64_t items) {
  const v1::Report report = report_of(items);
  Outcome outcome;
  outcome.report = &report;
  for (auto _ : state) benchmark::DoNotOptimize(find(adapter)->encode(sent.request, outcome));
}

// The file that every catalogue here names.
constexpr const char* kFile = "fe0143729313badffba3fec76ca387b5";

void Decode(benchmark::State& state) {
  Sent sent(contents_of(kFolder + "zxfw/valid-civil.json"));
  sent.add(kFile, "bytes");
  decode(state, "micro_court", sent);
}
BENCHMARK(Decode)->Unit(benchmark::kMicrosecond);

void DecodeCatalogue(benchmark::State& state) {
  Sent sent(contents_of(kFolder + "zxfw/valid-civil.json"));
  sent.add("catalogue", catalogue_of(state.range(0)));
  sent.add(kFile, "bytes");
  decode(state, "micro_court", sent);
}
BENCHMARK(DecodeCatalogue)->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

void DecodeGb18030(benchmark::State& state) {
  Sent sent(contents_of(kFolder + "zxfw/valid-civil.json"));
  sent.add("catalogue", contents_of(kFolder + "zxfw/证据目录-gb18030.csv"));
  sent.add(kFile, "bytes");
  decode(state, "micro_court", sent);
}
BENCHMARK(DecodeGb18030)->Unit(benchmark::kMicrosecond);

void DecodeWorkbook(benchmark::State& state) {
  const std::string workbook =
      contents_of(std::string(HEYAN_VECTORS) + "/../fuzz/seeds/court_china/catalogue.xlsx");
  for (auto _ : state) {
    const auto read = china::read_catalogue(core::as_bytes(workbook), 1'772'640'000'000, {});
    if (!read) state.SkipWithError("refused");
    benchmark::DoNotOptimize(read);
  }
}
BENCHMARK(DecodeWorkbook)->Unit(benchmark::kMicrosecond);

void Refuse(benchmark::State& state) {
  const Sent sent(contents_of(kFolder + "zxfw/bad-amount.json"));
  for (auto _ : state) {
    const auto read = find("micro_court")->decode(sent.request, {});
    if (read) state.SkipWithError("taken");
    benchmark::DoNotOptimize(find("micro_court")->reject(sent.request, read.error()));
  }
}
BENCHMARK(Refuse)->Unit(benchmark::kMicrosecond);

void Encode(benchmark::State& state) {
  Sent sent(contents_of(kFolder + "zxfw/valid-civil.json"));
  sent.add("catalogue", catalogue_of(state.range(0)));
  encode(state, "micro_court", sent, state.range(0));
}
BENCHMARK(Encode)->Arg(4)->Arg(1'000)->Unit(benchmark::kMicrosecond);

std::unique_ptr<Sent> record() {
  auto sent = std::make_unique<Sent>(contents_of(kFolder + "netcourt/notaryCert-ok.json"));
  sent->add("token", contents_of(kFolder + "netcourt/notaryToken-ok.json"));
  sent->add("response", contents_of(kFolder + "netcourt/response-ok.json"));
  sent->add("file", "bytes");
  std::string key = contents_of(kFolder + "netcourt/account_public.pem");
  key = key.substr(key.find('\n') + 1);
  key = key.substr(0, key.find('-'));
  std::erase(key, '\n');
  sent->settings = {{"account_keys", {"COURTTEST1 " + key}}};
  return sent;
}

void Record(benchmark::State& state) { decode(state, "netcourt_hangzhou", *record()); }
BENCHMARK(Record)->Unit(benchmark::kMicrosecond);

void RecordEncode(benchmark::State& state) { encode(state, "netcourt_hangzhou", *record(), 1); }
BENCHMARK(RecordEncode)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace heyan::court_adapters

BENCHMARK_MAIN();
