// A gateway whose workers were taken over: what they do and say costs their own submission, and
// nothing else.
#include <gtest/gtest.h>

#include <sstream>
#include <thread>

#include "tests/faults/account.h"
#include "tests/faults/court_system.h"
#include "tests/faults/gateway.h"
#include "tests/faults/log_copy.h"
#include "tests/faults/programs.h"

namespace heyan::faults {
namespace {

namespace fs = std::filesystem;

class Hostile : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    programs_ = new Programs(HEYAN_HOSTILE_WORKER);
    gateway_ = new Gateway(programs_->path());
    gateway_->start();
    ASSERT_TRUE(gateway_->make_ready()) << gateway_->log();
    log_ = new LogCopy(gateway_->state("log"),
                       functional::read_file(gateway_->state("keys/log.vkey")));
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(gateway_->stop(), 0);
    EXPECT_EQ(gateway_->starts(), 1) << "a child took the whole gateway with it";
    delete log_;
    delete gateway_;
    delete programs_;
  }
  void TearDown() override {
    EXPECT_EQ(log_->follow(), "");
    EXPECT_FALSE(fs::exists("/tmp/heyan-taken-over"));
  }

  // Everything that is refused is refused in the gateway's own clean words.
  static void expect_clean(const Answer& answer, const std::string& what) {
    EXPECT_TRUE(answer.status == 400 || answer.status == 413 || answer.status == 422 ||
                answer.status == 503)
        << what << ": " << answer.status << " " << answer.body.substr(0, 500);
    EXPECT_FALSE(answer.member("title").empty()) << what;
    EXPECT_LT(answer.body.size(), 1'000'000u) << what;
    EXPECT_EQ(answer.body.find("got-through"), std::string::npos) << what;
    for (const char ugly : {'\x1b', '\r'}) {
      EXPECT_EQ(answer.body.find(ugly), std::string::npos) << what;
    }
  }

  // In the front's trail: those that a submission was charged with.
  static int attempts_recorded(const std::string& id) {
    int count = 0;
    for (const auto& file : fs::directory_iterator(gateway_->state("audit/front"))) {
      std::istringstream lines(functional::read_file(file.path()));
      for (std::string line; std::getline(lines, line);) {
        const auto has = [&line](const std::string& part) { return line.contains(part); };
        if (has(R"("event":"judged")") && has(R"("outcome":"failed")") && has(id)) ++count;
      }
    }
    return count;
  }

  Answer file_with(const std::string& act) {
    Case filed = Case::of_sample("E1", "x");
    filed.content("case.json") = "{\"box-taken-over-" + act + "\":1}";
    return court_.file(filed, "act-" + act + "-" + std::to_string(++count_));
  }
  Answer file_archive(const std::string& act) {
    return court_.post("/v1/submissions", "box-taken-over-" + act + " ",
                       {"Content-Type: application/zip",
                        "Idempotency-Key: zip-" + act + "-" + std::to_string(++count_)});
  }
  // An honest case, to its report.
  void expect_served(const std::string& after) {
    const Answer answer = court_.file(Case::of_sample("E1", "after " + after),
                                      "after-" + after + std::to_string(++count_));
    ASSERT_EQ(answer.status, 201) << after << ": " << answer.body;
    const Answer done = court_.await(answer.member("id"));
    EXPECT_EQ(done.member("state"), "DONE") << after << ": " << done.body;
    EXPECT_EQ(verdict_of(done.member("number")), "ALL_CONSISTENT") << after;
  }
  std::string verdict_of(const std::string& number) {
    return court_.get("/v1/reports/" + number, {"Accept: application/json"}).member("verdict");
  }

  static inline Programs* programs_ = nullptr;
  static inline Gateway* gateway_ = nullptr;
  static inline LogCopy* log_ = nullptr;
  static inline int count_ = 0;
  CourtSystem court_{*gateway_};
};

TEST_F(Hostile, ABoxThatActsIsStopped) {
  for (const char* act : {"write", "open", "socket", "connect", "fork", "exec", "ptrace", "code",
                          "kill", "die", "hang", "spin", "eat"}) {
    expect_clean(file_with(act), act);
  }
  expect_served("acts");
}

TEST_F(Hostile, ABoxThatLiesIsNotBelieved) {
  for (const char* lie : {"other-case", "no-items", "paths-outside", "many-items", "many-defects",
                          "ugly-defects", "nothing", "chunk-first", "twice", "another-type",
                          "no-type", "four-gigabytes", "no-message", "half", "descriptor"}) {
    expect_clean(file_with(lie), lie);
  }
  expect_served("lies");
}

