#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "court_adapters/micro_court/url.h"
#include "tests/unit/micro_court/fixture.h"

namespace heyan::court_adapters::micro_court {
namespace {

using testing::Changes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::told;
using testing::told_after;

struct Case {
  Changes changes;
  std::string defect;
};

TEST(Filing, PublishedOnesAreTakenWithoutRemark) {
  EXPECT_THAT(told_after(Changes{}), IsEmpty());
  EXPECT_THAT(told_after(Changes{}, "valid-returned.json"), IsEmpty());
}

TEST(Filing, EveryRuleHasADefectAtItsPlace) {
  const std::vector<Case> cases = {
      {{{R"("code": 200)", R"("code": 401)"}}, "upstream-error /code"},
      {{{R"("code": 200)", R"("code": "200")"}}, "field-required /code"},
      {{{R"("layy": {)", R"("lay": {)"}}, "field-required /data/layy"},
      {{{R"("fyid": "2750")", R"("fyid": null)"}}, "field-required /data/layy/fyid"},
      {{{R"("ajcx": "sp")", R"("ajcx": "zx")"}}, "reference-mismatch /data/layy/ajcx"},
      {{{R"("ajlb": "sp")", R"("ajlb": "xx")"}}, "unknown-code /data/layy/ajlb"},
      {{{R"("50000.00")", R"("50000.001")"}}, "amount-invalid /data/layy/sqbdje"},
      {{{R"("50000.00")", "-1"}}, "amount-invalid /data/layy/sqbdje"},
      {{{R"("50000.00")", "[]"}}, "wrong-type /data/layy/sqbdje"},
      {{{"2026-03-02T10:15:30Z", "yesterday"}}, "bad-time /data/layy/tjsj"},
      {{{"1501_030109-1", "1501_100225-1"}}, "role-mismatch /data/dsr/0/ssdw"},
      {{{"1501_030109-2", "1501_030109-7"}}, "unknown-code /data/dsr/1/ssdw"},
      {{{"1501_030109-1", "1501_030109-2"}}, "plaintiff-missing /data/dsr"},
      {{{"1501_000011-1", "1501_000012-1"}}, "unknown-code /data/dsr/0/dsrlx"},
      {{{"110105189304120015", "110105189304120010"}}, "resident-id-invalid /data/dsr/0/zjhm"},
      {{{"110105189304120015", ""}}, "field-required /data/dsr/0/zjhm"},
      {{{"33010618960229204X", "330106189602292041"}}, "resident-id-invalid /data/dsr/1/fddbrzjhm"},
      {{{"310115188801170027", "310115188801170028"}}, "resident-id-invalid /data/dlr/0/zjhm"},
      {{{R"("xb": "1501_GB0001-1")", R"("xb": "m")"}}, "unknown-code /data/dsr/0/xb"},
      {{{"张测三\",\n    \"xb\"", "张\\u0000\",\n    \"xb\""}}, "nul-in-name /data/dsr/0/xm"},
      {{{"6301bbfca0c5154e0ff9bb510944fe0c", "9dfb369bab13dfae627655daa05f1119"}},
       "duplicate-key /data/dsr/1/id"},
      {{{R"("bdlrid": "9dfb369bab13dfae627655daa05f1119")", R"("bdlrid": "0")"}},
       "dangling-reference /data/dlr/0/bdlrid"},
      {{{R"("bdlrMc": "张测三")", R"("bdlrMc": "李四")"}}, "reference-mismatch /data/dlr/0/bdlrMc"},
      {{{R"("fyId": "2750")", R"("fyId": "1")"}}, "reference-mismatch /data/dsr/0/fyId"},
      {{{"https://zxfy2-oss.example.court.test/", "https://evil.test/"}},
       "host-not-allowed /data/sscl/0/ssclfj/0/url"},
      {{{"https://zxfy2-oss.example.court.test/", "http://zxfy2-oss.example.court.test/"}},
       "host-not-allowed /data/sscl/0/ssclfj/0/url"},
      {{{"https://zxfy2-oss.example.court.test/layy/",
         "https://zxfy2-oss.example.court.test/%2e%2e/layy/"}},
       "path-traversal /data/sscl/0/ssclfj/0/url"},
      {{{R"("wjmc": "民事起诉状.pdf")", R"("wjmc": "../民事起诉状.pdf")"}},
       "path-traversal /data/sscl/0/ssclfj/0/wjmc"},
      {{{R"("path": "layy/2026/03/66080f174c96d8e25cbd0ba3a1a6bcde.pdf")",
         R"("path": "layy/a.pdf")"}},
       "reference-mismatch /data/sscl/0/ssclfj/0/path"},
      {{{R"("id": "2eb737282fea875e75365e1458294a90")",
         R"("id": "ab57f9854332c3da675a2e199b58ba8d")"}},
       "duplicate-key /data/sscl/3/ssclfj/1/id"},
      {{{R"("fymc": "北京互联网法院",)", ""}}, "field-required /data/layy/fymc"},
      {{{R"("name": "民事起诉状.pdf")", R"("name": "起诉状.pdf")"}},
       "reference-mismatch /data/sscl/0/ssclfj/0/name"},
      {{{R"("wjbh": "layy/2026/03/66080f174c96d8e25cbd0ba3a1a6bcde.pdf")",
         R"("wjbh": "layy/2026/03/66080f174c96d8e25cbd0ba3a1a6bcde.exe")"}},
       "extension-mismatch /data/sscl/0/ssclfj/0/wjbh"},
      {{{R"("ssclid": "78b7d0ac84773ce0ce4cda11b43c589b",
    "cllx")",
         R"("ssclid": "3a124c647e02ff05b7c1dce27f7695f5",
    "cllx")"}},
       "duplicate-key /data/sscl/1/ssclid"},
      {{{R"("xh": 2)", R"("xh": 3)"}}, "duplicate-key /data/sscl/3/ssclfj/2/xh"},
      {{{R"("cllx": "11800016-2",
      "clmc": "起诉状")",
         R"("cllx": "11800016-4")"}},
       "reference-mismatch /data/sscl/0/ssclfj/0/cllx"},
      {{{"11800016-254", "11800017-254"}}, "unknown-code /data/sscl/4/cllx"},
      {{{R"("shjgs": [])", R"("shjgs": [{"shsj": "later"}])"}}, "bad-time /data/shjgs/0/shsj"},
      {{{R"("shjgs": [])", R"("shjgs": 1)"}}, "wrong-type /data/shjgs"},
      {{{R"("shjgs": [])", R"("shjgs": [1])"}}, "wrong-type /data/shjgs/0"},
  };
  for (const Case& one : cases) {
    EXPECT_THAT(told_after(one.changes), Contains(one.defect)) << one.changes.front().second;
  }
}

TEST(Filing, AnExecutionNeedsItsBasis) {
  EXPECT_THAT(told_after({{R"("zxyjs": [)", R"("other": [)"}}, "valid-execution.json"),
              Contains("field-required /data/zxyj"));
  EXPECT_THAT(
      told_after({{R"("sqzxbdje": "50000.00")", R"("sqzxbdje": "x")"}}, "valid-execution.json"),
      Contains("amount-invalid /data/zxyjs/0/sqzxbdje"));
  EXPECT_THAT(told_after({{R"("layyId": "b6d9f6f45cdc78b9da6400c790010259")", R"("layyId": "1")"}},
                         "valid-execution.json"),
              Contains("reference-mismatch /data/zxyjs/0/layyId"));
}

TEST(Filing, AllDefectsAreToldAtOnceEachOnce) {
  EXPECT_THAT(
      told_after({{"50000.00", "x"},
                  {"1501_GB0001-1", "x"},
                  {"110105189304120015", "\\u200b"},
                  {R"("xh": 2)", R"("xh": 3)"}}),
      ElementsAre("amount-invalid /data/layy/sqbdje", "unknown-code /data/dsr/0/xb",
                  "control-character /data/dsr/0/zjhm", "duplicate-key /data/sscl/3/ssclfj/2/xh"));
}

TEST(Filing, WhatIsNotKnownIsToldAndNotGuessed) {
  EXPECT_THAT(told_after({{"1501_000011-2", "1501_000011-9"}}),
              ElementsAre("remark  code-not-attested"));
  EXPECT_THAT(told_after({{"11800016-254", "11800016-77"}, {"11800016-254", "11800016-77"}}),
              ElementsAre("remark  code-not-attested"));
  EXPECT_THAT(told_after({{"11800007-1", "11800007-9"}}), ElementsAre("remark  status-unknown"));
  EXPECT_THAT(told_after({{"2026-03-02T10:15:30Z", "2026-03-02 18:15:30"}}),
              ElementsAre("remark  time-without-offset"));
  EXPECT_THAT(told_after({{"91330106MA70000188", "91420106MA7395957G"}}),
              ElementsAre("remark  organisation-code-check"));
}

TEST(Filing, TwoNewestReviewsOfOneTimeNeedAPerson) {
  const Changes tie = {{"2026-03-03 09:00:00", "2026-03-04T15:09:30+08:00"}};
  EXPECT_THAT(told_after(tie, "valid-returned.json"), ElementsAre("remark  review-tie"));
  const Changes older = {{"2026-03-03 09:00:00", "2026-03-04 15:09:29"}};
  EXPECT_THAT(told_after(older, "valid-returned.json"), IsEmpty());
}

TEST(Filing, JsonThatIsNoneIsOneDefect) {
  EXPECT_THAT(told_after({{"操作成功", "\\ud83d"}}), ElementsAre("lone-surrogate /message"));
  EXPECT_THAT(told_after({{"操作成功", "\\\\ud83d\\ud83d\\ude00"}}), IsEmpty());
  EXPECT_THAT(told_after({{"操作成功", "\\x"}}), ElementsAre("malformed-json /message"));
  EXPECT_THAT(told(testing::Message(testing::vector_text("valid-civil.json") + "{}").with_files()),
              ElementsAre("trailing-data "));
}

TEST(Url, HostsAreComparedExactly) {
  EXPECT_EQ(read_https_url("HTTPS://A.Test:443/b%2Fc?d#e")->host, "a.test");
  EXPECT_EQ(read_https_url("https://a.test/b%2Fc?d")->path, "/b/c");
  for (const std::string_view text :
       {"", "https://", "https:///a", "//a.test/", "http://a.test/", "https://u@a.test/",
        "https://a.test@b.test/", "https://a.test:8443/", "https://[::1]/", "https://a.test\\@b/",
        "https://a_b/", "https://a.test/%4", "https://a.test/%zz", "https://测.test/"}) {
    EXPECT_FALSE(read_https_url(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace heyan::court_adapters::micro_court
