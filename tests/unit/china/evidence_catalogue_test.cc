#include "court_adapters/china/evidence_catalogue.h"

#include <gtest/gtest.h>

#include "court_adapters/china/local_time.h"

namespace heyan::court_adapters::china {
namespace {

constexpr std::int64_t kFiled = 1'772'323'320'000;  // 2026-03-01T08:02:00+08:00

// "code pointer" of each defect, and of each remark.
std::string read(const std::string& csv) {
  const auto catalogue = read_catalogue(core::as_bytes(csv), kFiled, {});
  std::string text;
  if (!catalogue) {
    for (const Defect& defect : catalogue.error())
      text += defect.code + " " + defect.pointer + "\n";
    return text;
  }
  for (const Remark& one : catalogue->remarks) {
    text += "remark " + one.item + " " + one.code + " " + one.pointer + "\n";
  }
  return text;
}

TEST(EvidenceCatalogue, NeedsANumberAndANameAlone) {
  const auto catalogue =
      read_catalogue(core::as_bytes("证据 编号 ,名称\n 甲1 ,合同\n"), kFiled, {});
  ASSERT_TRUE(catalogue.has_value());
  EXPECT_EQ(catalogue->items[0].number, "甲1");
  EXPECT_EQ(catalogue->items[0].category, v1::CATEGORY_UNSPECIFIED);
  EXPECT_FALSE(catalogue->items[0].digest.has_value());
}

TEST(EvidenceCatalogue, TellsAllDefectsAtOnceWithTheirPlaces) {
  EXPECT_EQ(read("序号,证据名称,种类,份数,原件/复印件,哈希算法,哈希值,存证时间\n"
                 "1,,聊天记录,两,扫描件,SM3,ab,昨天\n"
                 "1,b,,,,,00,\n"
                 ",c,,,,SHA-256,,\n"),
            "field-required /2/证据名称\nkind-unknown /2/种类\nbad-value /2/份数\n"
            "bad-value /2/原件~1复印件\nbad-digest /2/哈希值\nbad-time /2/存证时间\n"
            "duplicate-number /3/序号\nfield-required /3/哈希算法\n"
            "field-required /4/序号\nfield-required /4/哈希值\n");
}

TEST(EvidenceCatalogue, RefusesTablesWithoutItsColumns) {
  EXPECT_EQ(read(""), "heading-missing \n");
  EXPECT_EQ(read("序号,来源\n1,a\n"), "heading-missing \n");
  EXPECT_EQ(read("序号,名称\n"), "field-required \n");
  EXPECT_EQ(read("序号,编号,名称\n1,1,a\n"), "duplicate-column /1/编号\n");
  std::string late;
  for (int i = 0; i < 10; ++i) late += "x\n";
  EXPECT_EQ(read(late + "序号,名称\n1,a\n"), "heading-missing \n");
}

TEST(EvidenceCatalogue, NothingInvisibleComesThrough) {
  EXPECT_EQ(read("序号,名称,来源,其他\n1,a\xE2\x80\xAE,\"b\nc\",d\xE2\x80\x8B\n2,\"a\nb\",,\n"),
            "control-character /2\ncontrol-character /2/名称\ncontrol-character /3/名称\n");
}

TEST(EvidenceCatalogue, NumbersAndLedgersAreShort) {
  EXPECT_EQ(
      read("序号,名称,链标识\n" + std::string(129, 'a') + ",b," + std::string(129, 'c') + "\n"),
      "limit /2/序号\nlimit /2/链标识\n");
  EXPECT_EQ(read("序号,名称,链标识\n" + std::string(128, 'a') + ",b,\"c\nd\"\n"),
            "control-character /2/链标识\n");
}

TEST(EvidenceCatalogue, WeakAndUnknownAlgorithmsAreRefusedAndTold) {
  for (const std::string name : {"MD5", "sha1", "SHA-1", "SHA-384", "crc32"}) {
    EXPECT_EQ(read("序号,名称,哈希算法,哈希值\n1,a," + name + ",00\n"),
              "remark 1 algorithm-refused /2/哈希算法\n");
  }
  for (const std::string name : {"sha256", "SHA_256", "sm3", "SM-3"}) {
    EXPECT_EQ(read("序号,名称,哈希算法,哈希值\n1,a," + name + "," + std::string(64, 'A') + "\n"),
              "");
  }
  EXPECT_EQ(read("序号,名称,哈希算法,哈希值\n1,a,SHA-512," + std::string(64, 'a') + "\n"),
            "bad-digest /2/哈希值\n");
}

TEST(EvidenceCatalogue, TimesWithoutOffsetAndAfterTheFilingAreTold) {
  EXPECT_EQ(read("序号,名称,存证时间\n1,a,2026-03-01T08:02:00+08:00\n2,b,2026/3/1 8:02\n"
                 "3,c,2026-03-01T08:02:01+08:00\n"),
            "remark 2 time-without-offset /3/存证时间\nremark 3 time-in-future /4/存证时间\n");
}

TEST(LocalTime, IsOfBeijingWhereNothingElseIsSaid) {
  for (const std::string_view text :
       {"2026-03-01T08:02:00+08:00", "2026-03-01T00:02:00Z", "2026-03-01 08:02:00", "2026/3/1 8:02",
        "2026年3月1日 08:02:00", "2026-03-01 08:02:00.000", "2026-3-1T00:02:00Z"}) {
    const auto time = read_local_time(text);
    ASSERT_TRUE(time.has_value()) << text;
    EXPECT_EQ(time->ms, kFiled) << text;
  }
  EXPECT_TRUE(read_local_time("2026-03-01")->offset_assumed);
  EXPECT_FALSE(read_local_time("2026-3-1T00:02:00Z")->offset_assumed);
}

TEST(LocalTime, RefusesOthers) {
  for (const std::string_view text :
       {"", "2026", "2026-03", "2026-02-30", "2026-03-01 24:00:00", "2026-03-01 8", "26-03-01",
        "2026-03/01", "2026年3月1", "2026-03-01 08:02:00 ", "2026-03-01  08:02", "2026-03-01T",
        "2026-03-01 08:02:00+8", "46082.33"}) {
    EXPECT_FALSE(read_local_time(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace heyan::court_adapters::china
