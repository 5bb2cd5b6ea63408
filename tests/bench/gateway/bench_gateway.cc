// bench_gateway [--smoke] [HEYAN [KIND]]: how much the whole gateway takes: TLS with client
// certificates, sandboxed processes, fsync before the acknowledgement, log and signatures; client
// and gateway on one machine. Every case is another one, and every report is looked at.
//
//   ten       ten items whose records share a block
//   single    one item
//
// HEYAN: the program to measure, of another build say; KIND: that one alone, after the warm-up.
// Prints rates beside what bounds them, measured in the same run. --smoke: a few cases only; it
// ends well where all reports are there and right.
#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>
#include <thread>

#include "tests/bench/gateway/load.h"
#include "tests/bench/gateway/machine.h"

namespace heyan::bench {
namespace {

using ledgers::fabric::testing::Network;

constexpr std::size_t kConnections = 32;

double milliseconds_at(std::vector<Seconds> times, double share) {
  std::ranges::sort(times);
  const auto place = static_cast<std::size_t>(share * static_cast<double>(times.size() - 1));
  return times[place].count() * 1000;
}

double print_load(std::string_view name, std::size_t items, const Load& load) {
  std::vector<Seconds> acknowledged, reported;
  for (const Reported& one : load.reports) {
    acknowledged.push_back(one.acknowledged);
    reported.push_back(one.reported);
  }
  const auto cases = static_cast<double>(load.reports.size());
  const double rate = cases / load.took.count();
  std::printf(
      "%-8s %.1f cases/s, %.1f items/s; acknowledged p50 %.0f ms, p99 %.0f ms; reported p50 "
      "%.0f ms, p99 %.0f ms\n",
      std::string(name).c_str(), rate, rate * static_cast<double>(items),
      milliseconds_at(acknowledged, 0.5), milliseconds_at(acknowledged, 0.99),
      milliseconds_at(reported, 0.5), milliseconds_at(reported, 0.99));
  Seconds gateway{0};
  for (const auto& [kind, time] : load.gateway) gateway += time;
  std::printf(
      "         processor time of a case: gateway %.1f ms, client %.1f ms; %.2f of %u cores busy "
      "with it\n         of the gateway's: ",
      gateway.count() / cases * 1000, load.client.count() / cases * 1000,
      (gateway + load.client) / load.took, std::thread::hardware_concurrency());
  for (const auto& [kind, time] : load.gateway) {
    std::printf(" %s %.2f ms", kind.c_str(), time.count() / cases * 1000);
  }
  std::printf("\n");
  return rate;
}

struct Wanted {
  bool smoke = false;
  std::filesystem::path program = HEYAN_BINARY;
  std::string_view kind;  // empty: all
};

int run(const Wanted& wanted) {
  const bool smoke = wanted.smoke;
  const Network network;
  const auto folder =
      std::filesystem::temp_directory_path() / ("heyan-bench-trust-" + std::to_string(::getpid()));
  write_trust(network, folder);
  const Installation gateway(wanted.program, folder);
  std::filesystem::remove_all(folder);
  struct Kind {
    std::string_view name;
    std::size_t items;
    std::size_t cases;
  };
  std::vector<Kind> kinds = {{"warm-up", 1, 32}, {"ten", 10, 300}, {"single", 1, 1000}};
  if (smoke) kinds = {{"ten", 10, 4}, {"single", 1, 16}};
  double verified = 0, files = 0, appends = 0;
  if (!smoke) {
    verified = verified_per_second(network);
    files = durable_files_per_second(gateway.state());
    appends = durable_appends_per_second(gateway.state());
    std::printf(
        "machine  %u cores; one after the other: %.0f signatures/s with both libraries, %.0f "
        "files/s and %.0f appends/s made durable\n",
        std::thread::hardware_concurrency(), verified, files, appends);
  }
  std::size_t number = 0;
  for (const Kind& kind : kinds) {
    if (!wanted.kind.empty() && &kind != &kinds.front() && kind.name != wanted.kind) continue;
    std::vector<Filing> filings;
    for (std::size_t i = 0; i < kind.cases; ++i) {
      filings.push_back(make_filing(network, number++, kind.items));
    }
    const Load load = run_load(gateway, filings, smoke ? 4 : kConnections);
    const double rate = print_load(kind.name, kind.items, load);
    check_reports(gateway, filings, load);
    if (smoke) continue;
    const double most = verified * std::thread::hardware_concurrency() /
                        static_cast<double>(signatures_of(kind.items));
    std::printf(
        "         %.2f of what all cores could verify of the proofs' %zu signatures; %.2f "
        "cases for each durable file, %.2f for each durable append\n",
        rate / most, signatures_of(kind.items), rate / files, rate / appends);
  }
  return 0;
}

}  // namespace
}  // namespace heyan::bench

int main(int count, char** words) {
  std::span all(words + 1, static_cast<std::size_t>(count - 1));
  heyan::bench::Wanted wanted;
  if (!all.empty() && std::string_view(all.front()) == "--smoke") {
    wanted.smoke = true;
    all = all.subspan(1);
  }
  if (!all.empty()) wanted.program = all[0];
  if (all.size() > 1) wanted.kind = all[1];
  return heyan::bench::run(wanted);
}
