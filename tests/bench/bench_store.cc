// The front's store as it grows to ten million reports, in a file of SQLite on the disk: is it as
// quick at the end as at the beginning? Measured in turns with a store of ten thousand, for
// machines are busy; by the clock and by the processor time of this thread.
//
//   Fill/N      rows as the store's own ways leave them, until there are N, a table after the
//   other:
//               bytes_per_report with receipt, session and envelope of 100 bytes each, fill_per_s
//   Report/N    a report by its number, at random
//   Case/N      a submission by its id, with its files and the numbers of its reports
//   List/N      the first page of a court's list, and of an account's
//   Attention/N the first page of a court's list, those that want attention first: none does
//   Search/N    a court's list by the number of a report
//   Name/N      a court's list by a party's name that none has: every case is looked at
//   File/N      a case filed, taken up and reported by the store's own calls, and on the disk
//
// us, of_small: by the clock, and against the small store; cpu_of_small: processor time. Goal:
// within 1.2. 30 GB below TMPDIR, 8 GB of memory, and an hour. BENCH_STORE=FILE goes on with the
// store in that file, and leaves it there; BENCH_REPORTS=N stops at N.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <random>

#include "gateway/sql/statement_cache.h"
#include "gateway/sqlite/database.h"
#include "gateway/sqlite/transaction.h"
#include "gateway/store/schema.h"
#include "gateway/store/store.h"
#include "tests/bench/processor_time.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kShort = 100;  // receipt, session, envelope
constexpr std::uint64_t kSmall = 10'000;
constexpr std::uint64_t kCourts = 50, kAccounts = 100;  // of a court

template <typename T>
T expect(core::Result<T> result) {
  if (!result) std::abort();
  return *std::move(result);
}
void expect(const core::Result<void>& result) {
  if (!result) std::abort();
}

std::uint64_t mixed(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}
core::Bytes digest_of(std::uint64_t number) {
  core::Bytes digest;
  for (unsigned byte = 0; byte < 32; ++byte) {
    digest.push_back(static_cast<std::uint8_t>(mixed(number * 4 + byte / 8) >> (8 * (byte % 8))));
  }
  return digest;
}
std::string drawn_of(std::uint64_t number) { return core::to_hex(digest_of(number)).substr(0, 32); }
std::string report_of(std::uint64_t number) { return "HY-" + drawn_of(number + (1ull << 60)); }
std::string court_of(std::uint64_t number) { return "01" + std::to_string(50 + number % kCourts); }
std::string account_of(std::uint64_t number) {
  return "u-" + std::to_string(mixed(number) % (kCourts * kAccounts));
}

