// What a message of Electronic Court Filing costs, on one core.
//
//   Decode/VERSION    a filing, held against schema and rules, as a submission; 0: 4.01 with its
//                     document inside, 1: 5.0 with two parts, which are not read
//   Refuse            a message with a defect, and the answer that says so
//   Encode/KILOBYTES  the callback, with a report of that size inside
//   Validate/VERSION  the message alone, read and held against the schema. Counter xmllint_ms: what
//                     xmllint --timing says of the same file and schemas, also without its start
//                     and without compiling them; goal: not slower
//   Compile/VERSION   the schemas, once in a process. Counter xmllint_ms: the same of xmllint
#include <benchmark/benchmark.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

#include "court_adapters/adapter.h"
#include "court_adapters/ecf/schemas.h"

namespace heyan::court_adapters {

namespace ecf {
std::span<const markup::SchemaFile> files_5_0();
std::span<const markup::SchemaFile> files_4_01();
}  // namespace ecf

namespace {

const std::string kFolder = std::string(HEYAN_VECTORS) + "/courts/ecf/";
constexpr std::array<const char*, 2> kMessages = {"v4/ok-corefiling.xml", "v5/civil.xml"};
constexpr std::array<const char*, 2> kSchemas = {"4.01", "5.0"};

std::string contents_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The number before " ms" in the line of xmllint that begins with `what`; 0: none.
double xmllint_ms(std::size_t version, const std::string& what) {
  const std::string command = "xmllint --noout --timing --repeat --schema '" +
                              std::string(HEYAN_SOURCE) + "/court_adapters/ecf/schemas/" +
                              kSchemas[version] + "/all.xsd' '" + kFolder + kMessages[version] +
                              "' 2>&1";
  struct Close {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
  };
  const std::unique_ptr<std::FILE, Close> pipe(::popen(command.c_str(), "r"));
  if (!pipe) return 0;
  std::array<char, 512> line = {};
  while (std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
    const std::string_view text = line.data();
    if (!text.starts_with(what)) continue;
    return std::strtod(line.data() + what.size(), nullptr);
  }
  return 0;
}

// A message and its parts as they come to an adapter.
struct Sent {
  std::string text;
  std::array<std::string, 2> bodies = {std::string(563, 'a'), std::string(876, 'b')};
  contents::MemorySource root;
  std::array<contents::MemorySource, 2> sources;
  std::vector<Part> parts;
  Settings settings;
  Request request;

  explicit Sent(std::string message, bool multipart)
      : text(std::move(message)),
        root(core::as_bytes(text)),
        sources{contents::MemorySource(core::as_bytes(bodies[0])),
                contents::MemorySource(core::as_bytes(bodies[1]))} {
    for (std::size_t i = 0; multipart && i < sources.size(); ++i) {
      parts.push_back({.name = "payload" + std::to_string(i + 1) + "@efsp.example",
                       .file_name = {},
                       .content_type = "application/pdf",
                       .bytes = &sources[i]});
    }
    request.content_type = multipart ? "application/xop+xml" : "text/xml";
    request.message = &root;
    request.parts = parts;
    request.settings = &settings;
  }
  Sent(const Sent&) = delete;
  Sent& operator=(const Sent&) = delete;
};

std::unique_ptr<Sent> filing(std::int64_t version) {
  if (version == 0) {
    return std::make_unique<Sent>(contents_of(kFolder + kMessages[0]), false);
  }
  std::string text = contents_of(kFolder + "mtom/ok-hex.mime");
  text = text.substr(text.find("<?xml"));
  return std::make_unique<Sent>(text.substr(0, text.find("</soap:Envelope>") + 16), true);
}

const CourtAdapter& adapter(std::int64_t version) { return *find(version == 0 ? "ecf4" : "ecf5"); }

void Decode(benchmark::State& state) {
  const auto sent = filing(state.range(0));
  for (auto _ : state) {
    const auto read = adapter(state.range(0)).decode(sent->request, {});
    if (!read) state.SkipWithError("refused");
    benchmark::DoNotOptimize(read);
  }
}
BENCHMARK(Decode)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void Refuse(benchmark::State& state) {
  const auto sent = filing(1);
  sent->request.parts = {};
  for (auto _ : state) {
    const auto read = adapter(1).decode(sent->request, {});
    if (read) state.SkipWithError("taken");
    benchmark::DoNotOptimize(adapter(1).reject(sent->request, read.error()));
  }
}
BENCHMARK(Refuse)->Unit(benchmark::kMillisecond);

void Encode(benchmark::State& state) {
  const auto sent = filing(1);
  v1::Report report;
  report.set_verdict(v1::SUBMISSION_VERDICT_ALL_CONSISTENT);
  for (const char* id : {"1", "2"}) {
    v1::ItemReport& item = *report.add_evidence();
    item.set_id(id);
    item.set_verdict(v1::VERDICT_CONSISTENT);
  }
  const std::string bytes(static_cast<std::size_t>(state.range(0)) << 10U, 'r');
  Outcome outcome;
  outcome.report = &report;
  outcome.rendition = [&](std::string_view) -> core::Result<std::string> { return bytes; };
  for (auto _ : state) benchmark::DoNotOptimize(adapter(1).encode(sent->request, outcome));
}
BENCHMARK(Encode)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

void Validate(benchmark::State& state) {
  const auto version = static_cast<std::size_t>(state.range(0));
  const std::string text = contents_of(kFolder + kMessages[version]);
  const auto& schemas = ecf::schemas(version == 0 ? ecf::Version::k401 : ecf::Version::k50);
  for (auto _ : state) {
    const auto read = markup::Document::read(core::as_bytes(text));
    if (!read || !schemas.validate(read->root()).empty()) state.SkipWithError("invalid");
  }
  state.counters["xmllint_ms"] = xmllint_ms(version, "100 iterations took ") / 100;
}
BENCHMARK(Validate)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void Compile(benchmark::State& state) {
  const auto version = static_cast<std::size_t>(state.range(0));
  const auto files = version == 0 ? ecf::files_4_01() : ecf::files_5_0();
  for (auto _ : state) {
    if (!markup::SchemaSet::compile(files, "all.xsd")) state.SkipWithError("not compiled");
  }
  state.counters["xmllint_ms"] = xmllint_ms(version, "Compiling the schemas took ");
}
BENCHMARK(Compile)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heyan::court_adapters

BENCHMARK_MAIN();
