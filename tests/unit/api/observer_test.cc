// What the numbers say, and what they do not say where nobody has looked.
#include "gateway/api/observer.h"

#include <gmock/gmock.h>

#include <array>

namespace heyan::api {
namespace {

using namespace std::chrono_literals;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class ObserverTest : public testing::Test {
 protected:
  std::string numbers(const service::Health& standing,
                      std::optional<core::UtcTime> tls_until = std::nullopt) {
    return observer_.metrics(standing, 0, tls_until);
  }

  ops::Log log_{"unit"};
  Observer observer_{log_, 0};
};

constexpr std::array kCounted = {"heyan_queue_jobs",
                                 "heyan_queue_jobs_overdue",
                                 "heyan_submissions_receiving",
                                 "heyan_webhooks_pending",
                                 "heyan_time_stamps_pending",
                                 "heyan_malware_scans_pending",
                                 "heyan_malware_files",
                                 "heyan_deletions_open",
                                 "heyan_legal_holds",
                                 "heyan_deletion_overdue_seconds"};

service::Health health(std::optional<service::Counts> counts) {
  service::Health standing;
  standing.parts = {{"store", counts.has_value()}};
  standing.counts = counts;
  standing.duties = {{.duty = store::Duty::kDeletions, .held = counts.has_value(), .taken = 3}};
  return standing;
}

TEST_F(ObserverTest, SaysWhatTheStoreCounts) {
  const std::string text = numbers(health(service::Counts{
      .jobs = {.queued = 1, .verifying = 2, .overdue = 13, .receiving = 3},
      .to_tell = 4,
      .to_stamp = 5,
      .scans = {.pending = 6, .found = 7},
      .deletions =
          {.asked = 8, .waiting = 9, .under_way = 10, .held = 11, .holds = 12, .oldest_due_ms = 1},
      .deletion_overdue = 90s,
  }));
  for (const char* line :
       {"heyan_queue_jobs{state=\"queued\"} 1", "heyan_queue_jobs{state=\"verifying\"} 2",
        "heyan_queue_jobs_overdue 13", "heyan_submissions_receiving 3", "heyan_webhooks_pending 4",
        "heyan_time_stamps_pending 5", "heyan_malware_scans_pending 6", "heyan_malware_files 7",
        "heyan_deletions_open{state=\"asked\"} 8", "heyan_deletions_open{state=\"waiting\"} 9",
        "heyan_deletions_open{state=\"under-way\"} 10", "heyan_deletions_open{state=\"held\"} 11",
        "heyan_legal_holds 12", "heyan_deletion_overdue_seconds 90",
        "heyan_ready{part=\"store\"} 1"}) {
    EXPECT_THAT(text, HasSubstr("\n" + std::string(line) + "\n"));
  }
}

TEST_F(ObserverTest, SaysWhenCertificatesEndWhileTheSignerSaysIt) {
  service::Health standing = health(service::Counts());
  const auto publish = [&standing](const char* use, const char* algorithm, std::int64_t until_ms) {
    v1::PublishedKey& one = *standing.keys.add_keys();
    one.set_use(use);
    one.set_algorithm(algorithm);
    one.set_valid_until_ms(until_ms);
    if (until_ms > 0) one.add_chain("certificate");
  };
  publish("report", "ES256", 1000);
  publish("report", "SM2", 2000);
  publish("receipt", "ES256", 3000);
  publish("receipt", "ES256", 0);  // of before, and signs no more
  const core::UtcTime tls = core::from_unix_ms(4000);
  const std::string text = numbers(standing, tls);
  for (const char* line : {"{use=\"report-es256\"} 1", "{use=\"report-sm2\"} 2",
                           "{use=\"receipt-es256\"} 3", "{use=\"tls\"} 4"}) {
    EXPECT_THAT(
        text, HasSubstr("\nheyan_certificate_expiry_timestamp_seconds" + std::string(line) + "\n"));
  }
  const std::string without = numbers(health(service::Counts()), tls);
  EXPECT_THAT(without, Not(HasSubstr("use=\"report")));
  EXPECT_THAT(without, HasSubstr("{use=\"tls\"} 4\n"));
}

TEST_F(ObserverTest, SaysZeroWhereTheStoreCountsNone) {
  const std::string text = numbers(health(service::Counts()));
  for (const char* name : kCounted) {
    EXPECT_THAT(text, ContainsRegex("\n" + std::string(name) + "(\\{state=\"[a-z-]+\"\\})? 0\n"));
  }
}

TEST_F(ObserverTest, SaysNothingOfWhatTheStoreCountsWhereItDoesNotAnswer) {
  const auto silent = [](const std::string& text) {
    for (const char* name : kCounted) EXPECT_THAT(text, Not(HasSubstr(name)));
    EXPECT_THAT(text, HasSubstr("\nheyan_ready{part=\"store\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("\nheyan_http_connections 0\n"));
  };
  silent(numbers(health(std::nullopt)));
  const std::string back = numbers(health(service::Counts()));
  for (const char* name : kCounted) EXPECT_THAT(back, HasSubstr(name));
  silent(numbers(health(std::nullopt)));
}

// Whose duty it is, each says of itself: without its database it does nothing.
TEST_F(ObserverTest, SaysThatItHasNoDutyWhereTheStoreDoesNotAnswer) {
  EXPECT_THAT(numbers(health(service::Counts())),
              HasSubstr("\nheyan_duty_held{duty=\"deletions\"} 1\n"));
  const std::string text = numbers(health(std::nullopt));
  EXPECT_THAT(text, HasSubstr("\nheyan_duty_held{duty=\"deletions\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("\nheyan_duty_taken_total{duty=\"deletions\"} 3\n"));
}

constexpr std::array kOfSigner = {"heyan_intakes_without_report",
                                  "heyan_intakes_overdue",
                                  "heyan_log_entries",
                                  "heyan_trust_bundle_expiry_timestamp_seconds",
                                  "heyan_canaries_timestamp_seconds",
                                  "heyan_signing_stopped"};

TEST_F(ObserverTest, SaysNothingOfASignerThatDoesNotAnswer) {
  service::Health answered;
  answered.intakes.set_waiting(1);
  answered.intakes.set_overdue(2);
  answered.intakes.set_log_size(3);
  answered.intakes.set_trust_next_update_ms(4000);
  answered.intakes.set_canaries_at_ms(5000);
  answered.intakes.set_stopped("canaries");
  const service::Health silent;
  for (int i = 0; i < 2; ++i) {
    const std::string nothing = numbers(silent);
    for (const char* name : kOfSigner) EXPECT_THAT(nothing, Not(HasSubstr(name)));
    const std::string text = numbers(answered);
    for (const char* line : {"heyan_intakes_without_report 1", "heyan_intakes_overdue 2",
                             "heyan_log_entries 3", "heyan_trust_bundle_expiry_timestamp_seconds 4",
                             "heyan_canaries_timestamp_seconds 5", "heyan_signing_stopped 1"}) {
      EXPECT_THAT(text, HasSubstr("\n" + std::string(line) + "\n"));
    }
  }
}

service::Health with_cosigning(bool held) {
  service::Health standing;
  standing.duties = {{.duty = store::Duty::kCosigning, .held = held, .taken = 1}};
  return standing;
}

class ObservedWitnesses : public ObserverTest {
 protected:
  using Outcome = service::Cosigning::Outcome;
  std::string numbers(bool held) {
    return observing_.metrics(with_cosigning(held), 0, std::nullopt);
  }
  void tell(Outcome outcome, std::string_view witness, std::uint64_t size) {
    observing_.cosigned({.outcome = outcome, .witness = witness, .size = size});
  }

  Observer observing_{log_, 0, {"here", "away"}};
};

TEST_F(ObservedWitnesses, AreThereFromTheStartEachOfThem) {
  tell(Outcome::kFailed, "away", 0);
  tell(Outcome::kCosigned, "here", 7);
  EXPECT_THAT(numbers(true), HasSubstr("\nheyan_log_cosigned_size{witness=\"away\"} 0\n"));
  EXPECT_THAT(numbers(true), HasSubstr("\nheyan_log_cosigned_size{witness=\"here\"} 7\n"));
  tell(Outcome::kUpToDate, "away", 9);  // as the signer remembers after a start
  tell(Outcome::kAhead, "here", 0);
  EXPECT_THAT(numbers(true), HasSubstr("\nheyan_log_cosigned_size{witness=\"away\"} 9\n"));
  EXPECT_THAT(numbers(true), HasSubstr("\nheyan_log_cosigned_size{witness=\"here\"} 7\n"));
}

// A cosignature says what the time is.
TEST_F(ObservedWitnesses, CompareTheClock) {
  tell(Outcome::kUpToDate, "here", 7);
  tell(Outcome::kAhead, "away", 0);
  EXPECT_THAT(numbers(true), Not(HasSubstr("heyan_clock_comparisons_total{")));
  tell(Outcome::kCosigned, "here", 8);
  observing_.cosigned({.outcome = Outcome::kFailed, .witness = "away", .fault = "clock"});
  observing_.cosigned({.outcome = Outcome::kFailed, .witness = "away", .fault = "clock"});
  observing_.cosigned({.outcome = Outcome::kFailed, .witness = "away", .fault = "answer"});
  const std::string text = numbers(true);
  EXPECT_THAT(text, HasSubstr("\nheyan_clock_comparisons_total{outcome=\"agrees\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\nheyan_clock_comparisons_total{outcome=\"differs\"} 2\n"));
}

// Who has lost the duty learns no more how far they come.
TEST_F(ObservedWitnesses, AreOfTheGatewayAloneThatAsksThem) {
  tell(Outcome::kCosigned, "here", 7);
  EXPECT_THAT(numbers(true), HasSubstr("heyan_log_cosigned_size"));
  EXPECT_THAT(numbers(false), Not(HasSubstr("heyan_log_cosigned_size")));
  EXPECT_THAT(numbers(true), HasSubstr("\nheyan_log_cosigned_size{witness=\"here\"} 0\n"));
  EXPECT_THAT(observing_.metrics({}, 0, std::nullopt), Not(HasSubstr("heyan_log_cosigned_size")));
}

// A server that is away for a moment would else be hundreds of failures: each thread asks.
TEST_F(ObserverTest, CountsAQueueThatIsNotReadOnceASecond) {
  for (int i = 0; i < 100; ++i) observer_.not_claimed({core::ErrorCode::kIo, "away"});
  EXPECT_THAT(numbers({}),
              HasSubstr("\nheyan_verification_attempts_failed_total{blame=\"own\"} 1\n"));
}

TEST_F(ObserverTest, CountsWhatSomebodyChangedEachTime) {
  const auto expect = [this](int receipts, int bytes, int mended, int sweeps) {
    const std::string text = numbers({});
    const auto line = [&text](const std::string& name, int count) {
      EXPECT_THAT(text, HasSubstr("\nheyan_" + name + " " + std::to_string(count) + "\n"));
    };
    line("alterations_total{what=\"receipt\"}", receipts);
    line("alterations_total{what=\"bytes\"}", bytes);
    line("alterations_total{what=\"mended\"}", mended);
    line("vault_sweeps_failed_total", sweeps);
  };
  expect(0, 0, 0, 0);
  for (int i = 0; i < 3; ++i) observer_.receipt_differs();  // two lines of the log are left out
  for (const char* const about : {"", "s1"}) observer_.stored_bytes_differ(about);
  observer_.vault_mended({.court = "0491", .submission = "s1"}, core::to_bytes("x"));
  observer_.vault_not_swept({core::ErrorCode::kIo, "the disk"});
  expect(3, 2, 1, 1);
}

}  // namespace
}  // namespace heyan::api