store::Filing filing_of(std::uint64_t number) {
  return {.case_number = "（2026）浙0192民初" + std::to_string(number) + "号",
          .submitter = "张三",
          .parties = {{"原告", "张三"}, {"被告", "某科技有限公司"}},
          .items = {{"E1", "网页截图", "files/page.html", 3}},
          .tags = {digest_of(number + (1ull << 58)), digest_of(number + (1ull << 57))}};
}
std::vector<store::StoredFile> files_of(std::uint64_t number) {
  return {{"case.json", 2'000, digest_of(number + (1ull << 56))},
          {"files/page.html", 90'000, digest_of(number + (1ull << 55))}};
}

std::int64_t at_ms(std::uint64_t number) {
  return 1'700'000'000'000 + static_cast<std::int64_t>(number) * 1'000;
}
// As store::new_submission_id: by the time, and then without an order.
std::string id_of(std::uint64_t number) {
  core::Bytes time;
  for (unsigned bit = 48; bit > 0; bit -= 8) {
    time.push_back(static_cast<std::uint8_t>(at_ms(number) >> (bit - 8)));
  }
  return core::to_hex(time) + "7" + drawn_of(number).substr(13);
}

// What Filled::file() leaves.
using Put = void (*)(sql::StatementCache& statements, std::uint64_t number);
template <typename... Values>
void run(sql::StatementCache& statements, std::string_view text, const Values&... values) {
  expect(statements.run(text, values...));
}
constexpr std::array<Put, 13> kPuts = {
    [](auto& to, auto number) {
      run(to, "INSERT INTO submissions VALUES(?, ?, ?, ?, ?, ?, ?, 1)", id_of(number),
          court_of(number), account_of(number), at_ms(number), number, core::Bytes(kShort, 'r'),
          core::Bytes(kShort, 's'));
    },
    [](auto& to, auto number) {
      std::uint64_t position = 0;
      for (const store::StoredFile& file : files_of(number)) {
        run(to, "INSERT INTO files VALUES(?, ?, ?, ?, ?)", id_of(number), position++, file.path,
            file.size, file.sha256);
      }
    },
    [](auto& to, auto number) {
      run(to,
          "INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms)"
          " VALUES(?, 1, ?, ?, 'DONE', ?, ?)",
          id_of(number), court_of(number), account_of(number), number, at_ms(number));
    },
    [](auto& to, auto number) {
      run(to,
          "INSERT INTO reports(number, submission, version, issued_at_ms, record_sha256, verdict,"
          " envelope) VALUES(?, ?, 1, ?, ?, 'ALL_CONSISTENT', ?)",
          report_of(number), id_of(number), at_ms(number) + 1'000, digest_of(number + (1ull << 54)),
          core::Bytes(kShort, 'e'));
    },
    [](auto& to, auto number) {
      const store::Filing filing = filing_of(number);
      run(to, "INSERT INTO filings VALUES(?, ?, ?, ?, 1)", id_of(number), court_of(number),
          filing.case_number, filing.submitter);
    },
    [](auto& to, auto number) {
      std::uint64_t position = 0;
      for (const store::FiledParty& party : filing_of(number).parties) {
        run(to, "INSERT INTO filed_parties VALUES(?, ?, ?, ?)", id_of(number), position++,
            party.role, party.name);
      }
    },
    [](auto& to, auto number) {
      const store::FiledItem item = filing_of(number).items[0];
      run(to, "INSERT INTO filed_items VALUES(?, 0, 'E1', ?, ?, 3)", id_of(number), item.name,
          item.path);
    },
    [](auto& to, auto number) {
      for (const core::Bytes& tag : filing_of(number).tags) {
        run(to, "INSERT INTO found_by VALUES(?, ?)", tag, id_of(number));
      }
    },
    [](auto& to, auto number) {
      run(to, "INSERT INTO outcomes VALUES(?, 'CONSISTENT', 1)", report_of(number));
    },
    [](auto& to, auto number) {
      const store::Filing filing = filing_of(number);
      run(to, "INSERT INTO listed VALUES(?, ?, ?, 'DONE', 0, ' ALL_CONSISTENT CONSISTENT ', ?)",
          court_of(number), at_ms(number), id_of(number),
          filing.case_number + "\n" + filing.parties[0].name + "\n" + filing.parties[1].name +
              "\n");
    },
    [](auto& to, auto number) {
      run(to, "INSERT INTO contents VALUES(?, ?, ?, ?, 0, 'E1', ?, ?)", court_of(number),
          digest_of(number + (1ull << 53)), at_ms(number) + 1'000, id_of(number), report_of(number),
          filing_of(number).case_number);
    },
    [](auto& to, auto number) {
      run(to, "INSERT INTO stamps(report, not_before_ms, token) VALUES(?, ?, x'00')",
          report_of(number), at_ms(number));
    },
    [](auto& to, auto number) {
      run(to,
          "INSERT INTO scans(submission, sha256, size, state, scanned_at_ms, not_before_ms)"
          " VALUES(?, ?, 90000, 'CLEAN', ?, 0)",
          id_of(number), digest_of(number + (1ull << 55)), at_ms(number));
    },
};

class Filled {
 public:
  explicit Filled(std::filesystem::path file) : file_(std::move(file)) {
    sqlite::Database database = expect(sqlite::Database::open(file_, store::layout()));
    sql::StatementCache statements(database);
    size_ = std::get<0>(*expect(statements.one<std::uint64_t>("SELECT count(*) FROM reports")));
  }

  std::uint64_t size() const { return size_; }
  std::uint64_t bytes() const { return std::filesystem::file_size(file_); }
  store::Store& store() {
    if (!store_) store_ = expect(store::Store::open(file_));
    return *store_;
  }

  // Under another name while it is not whole.
  void fill(std::uint64_t size) {
    if (size_ >= size) return;
    store_.reset();
    const std::filesystem::path filling = file_.string() + ".filling";
    std::filesystem::rename(file_, filling);
    {
      sqlite::Database database = expect(sqlite::Database::open(filling, store::layout()));
      expect(
          database.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF;"
                           " PRAGMA foreign_keys = OFF; PRAGMA cache_size = -6000000"));
      for (const Put put : kPuts) {
        sql::StatementCache statements(database);
        auto transaction = expect(sqlite::Transaction::begin(database));
        for (std::uint64_t number = size_; number < size; ++number) put(statements, number);
        expect(transaction.commit());
      }
    }
    std::filesystem::rename(filling, file_);
    size_ = size;
  }

  // Filed, taken up, reported.
  void file(std::uint64_t number) {
    const std::string id = id_of(number);
    const core::Bytes session(kShort, 's');
    const store::IdempotencyKey key{id, digest_of(number)};
    expect(store().begin_receiving({.id = id,
                                    .court = court_of(number),
                                    .account = account_of(number),
                                    .session = session,
                                    .key = key,
                                    .created_at_ms = at_ms(number),
                                    .expires_at_ms = at_ms(number),
                                    .files = files_of(number),
                                    .filing = filing_of(number)}));
    expect(store().accept({.id = id,
                           .court = court_of(number),
                           .account = account_of(number),
                           .received_at_ms = at_ms(number),
                           .intake_index = number,
                           .receipt = core::Bytes(kShort, 'r'),
                           .session = session,
                           .files = files_of(number)},
                          &key));
    const auto job = expect(store().claim_job(at_ms(number)));
    if (!job || job->submission != id) std::abort();
    expect(
        store().finish_job({.submission = id,
                            .version = job->version,
                            .report_number = report_of(number),
                            .issued_at_ms = at_ms(number) + 1'000,
                            .envelope = core::Bytes(kShort, 'e'),
                            .record_sha256 = digest_of(number + (1ull << 54)),
                            .verdict = "ALL_CONSISTENT",
                            .case_number = filing_of(number).case_number,
                            .contents = {{.item = "E1", .tag = digest_of(number + (1ull << 53))}},
                            .tags = filing_of(number).tags,
                            .counts = {{"CONSISTENT", 1}}}));
  }

 private:
  std::filesystem::path file_;
  std::uint64_t size_ = 0;
  std::unique_ptr<store::Store> store_;
};

os::TemporaryFolder& folder() {
  static os::TemporaryFolder folder;
  return folder;
}
Filled& the_store() {
  static const char* const file = std::getenv("BENCH_STORE");
  static Filled filled(file == nullptr ? folder() / "front.db" : std::filesystem::path(file));
  return filled;
}
Filled& the_small() {
  static Filled filled(folder() / "small.db");
  return filled;
}

void fill(benchmark::State& state) {
  Filled& filled = the_store();
  the_small().fill(kSmall);
  for (auto _ : state) {
    const std::uint64_t before = filled.size();
    const auto began = Clock::now();
    filled.fill(static_cast<std::uint64_t>(state.range(0)));
    const std::chrono::duration<double> took = Clock::now() - began;
    state.counters["fill_per_s"] = static_cast<double>(filled.size() - before) / took.count();
  }
  state.counters["bytes_per_report"] =
      static_cast<double>(filled.bytes()) / static_cast<double>(filled.size());
}

using Ask = void (*)(Filled& filled, std::uint64_t number);

void measure(benchmark::State& state, Ask ask) {
  std::mt19937_64 random(1);
  struct Taken {
    double clock = 0;
    double processor = 0;
  };
  const auto take = [&](Filled& filled, Taken& taken) {
    const std::uint64_t number = random() % filled.size();
    const double before = processor_seconds();
    const auto began = Clock::now();
    ask(filled, number);
    taken.clock += std::chrono::duration<double>(Clock::now() - began).count();
    taken.processor += processor_seconds() - before;
  };
  Taken of_small;
  Taken of_store;
  for (auto _ : state) {
    take(the_small(), of_small);
    take(the_store(), of_store);
  }
  state.counters["us"] = of_store.clock * 1e6 / static_cast<double>(state.iterations());
  state.counters["of_small"] = of_store.clock / of_small.clock;
  state.counters["cpu_of_small"] = of_store.processor / of_small.processor;
}

void find_report(Filled& filled, std::uint64_t number) {
  if (!expect(filled.store().find_report(report_of(number),
                                         store::Scope::of_court(court_of(number))))) {
    std::abort();
  }
}
void find_case(Filled& filled, std::uint64_t number) {
  const store::Scope scope = store::Scope::of_court(court_of(number));
  const std::string id = id_of(number);
  if (!expect(filled.store().find_submission(id, scope)) ||
      expect(filled.store().files(id, scope)).size() != 2 ||
      expect(filled.store().reports_of(id, scope)).size() != 1) {
    std::abort();
  }
}
void list(Filled& filled, std::uint64_t number) {
  const store::Scope court = store::Scope::of_court(court_of(number));
  const store::Scope person = store::Scope::of_person(account_of(number));
  if (expect(filled.store().list(court, {}, std::nullopt, 50)).empty() ||
      expect(filled.store().list(person, {}, std::nullopt, 50)).empty()) {
    std::abort();
  }
}
void list_by_attention(Filled& filled, std::uint64_t number) {
  const store::ListFilter filter{.attention_first = true};
  if (expect(
          filled.store().list(store::Scope::of_court(court_of(number)), filter, std::nullopt, 50))
          .size() != 50) {
    std::abort();
  }
}
void search_name(Filled& filled, std::uint64_t number) {
  const store::ListFilter filter{.sought = store::Sought{.part = "李四"}};
  if (!expect(
           filled.store().list(store::Scope::of_court(court_of(number)), filter, std::nullopt, 50))
           .empty()) {
    std::abort();
  }
}
void search(Filled& filled, std::uint64_t number) {
  const std::string report = report_of(number);
  const store::ListFilter filter{
      .sought = store::Sought{.part = report, .id = report, .number = report, .tags = {}}};
  if (expect(
          filled.store().list(store::Scope::of_court(court_of(number)), filter, std::nullopt, 50))
          .size() != 1) {
    std::abort();
  }
}
void file_case(Filled& filled, std::uint64_t) {
  static std::uint64_t next = 1ull << 40;  // of neither
  filled.file(next++);
}

void measure_at(const std::string& name, Ask ask, std::int64_t reports, std::int64_t iterations) {
  benchmark::RegisterBenchmark((name + "/" + std::to_string(reports)).c_str(),
                               [ask](benchmark::State& state) { measure(state, ask); })
      ->Iterations(iterations)
      ->UseRealTime()
      ->Unit(benchmark::kMicrosecond);
}

}  // namespace
}  // namespace heyan::bench

int main(int count, char** words) {
  using namespace heyan::bench;
  const char* const most = std::getenv("BENCH_REPORTS");
  const std::int64_t last = most == nullptr ? 10'000'000 : std::atoll(most);
  for (const std::int64_t reports : {std::int64_t{10'000}, std::int64_t{1'000'000}, last}) {
    if (reports > last) continue;
    benchmark::RegisterBenchmark("Fill", fill)
        ->Arg(reports)
        ->Iterations(1)
        ->UseRealTime()
        ->Unit(benchmark::kSecond);
    measure_at("Report", find_report, reports, 20'000);
    measure_at("Case", find_case, reports, 10'000);
    measure_at("List", list, reports, 2'000);
    measure_at("Attention", list_by_attention, reports, 2'000);
    measure_at("Search", search, reports, 20);
    measure_at("Name", search_name, reports, 20);
    measure_at("File", file_case, reports, 2'000);
  }
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
