// Time stamps per second on one core, each a token of its own over a file of its own, within one
// run:
//
//   Tokens/ALGORITHM    one submission of 100 tokens, as production judges (two libraries), and how
//                       near that comes to the libraries' own work on the same signatures:
//                       `of_limit` 0.9 means that nine tenths of the time are theirs
//   Programs/ALGORITHM  the same tokens in one case by `heyan verify`, and one after the other by
//                       `openssl ts -verify`: `ratio` of tokens per second; `in_process_ratio` of
//                       the judging alone
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/bench/library_share.h"
#include "verifier/ledgers/ledger.h"
#include "verifier/trust/policy.h"

namespace heyan {
namespace {

constexpr std::size_t kTokens = 100;
constexpr std::string_view kAt = "2030-01-01T00:00:00Z";

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Tokens of a CA and an authority under it, made by the openssl command in a folder of their own.
class Filed {
 public:
  explicit Filed(const std::string& key) {
    std::string name = (std::filesystem::temp_directory_path() / "heyan-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
    write("tsa.cnf",
          "[t]\nserial = s\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\n"
          "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\n"
          "ess_cert_id_alg = sha256\n[u]\nextendedKeyUsage = critical,timeStamping\n");
    write("s", "01\n");
    run("openssl req -x509 -newkey " + key + " -nodes -keyout ca.key -out ca.pem -subj /CN=CA");
    run("openssl req -newkey " + key + " -nodes -keyout tsa.key -out tsa.csr -subj /CN=TSA");
    run("openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -extfile tsa.cnf -extensions u "
        "-out tsa.pem");
    std::string items;
    for (std::size_t i = 0; i < kTokens; ++i) {
      const std::string at = std::to_string(i);
      write("d" + at, "file " + at);
      run("openssl ts -query -data d" + at +
          " -sha256 -cert -out q && openssl ts -reply -config "
          "tsa.cnf -section t -queryfile q -out r" +
          at);
      tokens.push_back(read("r" + at));
      items += std::string(i == 0 ? "" : ",") + R"({"id":"E)" + at + R"(","file":{"path":"d)" + at +
               R"("},"proofs":[{"format":"rfc3161","path":"r)" + at + "\"}]}";
    }
    write("case.json", R"({"schema":"heyan.submission.v1","evidence":[)" + items + "]}");
    write("trust.toml", std::string(kTrust));
  }
  ~Filed() { std::filesystem::remove_all(folder_); }
  Filed(const Filed&) = delete;
  Filed& operator=(const Filed&) = delete;

  bool run(const std::string& command) const {
    const std::string all = "cd '" + folder_.string() + "' && (" + command + ") >log 2>&1";
    return std::system(all.c_str()) == 0;
  }
  core::Bytes read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  v1::ItemRecord measured(std::size_t at) const {
    v1::ItemRecord record;
    v1::MeasuredDigest& digest = *record.mutable_measured()->add_digests();
    digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    digest.set_first(core::to_string(crypto::sha256(read("d" + std::to_string(at)))));
    digest.set_second(digest.first());
    return record;
  }
  trust::TrustList trust() const {
    const auto files = [this](std::string_view path) -> core::Result<core::Bytes> {
      return read(std::string(path));
    };
    auto list = trust::parse_trust_list("trust.toml", files, {});
    if (!list) std::abort();
    return *std::move(list);
  }

  std::vector<core::Bytes> tokens;

 private:
  static constexpr std::string_view kTrust = R"([list]
id = "l"
version = 1
issued = 2026-01-01T00:00:00Z
next_update = 2036-01-01T00:00:00Z
[[institution]]
id = "tsa"
kind = "timestamp"
  [[institution.ca]]
  file = "ca.pem"
[[tsa]]
institution = "tsa"
class = "private"
)";
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::filesystem::path folder_;
};

// One submission, an item a token.
void judge(const Filed& filed, const trust::TrustList& trust,
           const std::vector<v1::ItemRecord>& measured, const crypto::Engines& engines) {
  const core::Limits limits;
  crypto::SignatureChecker checker(engines, limits);
  const v1::CaseRecord record;
  const v1::Circumstances circumstances;
  const Judging judging{
      record,  circumstances, trust, trust::default_policy(), *core::parse_rfc3339(kAt),
      checker, limits};
  const v1::Proof declared;
  const ledgers::Ledger& ledger = *ledgers::by_format("rfc3161");
  for (std::size_t i = 0; i < filed.tokens.size(); ++i) {
    const core::Bytes digest = crypto::sha256(filed.tokens[i]);
    const ledgers::ProofView proof{&declared, filed.tokens[i], digest};
    const auto judged = ledger.judge(std::span(&proof, 1), {}, measured[i], {}, judging);
    if (!judged || judged->front().proof_outcome() != v1::PROOF_OUTCOME_ACCEPT) std::abort();
  }
}

std::vector<v1::ItemRecord> measured_of(const Filed& filed) {
  std::vector<v1::ItemRecord> measured;
  for (std::size_t i = 0; i < kTokens; ++i) measured.push_back(filed.measured(i));
  return measured;
}

void tokens(benchmark::State& state, const std::string& key) {
  const Filed filed(key);
  const auto trust = filed.trust();
  const auto measured = measured_of(filed);
  const crypto::Engines engines = crypto::production_engines();
  std::vector<bench::Question> questions;
  const bench::Recorder first(*engines.first, questions);
  judge(filed, trust, measured, {&first, nullptr});
  double judged = 0;
  double library = 0;
  for (auto _ : state) {
    const double start = cpu_seconds();
    judge(filed, trust, measured, engines);
    const double middle = cpu_seconds();
    bench::ask_again(questions, *engines.first);
    bench::ask_again(questions, *engines.second);
    library += cpu_seconds() - middle;
    judged += middle - start;
  }
  state.counters["tokens_per_s"] = static_cast<double>(kTokens * state.iterations()) / judged;
  state.counters["signatures"] = static_cast<double>(questions.size());
  state.counters["of_limit"] = library / judged;
}

void programs(benchmark::State& state, const std::string& key) {
  const Filed filed(key);
  const auto trust = filed.trust();
  const auto measured = measured_of(filed);
  const std::string verify = std::string(HEYAN_BINARY) + " verify . --trust trust.toml --at " +
                             std::string(kAt) + " --format json; test $? = 11";
  const std::string each =
      "for i in $(seq 0 " + std::to_string(kTokens - 1) +
      "); do openssl ts -verify -data d$i -in r$i -CAfile ca.pem || exit 1; done";
  double ours = 0;
  double judged = 0;
  double theirs = 0;
  for (auto _ : state) {
    const double start = wall_seconds();
    if (!filed.run(verify)) state.SkipWithError("heyan failed");
    const double judging = wall_seconds();
    judge(filed, trust, measured, crypto::production_engines());
    const double others = wall_seconds();
    if (!filed.run(each)) state.SkipWithError("openssl failed");
    theirs += wall_seconds() - others;
    judged += others - judging;
    ours += judging - start;
  }
  const double all = static_cast<double>(kTokens * state.iterations());
  state.counters["heyan_per_s"] = all / ours;
  state.counters["openssl_per_s"] = all / theirs;
  state.counters["ratio"] = theirs / ours;
  state.counters["in_process_ratio"] = theirs / judged;
}

BENCHMARK_CAPTURE(tokens, rsa2048, std::string("rsa:2048"))->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tokens, p256, std::string("ec -pkeyopt ec_paramgen_curve:P-256"))
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(programs, rsa2048, std::string("rsa:2048"))
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);
BENCHMARK_CAPTURE(programs, p256, std::string("ec -pkeyopt ec_paramgen_curve:P-256"))
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);

}  // namespace
}  // namespace heyan

BENCHMARK_MAIN();