// Its word goes into no verdict: the judge reads case.json itself (security decision 1).
TEST_F(Hostile, ABoxThatTellsAnotherCaseChangesNoVerdict) {
  for (const char* item : {"E1", "E3", "E5", "E6"}) {
    std::vector<std::string> verdicts;
    for (const char* purpose : {"honest", "box-taken-over-other-digest"}) {
      const Answer answer =
          court_.file(Case::of_sample(item, purpose), "told-" + std::to_string(++count_));
      ASSERT_EQ(answer.status, 201) << answer.body;
      const Answer done = court_.await(answer.member("id"));
      verdicts.push_back(verdict_of(done.member("number")));
    }
    EXPECT_EQ(verdicts[1], verdicts[0]) << item;
    EXPECT_FALSE(verdicts[0].empty()) << item;
  }
}

TEST_F(Hostile, ABoxThatLiesOfAnArchiveIsNotBelieved) {
  for (const char* lie : {"nothing", "chunk-first", "another-type", "entry-outside", "entry-twice",
                          "many-entries", "flood", "half", "die", "hang"}) {
    expect_clean(file_archive(lie), lie);
  }
  expect_served("archives");
}

// A file that differs is looked into; the box that does so can add possible causes, and change no
// verdict (security decisions 1 and 30).
TEST_F(Hostile, ABoxThatLiesOfAFileChangesNoVerdict) {
  const auto judged = [&](const std::string& first_bytes) {
    Case filed = Case::of_sample("E4", "looked into");
    filed.files[1].second = first_bytes;
    const Answer answer = court_.file(filed, "look-" + std::to_string(++count_));
    EXPECT_EQ(answer.status, 201) << answer.body;
    const Answer done = court_.await(answer.member("id"), std::chrono::seconds(120));
    EXPECT_EQ(done.member("state"), "DONE") << first_bytes << ": " << done.body;
    return court_.get("/v1/reports/" + done.member("number"), {"Accept: application/json"}).body;
  };
  const std::string difference = "CONTENT_HASH_DIFFERS";
  const std::string stopped = "PARSER_TERMINATED";
  const std::string honest = judged("another picture");
  EXPECT_NE(honest.find(difference), std::string::npos);
  EXPECT_EQ(honest.find(stopped), std::string::npos);
  for (const std::string act : {"open", "die", "eat", "hang", "nothing", "no-message", "half",
                                "another-type", "many-facts", "odd-facts"}) {
    const std::string report = judged("box-taken-over-" + act + " ");
    EXPECT_NE(report.find("\"verdict\":\"INCONSISTENT\""), std::string::npos) << act;
    EXPECT_NE(report.find(difference), std::string::npos) << act;
    EXPECT_NE(report.find(stopped), std::string::npos) << act;
    EXPECT_EQ(report.find("LIKELY_"), std::string::npos) << act;
  }
  const std::string lied = judged("box-taken-over-facts ");
  EXPECT_NE(lied.find("\"verdict\":\"INCONSISTENT\""), std::string::npos);
  EXPECT_NE(lied.find("LIKELY_REENCODED"), std::string::npos);
  for (const char* never : {"<script>", "elsewhere.example", "LIKELY_PDF_RESAVED", "WHERE_MISMATCH",
                            "WHEN_IMPLAUSIBLE"}) {
    EXPECT_EQ(lied.find(never), std::string::npos) << never;
  }
  expect_served("looks");
}

// Three of them die of it; the fourth looks at nothing, and says so.
TEST_F(Hostile, AJudgeThatDiesOrHangsOrEatsCostsItsOwnCase) {
  std::map<std::string, std::string> ids;
  for (const char* act : {"die", "hang", "eat", "fork", "open"}) {
    Case filed = Case::of_sample("E1", std::string("judge ") + act);
    const std::string path = "files/judge-taken-over-" + std::string(act);
    std::string& document = filed.content("case.json");
    document.replace(document.find("files/chat_log.json"), 19, path);
    filed.files[1].first = path;
    const Answer answer = court_.file(filed, std::string("judge-") + act);
    ASSERT_EQ(answer.status, 201) << act << ": " << answer.body;
    ids[act] = answer.member("id");
  }
  expect_served("judges at work");
  for (const auto& [act, id] : ids) {
    const Answer done = court_.await(id, std::chrono::seconds(120));
    ASSERT_EQ(done.member("state"), "DONE") << act << ": " << done.body;
    EXPECT_EQ(verdict_of(done.member("number")), "INCOMPLETE") << act;
    EXPECT_EQ(attempts_recorded(id), 3) << act << ": no judge told of them itself";
  }
  expect_served("judges");
}

}  // namespace
}  // namespace heyan::faults
