// Where a report stands in the log is told with the log's origin, or not at all: after a restore
// two logs have an entry of that number.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/document_text.h"
#include "tests/unit/report/jws_fixture.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/core/bytes.h"
#include "verifier/report/envelope.h"
#include "verifier/report/html.h"
#include "verifier/report/sections.h"
#include "verifier/transparency/log_proof.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kEnglish = catalogue::Language::kEnglish;
constexpr auto kChinese = catalogue::Language::kChinese;
const LoggedAs kLogged{.report = {.index = 712, .log = "heyan.example/log-2"},
                       .intake = {.index = 609, .log = "heyan.example/log"}};

TextOptions options(const std::optional<LoggedAs>& logged,
                    catalogue::Language language = kEnglish) {
  return {.language = language, .level = Level::kJudge, .logged = logged};
}

std::string words(std::string_view id, const TextOptions& options) {
  const v1::Report report = testing::sample_report();
  const Document document = build_document(report, options);
  const Section* found = testing::section(document, id);
  EXPECT_NE(found, nullptr) << id;
  return found == nullptr ? "" : testing::words_of(*found);
}

TEST(LogPlaces, ArePrintedWithTheirLog) {
  EXPECT_THAT(words("overall", options(kLogged)), HasSubstr("log heyan.example/log-2, entry 712"));
  EXPECT_THAT(words("overall", options(kLogged, kChinese)),
              HasSubstr("日志 heyan.example/log-2，第 712 条"));
  EXPECT_THAT(words("case", options(kLogged)), HasSubstr("log heyan.example/log, entry 609"));
  EXPECT_THAT(words("case", options(kLogged, kChinese)),
              HasSubstr("日志 heyan.example/log，第 609 条"));
}

TEST(LogPlaces, StandInTextAndPage) {
  const v1::Report report = testing::sample_report();
  for (const std::string& form :
       {render_text(report, options(kLogged)), render_html(report, options(kLogged))}) {
    EXPECT_THAT(form, HasSubstr("log heyan.example/log-2, entry 712"));
    EXPECT_THAT(form, HasSubstr("log heyan.example/log, entry 609"));
  }
}

TEST(LogPlaces, AreNotInvented) {
  const auto none = options(std::nullopt);
  EXPECT_THAT(words("overall", none), Not(HasSubstr("entry ")));
  EXPECT_THAT(words("overall", none), Not(HasSubstr("Place in the report log")));
  EXPECT_THAT(words("case", none), Not(HasSubstr("place in the report log")));
}

TEST(LogPlaces, ShowWhatANameHides) {
  LoggedAs hostile = kLogged;
  hostile.report.log = "heyan\u202e\n.example";
  const std::string said = words("overall", options(hostile));
  EXPECT_THAT(said, HasSubstr("log heyan⟨U+202E⟩⟨U+000A⟩.example, entry 712"));
}

class Places : public Jws {
 protected:
  std::optional<LoggedAs> logged_as_in(const std::string& checkpoint,
                                       const LogPlace& intake) const {
    const ReportEntry leaf{.at = time_, .payload = core::Bytes(32, 1), .intake = intake};
    const std::string proof = transparency::encode_log_proof(
        {.extra = encode_log_entry(leaf), .index = 7, .path = {}, .checkpoint = checkpoint});
    return logged_as(core::as_bytes(seal(good_, proof).value()));
  }
  static std::string checkpoint_of(const std::string& origin) {
    return origin + "\n8\n" + core::to_base64(core::Bytes(32, 2)) + "\n\n— " + origin + " " +
           core::to_base64(core::Bytes(68, 3)) + "\n";
  }
};

TEST_F(Places, AreOfTheLogOfTheCheckpointUnlessTheLeafNamesAnother) {
  EXPECT_EQ(logged_as_in(checkpoint_of("heyan.example/log"), {.index = 6, .log = {}})->intake,
            (LogPlace{6, "heyan.example/log"}));
  const auto logged =
      logged_as_in(checkpoint_of("heyan.example/log-2"), {.index = 6, .log = "heyan.example/log"});
  ASSERT_TRUE(logged.has_value());
  EXPECT_EQ(logged->report, (LogPlace{7, "heyan.example/log-2"}));
  EXPECT_EQ(logged->intake, (LogPlace{6, "heyan.example/log"}));
}

TEST_F(Places, AreUnknownWithoutACheckpointThatNamesTheLog) {
  const std::string good = checkpoint_of("heyan.example/log");
  for (const std::string& checkpoint :
       {std::string("heyan.example/log\n"), good.substr(0, good.find("\n\n") + 1),
        replaced(good, "heyan.example/log\n8\n", "\n8\n"), replaced(good, "\n8\n", "\n08\n")}) {
    EXPECT_FALSE(logged_as_in(checkpoint, {.index = 6, .log = {}})) << checkpoint;
  }
}

}  // namespace
}  // namespace heyan::report
