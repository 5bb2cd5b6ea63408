// An insider with the front's disk: rows, receipts and files that were altered are not believed
// (security decisions 25 and 26).
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "tests/faults/court_system.h"
#include "tests/faults/gateway.h"
#include "verifier/core/bytes.h"

namespace heyan::faults {
namespace {

namespace fs = std::filesystem;

class Altered : public testing::Test {
 protected:
  Altered() {
    gateway_.start();
    EXPECT_TRUE(gateway_.make_ready()) << gateway_.log();
    good_ = reported("E1");
    bad_ = reported("E6");
    EXPECT_EQ(verdict_of(good_), "ALL_CONSISTENT");
    EXPECT_EQ(verdict_of(bad_), "ATTENTION_REQUIRED");
  }

  struct Reported {
    std::string id;
    std::string number;
  };
  Reported reported(const std::string& item) {
    CourtSystem court(gateway_);
    const Answer filed = court.file(Case::of_sample(item, "x"), item);
    EXPECT_EQ(filed.status, 201) << filed.body;
    const std::string id = filed.member("id");
    return {id, court.await(id).member("number")};
  }
  Answer payload(const std::string& number) {
    return CourtSystem(gateway_).get("/v1/reports/" + number, {"Accept: application/json"});
  }
  std::string verdict_of(const Reported& report) {
    return payload(report.number).member("verdict");
  }
  // In every form in which a report is given.
  void expect_not_served(const std::string& number) {
    for (const char* type : {"application/json", "application/jose+json", "text/plain"}) {
      const Answer answer =
          CourtSystem(gateway_).get("/v1/reports/" + number, {std::string("Accept: ") + type});
      EXPECT_EQ(answer.status, 503) << type << ": " << answer.body.substr(0, 300);
    }
  }

  // In every form.
  void expect_no_receipt(const std::string& id) {
    const std::string path = "/v1/submissions/" + id;
    for (const char* type : {"application/json", "application/jose", "application/pdf"}) {
      const Answer answer =
          CourtSystem(gateway_).get(path + "/receipt", {std::string("Accept: ") + type});
      EXPECT_EQ(answer.status, 503) << type << ": " << answer.body.substr(0, 300);
    }
    for (const char* type : {"application/json", "text/event-stream"}) {
      const Answer answer = CourtSystem(gateway_).get(path, {std::string("Accept: ") + type});
      EXPECT_EQ(answer.status, 503) << type << ": " << answer.body.substr(0, 300);
    }
  }
  void expect_receipt(const std::string& id) {
    for (const char* type : {"application/json", "application/jose", "application/pdf"}) {
      const Answer answer = CourtSystem(gateway_).get("/v1/submissions/" + id + "/receipt",
                                                      {std::string("Accept: ") + type});
      EXPECT_EQ(answer.status, 200) << type << ": " << answer.body.substr(0, 300);
    }
  }
  // Neither to be saved nor to be shown; nor those whose rows are as they were.
  void expect_no_files(const std::string& id, const std::string& item) {
    const Case filed = Case::of_sample(item, "x");
    for (const auto& [path, bytes] : filed.files) {
      CourtSystem court(gateway_);
      const Answer saved = court.get("/v1/submissions/" + id + "/files/" + path);
      EXPECT_EQ(saved.status, 503) << path << ": " << saved.body.substr(0, 300);
      const Answer shown =
          court.post("/v1/submissions/" + id + "/previews", "{\"path\":\"" + path + "\"}",
                     {"Content-Type: application/json"});
      EXPECT_EQ(shown.status, 503) << path << ": " << shown.body.substr(0, 300);
    }
  }

