#include "tests/bench/gateway/load.h"

#include <atomic>
#include <ctime>
#include <memory>
#include <set>
#include <thread>

#include "verifier/core/json.h"
#include "verifier/crypto/certificate.h"
#include "verifier/report/envelope.h"

namespace heyan::bench {
namespace {

using Clock = std::chrono::steady_clock;

// One connection, made anew when the server has had enough of it.
class Caller {
 public:
  explicit Caller(const Installation& gateway) : gateway_(gateway) {}

  front::Reply ask(const std::string& line, const std::string& fields, const std::string& body) {
    if (client_ == nullptr) {
      client_ = std::make_unique<front::Client>(
          gateway_.court_port(), front::ClientOptions{.identity = &gateway_.court_system()});
    }
    client_->send(line + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + body);
    front::Reply reply = client_->receive();
    const auto connection = reply.fields.find("Connection");
    if (connection != reply.fields.end() && connection->second == "close") client_.reset();
    return reply;
  }
  front::Reply get(const std::string& path, const std::string& fields) {
    return ask("GET " + path, fields, {});
  }

 private:
  const Installation& gateway_;
  std::unique_ptr<front::Client> client_;
};

std::string member(const std::string& json, const std::string& name) {
  const std::string start = "\"" + name + "\":\"";
  const std::size_t at = json.find(start);
  if (at == std::string::npos) return {};
  return json.substr(at + start.size(), json.find('"', at + start.size()) - at - start.size());
}

void expect(const front::Reply& reply, int status, const std::string& what) {
  if (reply.status == status && reply.complete) return;
  give_up(what + " was answered with " + std::to_string(reply.status) + ": " + reply.body);
}

Reported file(Caller& caller, const Filing& filing) {
  Reported reported;
  const auto start = Clock::now();
  const front::Reply accepted =
      caller.ask("POST /v1/submissions",
                 "Idempotency-Key: " + filing.case_number +
                     "\r\nContent-Type: multipart/form-data; boundary=" + filing.boundary +
                     "\r\nContent-Length: " + std::to_string(filing.body.size()) + "\r\n",
                 filing.body);
  reported.acknowledged = Clock::now() - start;
  expect(accepted, 201, "a filing");
  reported.id = member(accepted.body, "id");
  std::string number;
  while (number.empty()) {
    const front::Reply found = caller.get("/v1/submissions/" + reported.id, "Prefer: wait=10\r\n");
    expect(found, 200, "a question for a submission");
    if (member(found.body, "state") == "REJECTED") give_up("rejected: " + found.body);
    if (member(found.body, "state") == "DONE") number = member(found.body, "number");
  }
  reported.reported = Clock::now() - start;
  front::Reply report = caller.get("/v1/reports/" + number, "Accept: application/jose+json\r\n");
  expect(report, 200, "a question for a report");
  reported.envelope = std::move(report.body);
  return reported;
}

Seconds own_processor_time() {
  return Seconds(static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC));
}

std::string text_at(const core::json::Value& value, std::string_view pointer) {
  const core::json::Value* found = value.at(pointer);
  return found != nullptr && found->as_string() != nullptr ? *found->as_string() : std::string();
}

// The items' verdicts and digests, and whose case it is.
void check_payload(const Filing& filing, const std::string& payload,
                   std::set<std::string>& numbers) {
  const auto value = core::json::parse(core::as_bytes(payload), core::Limits{});
  if (!value) give_up("a payload is no JSON");
  if (text_at(*value, "/caseNumber") != filing.case_number) give_up("a report of another case");
  if (!numbers.insert(text_at(*value, "/reportNumber")).second) give_up("a number was given twice");
  const auto* evidence = value->at("/evidence");
  if (evidence == nullptr || evidence->as_array() == nullptr ||
      evidence->as_array()->size() != filing.digests.size()) {
    give_up("a report with another number of items");
  }
  for (const core::json::Value& item : *evidence->as_array()) {
    // A single block says nothing of whether its transactions were committed: a note.
    if (text_at(item, "/verdict") != "CONSISTENT_WITH_NOTES") {
      give_up("an item of " + filing.case_number + " is " + text_at(item, "/verdict"));
    }
  }
  for (const std::string& digest : filing.digests) {
    if (!payload.contains(digest)) give_up("a report without a file's digest");
  }
}

}  // namespace

Load run_load(const Installation& gateway, std::span<const Filing> filings,
              std::size_t connections) {
  Load load;
  load.reports.resize(filings.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    Caller caller(gateway);
    for (std::size_t i = next++; i < filings.size(); i = next++) {
      load.reports[i] = file(caller, filings[i]);
    }
  };
  const auto gateway_before = gateway.processor_times();
  const Seconds client_before = own_processor_time();
  const auto start = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < connections; ++i) threads.emplace_back(work);
  }
  load.took = Clock::now() - start;
  load.gateway = gateway.processor_times();
  for (const auto& [kind, before] : gateway_before) load.gateway[kind] -= before;
  load.client = own_processor_time() - client_before;
  return load;
}

void check_reports(const Installation& gateway, std::span<const Filing> filings, const Load& load) {
  std::vector<crypto::PublicKey> pinned;
  for (const char* name : {"keys/report-es256.cert.pem", "keys/report-sm2.cert.pem"}) {
    pinned.push_back(crypto::Certificate::from_pem(read_file(gateway.state() / name))->key());
  }
  std::string vkey = read_file(gateway.state() / "keys/log.vkey");
  if (vkey.ends_with('\n')) vkey.pop_back();
  const auto log = transparency::NoteVerifier::parse(vkey);
  if (!log) give_up("log.vkey does not read");
  std::set<std::string> numbers;
  std::set<std::int64_t> places;
  for (std::size_t i = 0; i < filings.size(); ++i) {
    const core::Limits limits;
    crypto::SignatureChecker checker(crypto::production_engines(), limits);
    const auto verdict = report::verify_envelope(core::as_bytes(load.reports[i].envelope), pinned,
                                                 &*log, checker, limits);
    if (verdict.jws.outcome != report::JwsOutcome::kValid ||
        verdict.log != report::LogOutcome::kValid) {
      give_up("a report is not signed and logged as it should be");
    }
    if (!places.insert(verdict.jws.log->index).second) give_up("two reports at one place");
    check_payload(filings[i], core::to_string(verdict.jws.payload), numbers);
  }
}

}  // namespace heyan::bench