  // While the gateway does not run.
  void alter(const std::string& sql) {
    EXPECT_EQ(gateway_.stop(), 0);
    sqlite3* database = nullptr;
    EXPECT_EQ(::sqlite3_open(gateway_.state("front/front.db").c_str(), &database), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(::sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
        << (error == nullptr ? "" : error);
    EXPECT_GT(::sqlite3_changes(database), 0) << sql;
    ::sqlite3_free(error);
    ::sqlite3_close(database);
    gateway_.start();
    EXPECT_TRUE(gateway_.make_ready()) << gateway_.log();
  }

  // Verified anew; the verdict of the new report.
  std::string verified_anew(const Reported& report) {
    CourtSystem court(gateway_);
    EXPECT_EQ(court.post("/v1/submissions/" + report.id + "/verifications", "", {}).status, 202);
    const Answer done = court.await(report.id);
    EXPECT_NE(done.member("number"), report.number);
    return payload(done.member("number")).member("verdict");
  }

  Gateway gateway_{fs::path(HEYAN_BINARY).parent_path()};
  Reported good_;
  Reported bad_;
};

TEST_F(Altered, AReportWithAnotherVerdictIsNotServed) {
  CourtSystem court(gateway_);
  std::string envelope = court.signed_report(bad_.number);
  // The payload as base64url, with another verdict.
  const std::size_t at = envelope.find("\"payload\":\"") + 11;
  const std::size_t end = envelope.find('"', at);
  std::string text = core::to_string(*core::from_base64url(envelope.substr(at, end - at)));
  const std::size_t verdict = text.rfind("ATTENTION_REQUIRED");
  ASSERT_NE(verdict, std::string::npos);
  text.replace(verdict, 18, "ALL_CONSISTENT");
  envelope.replace(at, end - at, core::to_base64url(core::as_bytes(text)));
  alter("UPDATE reports SET envelope = x'" + core::to_hex(core::as_bytes(envelope)) +
        "' WHERE number = '" + bad_.number + "'");
  expect_not_served(bad_.number);
  EXPECT_EQ(verdict_of(good_), "ALL_CONSISTENT");
}

TEST_F(Altered, AReportUnderAnothersNumberIsNotServed) {
  alter("UPDATE reports SET envelope = (SELECT envelope FROM reports WHERE number = '" +
        good_.number + "') WHERE number = '" + bad_.number + "'");
  expect_not_served(bad_.number);
}

TEST_F(Altered, AReceiptOfAnotherTimeIsNotShown) {
  CourtSystem court(gateway_);
  std::string receipt =
      court.get("/v1/submissions/" + bad_.id + "/receipt", {"Accept: application/jose"}).body;
  const std::size_t begin = receipt.find('.') + 1;
  const std::size_t end = receipt.find('.', begin);
  std::string text = core::to_string(*core::from_base64url(receipt.substr(begin, end - begin)));
  const std::size_t year = text.find("\"receivedAt\":\"") + 14;
  ASSERT_LT(year, text.size());
  text.replace(year, 4, "2019");
  receipt.replace(begin, end - begin, core::to_base64url(core::as_bytes(text)));
  alter("UPDATE submissions SET receipt = x'" + core::to_hex(core::as_bytes(receipt)) +
        "' WHERE id = '" + bad_.id + "'");
  expect_no_receipt(bad_.id);
  EXPECT_TRUE(gateway_.log().contains("front.receipt_differs"));
  expect_receipt(good_.id);
}

TEST_F(Altered, AnothersReceiptIsNotShown) {
  alter("UPDATE submissions SET receipt = (SELECT receipt FROM submissions WHERE id = '" +
        good_.id + "') WHERE id = '" + bad_.id + "'");
  expect_no_receipt(bad_.id);
  expect_receipt(good_.id);
}

// Also where the bytes are there, and are what the row says.
TEST_F(Altered, AFileThatTheReceiptDoesNotListIsNotServed) {
  alter("UPDATE files SET (size, sha256) = (SELECT size, sha256 FROM files WHERE submission = '" +
        good_.id + "' AND position = 1) WHERE submission = '" + bad_.id + "' AND position = 1");
  expect_no_files(bad_.id, "E6");
  EXPECT_TRUE(gateway_.log().contains("front.receipt_differs"));
  CourtSystem court(gateway_);
  const Answer answer = court.get("/v1/submissions/" + good_.id + "/files/" +
                                  Case::of_sample("E1", "x").files[1].first);
  EXPECT_EQ(answer.status, 200);
}

TEST_F(Altered, AFileOfAnotherNameIsNotServed) {
  alter("UPDATE files SET path = path || 'x' WHERE submission = '" + bad_.id +
        "' AND position = 2");
  expect_no_files(bad_.id, "E6");
}

// What the printed list says of items was said in case.json.
TEST_F(Altered, AnItemsNameIsThatOfTheCase) {
  const auto items = [this] {
    const std::string body =
        CourtSystem(gateway_)
            .get("/v1/submissions/" + bad_.id + "/receipt", {"Accept: application/json"})
            .body;
    const std::size_t at = body.find("\"items\":");
    return body.substr(at, body.find(']', at) - at);
  };
  const std::string before = items();
  ASSERT_TRUE(before.contains("\"name\":")) << before;
  alter("UPDATE filed_items SET name = 'another', pages = 99 WHERE submission = '" + bad_.id + "'");
  EXPECT_EQ(items(), before);
}

TEST_F(Altered, FilesThatTheReceiptDoesNotListGetNoVerdict) {
  alter("UPDATE files SET sha256 = (SELECT sha256 FROM files WHERE submission = '" + good_.id +
        "' AND position = 1) WHERE submission = '" + bad_.id + "' AND position = 1");
  EXPECT_EQ(verified_anew(bad_), "INCOMPLETE");
}

TEST_F(Altered, EvidenceThatIsNoLongerWhatItsNameSaysGetsNoVerdict) {
  int changed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(gateway_.state("vault"))) {
    if (!entry.is_regular_file()) continue;
    std::string bytes = functional::read_file(entry.path());
    if (bytes != Case::of_sample("E1", "x").content("files/chat_log.json")) continue;
    fs::permissions(entry.path(), fs::perms::owner_all);
    bytes[0] ^= 1;
    functional::write_file(entry.path(), bytes);
    ++changed;
  }
  ASSERT_EQ(changed, 1);
  EXPECT_EQ(verified_anew(good_), "INCOMPLETE");
  // What was signed before stands.
  EXPECT_EQ(verdict_of(good_), "ALL_CONSISTENT");
}

// The words are made again from the record, and must give what was signed.
TEST_F(Altered, ARecordThatWasAlteredGivesNoWords) {
  int changed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(gateway_.state("vault"))) {
    if (!entry.is_regular_file()) continue;
    std::string bytes = functional::read_file(entry.path());
    if (!bytes.contains("HY-")) continue;  // a record holds its report's number
    fs::permissions(entry.path(), fs::perms::owner_all);
    bytes[bytes.size() / 2] ^= 1;
    functional::write_file(entry.path(), bytes);
    ++changed;
  }
  ASSERT_GE(changed, 2);
  for (const Reported& report : {good_, bad_}) {
    CourtSystem court(gateway_);
    const Answer words = court.get("/v1/reports/" + report.number, {"Accept: text/plain"});
    EXPECT_EQ(words.status, 503) << words.body.substr(0, 200);
  }
}

}  // namespace
}  // namespace heyan::faults
